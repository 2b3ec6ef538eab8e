import { Badge, Button, Stack, Table, Text, Title } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { act, read } from '../api/client';
import { usePerson } from '../app/session';
import { moment } from '../format';
import { SecondStep } from '../parts/SecondStep';
import { Scrolled } from '../parts/Scrolled';
import { Failure, Waiting } from '../parts/states';

/** One's own account: the second step of coming in, and where one is signed in. */
export default function AccountPage() {
  const person = usePerson();
  return (
    <Stack maw={800} gap="lg">
      <div>
        <Title order={1} size="h2">Моя учётная запись</Title>
        <Text>{person.name}. {person.role_title}. Имя для входа: {person.login}.</Text>
      </div>
      <SecondStep />
      <Sessions />
    </Stack>
  );
}

function Sessions() {
  const queries = useQueryClient();
  const sessions = useQuery({ queryKey: ['sessions'], queryFn: async () => (await read('/sessions', {})).sessions });
  const end = useMutation({
    mutationFn: (session: string) => act('delete', '/sessions/{session}', { path: { session } }),
    onSettled: () => queries.invalidateQueries({ queryKey: ['sessions'] }),
  });
  if (sessions.error) return <Failure error={sessions.error} />;
  if (!sessions.data) return <Waiting />;
  return (
    <Stack gap="sm">
      <Title order={2} size="h3">Где выполнен вход</Title>
      {end.error && <Failure error={end.error} />}
      <Scrolled minWidth={520} label="Где выполнен вход">
        <Table>
          <Table.Thead><Table.Tr><Table.Th>Вход</Table.Th><Table.Th>Последнее действие</Table.Th><Table.Th>Закончится</Table.Th><Table.Th><span className="mantine-visually-hidden">Действия</span></Table.Th></Table.Tr></Table.Thead>
          <Table.Tbody>
            {sessions.data.map((one) => (
              <Table.Tr key={one.id}>
                <Table.Td>{moment(one.begun)}</Table.Td>
                <Table.Td>{moment(one.last_seen)}</Table.Td>
                <Table.Td>{moment(one.expires)}</Table.Td>
                <Table.Td>{one.current ? <Badge variant="outline">этот сеанс</Badge> : <Button size="xs" variant="default" onClick={() => end.mutate(one.id)}>Закончить</Button>}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Scrolled>
    </Stack>
  );
}
