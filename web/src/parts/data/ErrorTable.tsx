import { Button, Group, Select, Stack, Table, Text } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { read } from '../../api/client';
import type { ImportFile } from '../../api/types';
import { counted, number } from '../../format';
import { Scrolled } from '../Scrolled';
import { Failure, Waiting } from '../states';
import { capital } from './words';

/** What is wrong in a file: sheet, row, column, what was expected, what stands there. */
export function ErrorTable({ batch, file }: { batch: string; file: ImportFile }) {
  const [sort, setSort] = useState<string | null>(null);
  const [code, column] = sort ? (JSON.parse(sort) as [string, string]) : ['', ''];
  const errors = useInfiniteQuery({
    queryKey: ['batch', batch, 'errors', file.number, sort],
    queryFn: ({ pageParam }) =>
      read('/import-batches/{batch}/files/{file}/errors', {
        path: { batch, file: String(file.number) },
        query: { cursor: pageParam, code, ...(sort ? { column } : {}) },
      }),
    initialPageParam: '',
    getNextPageParam: (last) => last.next,
  });
  if (errors.error) return <Failure error={errors.error} />;
  if (!errors.data) return <Waiting />;
  const first = errors.data.pages[0]!;
  const shown = errors.data.pages.flatMap((page) => page.errors);
  const sheets = shown.some((one) => one.sheet);
  return (
    <Stack gap="xs">
      <Group align="end" justify="space-between">
        <Select
          label="Что не так"
          w={{ base: '100%', sm: 420 }}
          clearable
          placeholder="Все ошибки"
          data={first.sorts.map((one) => ({
            value: JSON.stringify([one.code, one.column]),
            label: `${one.column ? `${one.column}: ${one.message}` : capital(one.message)} — ${number(one.count)}`,
          }))}
          value={sort}
          onChange={setSort}
        />
        {file.report?.failed_rows && (
          <Button component="a" variant="default" href={`/api/v1/import-batches/${batch}/files/${file.number}/failed-rows`} download>
            Скачать строки с ошибками
          </Button>
        )}
      </Group>
      <Scrolled minWidth={620} label="Ошибки файла">
        <Table striped aria-label={`Ошибки файла ${file.name}`}>
          <Table.Thead>
            <Table.Tr>
              {sheets && <Table.Th>Лист</Table.Th>}
              <Table.Th className="whole-words">Строка</Table.Th>
              <Table.Th className="whole-words">Столбец</Table.Th>
              <Table.Th>Что не так</Table.Th>
              <Table.Th>Ожидается</Table.Th>
              <Table.Th>Найдено</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {shown.map((one, i) => (
              <Table.Tr key={i}>
                {sheets && <Table.Td>{one.sheet ?? '—'}</Table.Td>}
                <Table.Td className="whole-words">{one.row ?? 'весь файл'}</Table.Td>
                <Table.Td className="whole-words">{one.column ?? '—'}</Table.Td>
                <Table.Td>{capital(one.message)}</Table.Td>
                <Table.Td>{one.expected ?? '—'}</Table.Td>
                <Table.Td>{one.found ?? '—'}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Scrolled>
      <Group>
        <Text size="sm" c="dimmed">{`Показано ${number(shown.length)} из ${counted(first.count, 'ошибки', 'ошибок', 'ошибок')}`}</Text>
        {errors.hasNextPage && <Button size="xs" variant="default" loading={errors.isFetchingNextPage} onClick={() => errors.fetchNextPage()}>Показать ещё</Button>}
      </Group>
    </Stack>
  );
}
