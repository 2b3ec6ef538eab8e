import { Anchor, Button, Card, Group, Select, Stack, Text, TextInput, Title } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router-dom';
import { read } from '../api/client';
import type { SchoolList, Verdict } from '../api/types';
import { FunnelCharts } from '../charts/Funnel';
import { DraftButton } from '../parts/DraftButton';
import { useChoice, useMethodologies, useTerritories } from '../parts/choices';
import { DataTable } from '../parts/DataTable';
import { NoResults } from '../parts/NoResults';
import { SavedFilters } from '../parts/SavedFilters';
import { methodologyChoices } from '../parts/selects';
import { Simulator } from '../parts/Simulator';
import { Failure, Waiting } from '../parts/states';
import { judged, ofTeachers, VerdictBadge } from '../parts/verdicts';

const filters = (teachers: boolean) => [
  { value: 'all', label: teachers ? 'Все педагоги' : 'Все школы' },
  { value: 'listed', label: 'В перечне' },
  { value: 'watch', label: 'Под наблюдением' },
  { value: 'unknown', label: 'Недостаточно данных' },
  { value: 'not_listed', label: 'Не включены' },
];

function summary(list: SchoolList, lists: boolean): string {
  const teachers = ofTeachers(list.listings);
  if (!lists) {
    const marked = list.listings.filter((one) => one.rules_met.length > 0).length;
    return `Методика перечня не составляет, только отмечает: отметки есть у ${marked} из ${list.listings.length}${teachers ? '\u00a0педагогов' : '\u00a0школ'}.`;
  }
  const count = (verdict: string) => list.listings.filter((one) => one.verdict === verdict).length;
  return `В перечне ${judged(count('listed'), teachers)} из ${list.listings.length}; под наблюдением ${count('watch')}, недостаточно данных ${count('unknown')}.`;
}

function ListTable({ methodology, year, fields, teachers, lists }: { methodology: string; year: string; fields: Record<string, string>; teachers: boolean; lists: boolean }) {
  return (
    <DataTable
      path={`/methodologies/${methodology}/list`}
      fields={{ year, ...fields }}
      cells={{
        school_name: (row) => (
          <Anchor component={Link} to={`/identification/${methodology}/${encodeURIComponent(String(row.school))}?year=${year}`}>{row.school_name}</Anchor>
        ),
        verdict_title: (row) => <VerdictBadge listing={{ verdict: row.verdict as Verdict, verdict_title: String(row.verdict_title) }} />,
      }}
      // A methodology without a list includes nobody and leaves nobody out.
      hidden={lists ? ['school_id'] : ['school_id', 'verdict_title']}
      forms={teachers ? ['педагог', 'педагога', 'педагогов'] : ['школа', 'школы', 'школ']}
      empty={`По этим условиям ${teachers ? 'педагогов' : 'школ'} нет.`}
    />
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
  const [wanted] = useDebouncedValue(text, 200);
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
  if (year === '') return <NoResults title="Выявление" />;
  const head = methodologies.data.find((one) => one.id === methodology);
  const lists = !head || head.lists || head.official_list;
  const teachers = ofTeachers(list.data?.listings ?? []);
  // A school whose teachers are listed is not listed itself.
  const listed = new Set((list.data?.listings ?? []).filter((one) => one.verdict === 'listed' && !one.teacher).map((one) => one.school));
  return (
    <Stack>
      <Title order={1} size="h2">Выявление</Title>
      <Group align="end" className="no-print">
        <Select label="Методика" w={420} maw="100%" data={methodologyChoices(methodologies.data)} value={methodology} onChange={(value) => value && setMethodology(value)} allowDeselect={false} />
        <Select label="Учебный год" w={140} data={territories.data.years.map((one) => ({ value: String(one.year), label: one.title }))} value={year} onChange={(value) => value && setYear(value)} allowDeselect={false} />
        {lists && <Select label="Показать" w={200} data={filters(teachers)} value={verdict} onChange={(value) => value && setVerdict(value)} allowDeselect={false} />}
        <TextInput label="Название школы" w={200} value={text} onChange={(event) => setText(event.currentTarget.value)} />
        <Button variant="default" onClick={() => setSimulating(!simulating)} aria-expanded={simulating}>Другие параметры</Button>
        <SavedFilters />
        <Button variant="default" onClick={() => window.print()}>Печать</Button>
        {lists && <DraftButton methodology={methodology} year={Number(year)} />}
      </Group>
      {simulating && details.data && list.data && <Simulator methodology={details.data} list={list.data} />}
      {list.error ? <Failure error={list.error} /> : !list.data ? <Waiting /> : (
        <>
          <Text>{summary(list.data, lists)}</Text>
          <ListTable methodology={methodology} year={year} fields={{ verdict: verdict === 'all' || !lists ? '' : verdict, text: wanted }} teachers={teachers} lists={lists} />
          <Card withBorder className="no-print">
            <Title order={2} size="h4" mb="sm">Кто выделяется и что здесь может быть случайностью</Title>
            <FunnelCharts year={year} listed={listed} />
          </Card>
          <Text size="xs" c="dimmed">Методика {list.data.methodology}, версия {list.data.version}; снимок данных {list.data.snapshot.slice(0, 12)}</Text>
        </>
      )}
    </Stack>
  );
}
