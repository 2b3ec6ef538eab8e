import { Alert, Button, Code, Group, Select, Stack, Table, Text, TextInput, Title } from '@mantine/core';
import { useInfiniteQuery, useMutation } from '@tanstack/react-query';
import { address, read } from '../api/client';
import type { JournalEntry } from '../api/types';
import { counted, moment } from '../format';
import { useChoice } from '../parts/choices';
import { Scrolled } from '../parts/Scrolled';
import { Empty, Failure, Waiting } from '../parts/states';

/** The moment at which a local day begins, as the journal keeps moments. */
function dayBegins(day: string, later = 0): string {
  if (!day) return '';
  const begin = new Date(`${day}T00:00:00`);
  begin.setDate(begin.getDate() + later);
  return begin.toISOString().replace(/\.\d+Z$/, 'Z');
}

/** Who did what, when and why: newest first, page by page. */
export default function JournalPage() {
  const [actor, setActor] = useChoice('actor', '');
  const [action, setAction] = useChoice('action', '');
  const [from, setFrom] = useChoice('from', '');
  const [to, setTo] = useChoice('to', '');
  const query = { actor, action, from: dayBegins(from), to: dayBegins(to, 1) };
  const journal = useInfiniteQuery({
    queryKey: ['journal', query],
    queryFn: ({ pageParam }) => read('/journal', { query: { ...query, ...(pageParam ? { cursor: pageParam } : {}) } }),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
  });
  const check = useMutation({ mutationFn: () => read('/journal/verification', { query: {} }) });

  if (journal.error) return <Failure error={journal.error} />;
  const first = journal.data?.pages[0];
  const entries = journal.data?.pages.flatMap((page) => page.entries) ?? [];
  const file = (format: 'xlsx' | 'csv') => '/api/v1' + address('/journal', { query: { ...query, format } });
  return (
    <Stack>
      <Group justify="space-between">
        <Title order={1} size="h2">Журнал действий</Title>
        <Group gap="xs" className="no-print">
          <Button variant="default" component="a" href={file('xlsx')}>Excel</Button>
          <Button variant="default" component="a" href={file('csv')}>CSV</Button>
          <Button variant="default" loading={check.isPending} onClick={() => check.mutate()}>Проверить целостность</Button>
        </Group>
      </Group>
      {check.error && <Failure error={check.error} />}
      {check.data && (check.data.whole ? (
        <Alert title="Журнал цел" role="status" withCloseButton closeButtonLabel="Убрать" onClose={check.reset}>
          {counted(check.data.entries ?? 0, 'запись', 'записи', 'записей')}, ни одна не изменена. Печать последней записи: <Code>{check.data.seal}</Code>
        </Alert>
      ) : (
        <Alert color="red" title="Журнал изменён" role="alert">{check.data.reason}</Alert>
      ))}
      <Group align="end" className="no-print">
        <Select label="Кто" w={260} clearable searchable data={(first?.people ?? []).map((one) => ({ value: one.code, label: one.title }))} value={actor || null} onChange={(value) => setActor(value ?? '')} />
        <Select label="Что сделано" w={260} clearable searchable data={(first?.actions ?? []).map((one) => ({ value: one.code, label: one.title }))} value={action || null} onChange={(value) => setAction(value ?? '')} />
        <TextInput type="date" label="С" w={160} value={from} onChange={(event) => setFrom(event.currentTarget.value)} />
        <TextInput type="date" label="По" w={160} value={to} onChange={(event) => setTo(event.currentTarget.value)} />
      </Group>
      {journal.isPending ? <Waiting /> : entries.length === 0 ? <Empty>По этим условиям записей нет.</Empty> : <Entries entries={entries} />}
      {journal.hasNextPage && (
        <Button variant="default" className="no-print" loading={journal.isFetchingNextPage} onClick={() => journal.fetchNextPage()}>Показать более старые</Button>
      )}
    </Stack>
  );
}

function Entries({ entries }: { entries: JournalEntry[] }) {
  return (
    <Scrolled minWidth={820} label="Журнал действий">
      <Table striped verticalSpacing="xs">
        <Table.Thead>
          <Table.Tr><Table.Th w={150}>Когда</Table.Th><Table.Th w={200}>Кто</Table.Th><Table.Th w={210}>Что сделано</Table.Th><Table.Th>Что было и что стало</Table.Th><Table.Th w="20%">Почему</Table.Th></Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {entries.map((one) => (
            <Table.Tr key={one.number}>
              <Table.Td>{moment(one.time)}</Table.Td>
              <Table.Td>{one.who}</Table.Td>
              <Table.Td>{one.action_title}</Table.Td>
              <Table.Td>
                {one.changes.filter((change) => (change.before !== undefined || change.after !== '—') && !/^(file_sha256|hash|written|results|aggregates|note)$/.test(change.field)).map((change, i) => (
                  <Text key={i} size="sm">
                    {change.title && <Text span c="dimmed">{change.title}: </Text>}
                    {change.before !== undefined && <>{change.before} → </>}{change.after}
                  </Text>
                ))}
              </Table.Td>
              <Table.Td>{one.reason}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Scrolled>
  );
}
