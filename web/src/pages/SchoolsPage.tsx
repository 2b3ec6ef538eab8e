import { Anchor, Group, Select, Stack, Table, Text, TextInput, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router-dom';
import { read } from '../api/client';
import { counted } from '../format';
import { useChoice, useTerritories } from '../parts/choices';
import { Empty, Failure, Waiting } from '../parts/states';

export default function SchoolsPage() {
  const territories = useTerritories();
  const [territory, setTerritory] = useChoice('territory', '');
  const [text, setText] = useChoice('text', '');
  const schools = useQuery({
    queryKey: ['schools', territory],
    queryFn: async () => (await read('/schools', { query: territory ? { territory } : {} })).schools,
  });
  if (schools.error) return <Failure error={schools.error} />;
  if (!schools.data || !territories.data) return <Waiting />;
  const shown = schools.data.filter((one) => `${one.name} ${one.settlement} ${one.id}`.toLowerCase().includes(text.toLowerCase()));
  return (
    <Stack>
      <Title order={1} size="h2">Школы</Title>
      <Group align="end" className="no-print">
        <Select label="Территория" w={260} clearable data={territories.data.territories.map((one) => ({ value: one.id, label: one.name }))} value={territory || null} onChange={(value) => setTerritory(value ?? '')} />
        <TextInput label="Название или код" w={260} value={text} onChange={(event) => setText(event.currentTarget.value)} />
      </Group>
      <Text>{counted(shown.length, 'школа', 'школы', 'школ')}</Text>
      {shown.length === 0 ? <Empty>По этим условиям школ нет.</Empty> : (
        <Table.ScrollContainer minWidth={560}>
          <Table striped highlightOnHover>
            <Table.Thead>
              <Table.Tr><Table.Th>Школа</Table.Th><Table.Th>Код</Table.Th><Table.Th>Тип</Table.Th><Table.Th>Населённый пункт</Table.Th><Table.Th>Классы</Table.Th></Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {shown.slice(0, 500).map((one) => (
                <Table.Tr key={one.id}>
                  <Table.Td><Anchor component={Link} to={`/schools/${encodeURIComponent(one.id)}`}>{one.name}</Anchor></Table.Td>
                  <Table.Td>{one.id}</Table.Td>
                  <Table.Td>{one.type}</Table.Td>
                  <Table.Td>{one.settlement}</Table.Td>
                  <Table.Td>{one.grade_low}–{one.grade_high}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
      {shown.length > 500 && <Text size="sm">Показаны первые 500 школ: уточните территорию или название.</Text>}
    </Stack>
  );
}
