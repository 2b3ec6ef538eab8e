import { Badge, Button, Group, Stack, Table, Text } from '@mantine/core';
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { act, read } from '../../api/client';
import type { ImportRecord } from '../../api/types';
import { number } from '../../format';
import { Scrolled } from '../Scrolled';
import { Empty, Failure, Waiting } from '../states';
import { Confirm } from './Confirm';

const moment = new Intl.DateTimeFormat('ru-RU', { dateStyle: 'short', timeStyle: 'short' });

/** Who imported what and when, and what came of it. */
export function History() {
  const queries = useQueryClient();
  const [asked, setAsked] = useState<ImportRecord | null>(null);
  const imports = useInfiniteQuery({
    queryKey: ['imports'],
    queryFn: ({ pageParam }) => read('/imports', { query: { cursor: pageParam } }),
    initialPageParam: '',
    getNextPageParam: (last) => last.next,
  });
  const undo = useMutation({
    mutationFn: (one: ImportRecord) => act('post', '/imports/{import}/undo', { path: { import: String(one.import) } }),
    onSuccess: async () => {
      setAsked(null);
      await queries.invalidateQueries();
    },
  });
  if (imports.error) return <Failure error={imports.error} />;
  if (!imports.data) return <Waiting />;
  const shown = imports.data.pages.flatMap((page) => page.imports);
  if (shown.length === 0) return <Empty>Загрузок ещё не было.</Empty>;
  return (
    <Stack>
      <Scrolled minWidth={1000} label="История загрузок">
        <Table striped highlightOnHover aria-label="История загрузок">
          <Table.Thead>
            <Table.Tr>
              <Table.Th className="whole-words">№</Table.Th>
              <Table.Th>Когда</Table.Th>
              <Table.Th>Файл и вид</Table.Th>
              <Table.Th>Кто</Table.Th>
              <Table.Th ta="right" className="whole-words">Принято строк</Table.Th>
              <Table.Th ta="right" className="whole-words">Новых</Table.Th>
              <Table.Th ta="right" className="whole-words">Изменено</Table.Th>
              <Table.Th ta="right" className="whole-words">Исчезло</Table.Th>
              <Table.Th ta="right" className="whole-words">Отказано</Table.Th>
              <Table.Th><span className="mantine-visually-hidden">Действия</span></Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {shown.map((one) => (
              <Table.Tr key={one.import}>
                <Table.Td className="whole-words">{one.import}</Table.Td>
                <Table.Td className="whole-words">{moment.format(new Date(one.time))}</Table.Td>
                <Table.Td>{one.file}<Text size="xs" c="dimmed">{one.kind_title}</Text></Table.Td>
                <Table.Td className="unbroken">{one.own ? 'вы' : one.actor}</Table.Td>
                <Table.Td ta="right" className="whole-words">{number(one.rows_accepted)}</Table.Td>
                <Table.Td ta="right" className="whole-words">{number(one.added)}</Table.Td>
                <Table.Td ta="right" className="whole-words">{number(one.changed)}</Table.Td>
                <Table.Td ta="right" className="whole-words">{number(one.vanished)}</Table.Td>
                <Table.Td ta="right" className="whole-words">{number(one.rows_refused)}</Table.Td>
                <Table.Td>
                  {one.undone ? <Badge color="gray" variant="dot" tt="none">отменена</Badge> : (
                    <Button size="xs" variant="default" aria-label={`Отменить загрузку ${one.import}`} onClick={() => { undo.reset(); setAsked(one); }}>Отменить</Button>
                  )}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Scrolled>
      {imports.hasNextPage && (
        <Group><Button variant="default" loading={imports.isFetchingNextPage} onClick={() => imports.fetchNextPage()}>Показать ещё</Button></Group>
      )}
      <Confirm title="Отменить загрузку?" action="Отменить загрузку" opened={asked !== null} loading={undo.isPending} error={undo.error} onYes={() => asked && undo.mutate(asked)} onNo={() => setAsked(null)}>
        {asked && `Данные файла «${asked.file}» будут убраны, и снова вступит в силу то, что было до него. Утверждённые перечни не изменятся.`}
      </Confirm>
    </Stack>
  );
}
