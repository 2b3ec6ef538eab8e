import { Anchor, Button, Group, Select, Stack, Table, Text, TextInput, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router-dom';
import { read } from '../api/client';
import type { Listing, SchoolList } from '../api/types';
import { counted } from '../format';
import { useChoice, useMethodologies, useTerritories } from '../parts/choices';
import { Simulator } from '../parts/Simulator';
import { Empty, Failure, Waiting } from '../parts/states';
import { reliabilityText, VerdictBadge } from '../parts/verdicts';

const filters = [
  { value: 'all', label: 'Все школы' },
  { value: 'listed', label: 'В перечне' },
  { value: 'watch', label: 'Под наблюдением' },
  { value: 'unknown', label: 'Недостаточно данных' },
  { value: 'not_listed', label: 'Не включены' },
];

function summary(list: SchoolList): string {
  const count = (verdict: string) => list.listings.filter((one) => one.verdict === verdict).length;
  return `В перечне ${counted(count('listed'), 'школа', 'школы', 'школ')} из ${list.listings.length}; под наблюдением ${count('watch')}, недостаточно данных ${count('unknown')}.`;
}

export function ListTable({ listings, methodology, year }: { listings: Listing[]; methodology: string; year: string }) {
  return (
    <Table.ScrollContainer minWidth={640}>
      <Table striped highlightOnHover>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Школа</Table.Th>
            <Table.Th>Вывод</Table.Th>
            <Table.Th>Надёжность</Table.Th>
            <Table.Th>Выполнены правила</Table.Th>
            <Table.Th>Примечания</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {listings.map((one) => (
            <Table.Tr key={one.school + (one.teacher ?? '')}>
              <Table.Td>
                <Anchor component={Link} to={`/identification/${methodology}/${encodeURIComponent(one.school)}?year=${year}`}>
                  {one.school_name}
                </Anchor>
                {one.teacher && <Text size="xs" c="dimmed">педагог {one.teacher}</Text>}
              </Table.Td>
              <Table.Td><VerdictBadge listing={one} /></Table.Td>
              <Table.Td>{reliabilityText(one)}</Table.Td>
              <Table.Td>{one.rules_met.join(', ') || '—'}</Table.Td>
              <Table.Td>{one.notes.join('; ')}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

export default function IdentificationPage() {
  const territories = useTerritories();
  const methodologies = useMethodologies();
  const [methodology, setMethodology] = useChoice('methodology', 'federal-2025');
  const newest = String(territories.data?.years[0]?.year ?? '');
  const [year, setYear] = useChoice('year', newest);
  const [verdict, setVerdict] = useChoice('verdict', 'all');
  const [text, setText] = useChoice('text', '');
  const [simulating, setSimulating] = useState(false);

  const list = useQuery({
    queryKey: ['list', methodology, year],
    queryFn: () => read('/methodologies/{methodology}/list', { path: { methodology }, query: { year: Number(year) } }),
    enabled: year !== '',
  });
  const details = useQuery({
    queryKey: ['methodology', methodology],
    queryFn: () => read('/methodologies/{methodology}', { path: { methodology } }),
  });

  if (territories.error) return <Failure error={territories.error} />;
  if (!territories.data || !methodologies.data) return <Waiting />;
  if (year === '') return <Empty>Результатов ещё нет. Загрузите протоколы и реестр школ.</Empty>;
  const shown = (list.data?.listings ?? []).filter(
    (one) => (verdict === 'all' || one.verdict === verdict) && one.school_name.toLowerCase().includes(text.toLowerCase()),
  );
  return (
    <Stack>
      <Title order={1} size="h2">Выявление</Title>
      <Group align="end" className="no-print">
        <Select label="Методика" w={280} data={methodologies.data.map((one) => ({ value: one.id, label: one.title }))} value={methodology} onChange={(value) => value && setMethodology(value)} allowDeselect={false} />
        <Select label="Учебный год" w={140} data={territories.data.years.map((one) => ({ value: String(one.year), label: one.title }))} value={year} onChange={(value) => value && setYear(value)} allowDeselect={false} />
        <Select label="Показать" w={200} data={filters} value={verdict} onChange={(value) => value && setVerdict(value)} allowDeselect={false} />
        <TextInput label="Название школы" w={200} value={text} onChange={(event) => setText(event.currentTarget.value)} />
        <Button variant="default" onClick={() => setSimulating(!simulating)} aria-expanded={simulating}>Другие параметры</Button>
      </Group>
      {simulating && details.data && list.data && <Simulator methodology={details.data} list={list.data} />}
      {list.error ? <Failure error={list.error} /> : !list.data ? <Waiting /> : (
        <>
          <Text>{summary(list.data)}</Text>
          {shown.length === 0 ? <Empty>По этим условиям школ нет.</Empty> : <ListTable listings={shown} methodology={methodology} year={year} />}
          <Text size="xs" c="dimmed">Методика {list.data.methodology}, версия {list.data.version}; снимок данных {list.data.snapshot.slice(0, 12)}</Text>
        </>
      )}
    </Stack>
  );
}
