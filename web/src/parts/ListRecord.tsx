import { Alert, Button, Group, List, Stack, Table, Text, TextInput, Title } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { actLong } from '../api/client';
import type { Job, ListDossier, VerdictMove } from '../api/types';
import { moment } from '../format';
import { LongWork } from './LongWork';
import { Failure } from './states';

function Moves({ moves }: { moves: VerdictMove[] }) {
  return (
    <List size="sm">
      {moves.map((one) => (
        <List.Item key={one.school}>
          {one.enters ? 'Вошла: ' : one.leaves ? 'Вышла: ' : ''}{one.school_name}: «{one.before_title}» → «{one.after_title}»
        </List.Item>
      ))}
    </List>
  );
}

/** The forms that the list had: what each changed, who did it and why. */
export function ListVersions({ list }: { list: ListDossier }) {
  return (
    <Stack gap="xs">
      <Title order={2} size="h4">Редакции</Title>
      {[...list.versions].reverse().map((one) => (
        <div key={one.number}>
          <Text fw={600}>Редакция {one.number}{one.appeal ? `: по возражению № ${one.appeal}` : one.number > 1 ? ': по новым данным' : ''}</Text>
          {one.reason && <Text size="sm" className="plain-text">{one.reason}</Text>}
          {one.moves.length > 0 ? <Moves moves={one.moves} /> : one.number > 1 && <Text size="sm">Выводы о школах не изменились.</Text>}
          <Text size="xs" c="dimmed">{moment(one.time)}, {one.by}; снимок данных {one.snapshot.slice(0, 12)}</Text>
        </div>
      ))}
    </Stack>
  );
}

/** Everything that was done with the list. */
export function ListHistory({ list }: { list: ListDossier }) {
  return (
    <Stack gap="xs">
      <Title order={2} size="h4">Что сделано с перечнем</Title>
      <Table>
        <Table.Thead><Table.Tr><Table.Th w={{ base: 130, sm: 220 }}>Когда и кто</Table.Th><Table.Th>Что</Table.Th></Table.Tr></Table.Thead>
        <Table.Tbody>
          {list.history.map((one) => (
            <Table.Tr key={one.number}>
              <Table.Td style={{ verticalAlign: 'top' }}>{moment(one.time)}<Text size="xs" c="dimmed">{one.by}</Text></Table.Td>
              <Table.Td style={{ verticalAlign: 'top' }}>{one.title}{one.details && <Text size="sm" c="dimmed" className="plain-text">{one.details}</Text>}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Stack>
  );
}

/** Checks the list anew: journal, acts, source results, and the list itself made again. */
export function ListVerification({ list }: { list: ListDossier }) {
  const [head, setHead] = useState('');
  const [job, setJob] = useState<Job | null>(null);
  const check = useMutation({ mutationFn: () => actLong('get', '/lists/{list}/verification', { path: { list: list.id }, query: { head: head.trim() } }, setJob) });
  const result = check.data;
  return (
    <Stack gap="xs">
      <Title order={2} size="h4">Проверка</Title>
      <Text size="sm">Программа заново проверит журнал действий, записи о перечне и исходные результаты и составит перечень из сохранённых данных.</Text>
      <Group align="end" className="no-print">
        <TextInput label="Контрольная запись из приказа" description="Можно не указывать" w={{ base: '100%', sm: 340 }} value={head} onChange={(event) => setHead(event.currentTarget.value)} />
        <Button onClick={() => check.mutate()} loading={check.isPending}>Проверить перечень</Button>
      </Group>
      {check.isPending && <LongWork job={job} />}
      {check.error && <Failure error={check.error} />}
      {result && !check.isPending && (
        <Alert role="status" color={result.holds ? 'teal' : 'red'} variant="light" title={result.holds ? 'Перечень подлинный: всё сходится' : 'Перечень не подтверждён'}>
          <List size="sm">
            {result.checks.map((one) => (
              <List.Item key={one.code}>
                {one.holds ? 'Да: ' : 'Нет: '}{one.title}
                {one.remarks.map((remark, i) => <Text key={i} size="sm">{remark}</Text>)}
              </List.Item>
            ))}
          </List>
          {result.data_changed && (
            <>
              <Text size="sm" mt="xs">Данные с тех пор изменились. Перечень остаётся прежним; по сегодняшним данным {result.moves_today.length === 0 ? 'выводы те же.' : 'были бы другими выводы о школах:'}</Text>
              {result.moves_today.length > 0 && <Moves moves={result.moves_today} />}
            </>
          )}
          {result.seal && <Text size="xs" mt="xs">Последняя контрольная запись журнала: {result.seal}</Text>}
        </Alert>
      )}
    </Stack>
  );
}
