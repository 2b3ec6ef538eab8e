import { Anchor, Badge, Stack, Table, Text, Title } from '@mantine/core';
import { Link } from 'react-router-dom';
import { may, usePerson } from '../app/session';
import { day } from '../format';
import { useMethodologyTitle } from '../parts/choices';
import { useLists } from '../parts/lists';
import { Scrolled } from '../parts/Scrolled';
import { Empty, Failure, Waiting } from '../parts/states';

/** All lists, the newest first: where each stands. */
export default function ListsPage() {
  const person = usePerson();
  const lists = useLists();
  const titleOf = useMethodologyTitle();
  if (lists.error) return <Failure error={lists.error} />;
  if (!lists.data) return <Waiting />;
  const keeps = may(person, 'manage_lists');
  return (
    <Stack>
      <Title order={1} size="h2">Перечни</Title>
      {lists.data.length === 0 ? (
        <Empty>{keeps ? <>Перечней ещё нет. Проект составляют на странице <Anchor component={Link} underline="always" to="/identification">«Выявление»</Anchor>.</> : 'Опубликованных перечней с вашими школами нет.'}</Empty>
      ) : (
        <Scrolled minWidth={760} label="Перечни">
          <Table striped highlightOnHover>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>Перечень</Table.Th><Table.Th>Состояние</Table.Th><Table.Th>Методика</Table.Th><Table.Th>Территория</Table.Th>
                <Table.Th>В перечне</Table.Th><Table.Th>Ознакомлены</Table.Th><Table.Th>Возражения</Table.Th><Table.Th>Приказ</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {lists.data.map((one) => (
                <Table.Tr key={one.id}>
                  <Table.Td><Anchor component={Link} to={`/lists/${one.id}`}>№ {one.id}, {one.year_title}</Anchor><Text size="xs" c="dimmed">составлен {day(one.made)}</Text></Table.Td>
                  <Table.Td><Badge variant="light" color="gray" tt="none" c="var(--mantine-color-text)" h="auto" styles={{ label: { whiteSpace: 'normal' } }}>{one.stage_title}</Badge></Table.Td>
                  <Table.Td>{titleOf(one.methodology)}{titleOf(one.methodology) !== one.methodology && <Text size="xs" c="dimmed">{one.methodology}</Text>}</Table.Td>
                  <Table.Td>{one.territory_name || 'все территории'}</Table.Td>
                  <Table.Td>{one.listed}</Table.Td>
                  <Table.Td>{one.published ? `${one.acknowledged} из ${one.told}` : '—'}</Table.Td>
                  <Table.Td>{one.appeals_count === 0 ? '—' : `${one.appeals_count}${one.appeals_open > 0 ? `, не рассмотрено ${one.appeals_open}` : ''}`}</Table.Td>
                  <Table.Td>{one.order_number ? `№ ${one.order_number} от ${day(one.order_date ?? '')}` : '—'}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Scrolled>
      )}
    </Stack>
  );
}
