import { Anchor, Breadcrumbs, Button, Card, Grid, Group, Select, SimpleGrid, Stack, Table, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from 'react-router-dom';
import { read } from '../api/client';
import type { Indicator } from '../api/types';
import { coded, inPhrase, measured, percent } from '../format';
import { ComparableSchools } from '../charts/ComparableSchools';
import { SchoolYears } from '../charts/SchoolYears';
import { ScoreHistogram } from '../charts/ScoreHistogram';
import { useChoice, useMethodologies, useTerritories } from '../parts/choices';
import { SaveMenu } from '../parts/DataTable';
import { Scrolled } from '../parts/Scrolled';
import { OwnLists } from '../parts/OwnSchool';
import { SchoolVerdicts } from '../parts/SchoolVerdicts';
import { Empty, Failure, Waiting } from '../parts/states';

const shownIndicators = ['low_share', 'quality', 'success', 'mean_score', 'score_share', 'mean_mark'];

function procedureOf(one: Indicator): string {
  return [one.type, one.subject && inPhrase(one.subject), one.grade && `${one.grade} класс`].filter(Boolean).join(', ');
}

export default function SchoolPage() {
  const { school = '' } = useParams();
  const territories = useTerritories();
  const methodologies = useMethodologies();
  const [year, setYear] = useChoice('year', String(territories.data?.years[0]?.year ?? ''));
  const [indicator, setIndicator] = useChoice('indicator', 'low_share');
  const about = useQuery({ queryKey: ['school', school], queryFn: () => read('/schools/{school}', { path: { school } }) });
  const values = useQuery({
    queryKey: ['school', school, 'indicators', year],
    queryFn: async () => (await read('/schools/{school}/indicators', { path: { school }, query: { year: Number(year) } })).indicators,
    enabled: year !== '',
  });
  if (about.error) return <Failure error={about.error} />;
  if (!about.data || !territories.data) return <Waiting />;
  const ofProcedures = (values.data ?? []).filter((one) => one.type && one.indicator === indicator);
  // Marks that have no words of their own speak in the conclusions of methodologies.
  const ofYear = (values.data ?? []).filter((one) => !one.type && !/^«[a-z_]+»$/.test(one.title));
  const titles = new Map((values.data ?? []).filter((one) => one.type).map((one) => [one.indicator, one.title]));
  return (
    <Stack>
      <Breadcrumbs className="no-print"><Anchor component={Link} to="/schools">Школы</Anchor><Text>{about.data.name}</Text></Breadcrumbs>
      <Group justify="space-between">
        <Title order={1} size="h2">{about.data.name}</Title>
        <Group gap="xs" className="no-print">
          {year && <SaveMenu path={`/schools/${encodeURIComponent(school)}/indicators`} fields={{ year }} label="Все показатели года" />}
          <Button size="xs" variant="default" onClick={() => window.print()}>Печать</Button>
        </Group>
      </Group>
      <Text>{about.data.type}, {about.data.settlement || 'населённый пункт не указан'}, классы {about.data.grade_low}–{about.data.grade_high}{about.data.distance_km !== undefined && `, до центра ${about.data.distance_km} км`}</Text>
      <OwnLists />
      <Group className="no-print">
        <Select label="Учебный год" w={160} data={territories.data.years.map((one) => ({ value: String(one.year), label: one.title }))} value={year} onChange={(value) => value && setYear(value)} allowDeselect={false} />
        <Select label="Показатель" w={320} maw="100%" data={[...titles].filter(([code]) => shownIndicators.includes(code)).map(([value, label]) => ({ value, label }))} value={indicator} onChange={(value) => value && setIndicator(value)} allowDeselect={false} />
      </Group>
      <SimpleGrid cols={{ base: 1, lg: 2 }} style={{ alignItems: 'start' }}>
        <Card withBorder>
          <Title order={2} size="h4" mb="sm">По годам</Title>
          <SchoolYears school={school} name={about.data.name} indicator={indicator} />
        </Card>
        <Card withBorder>
          <Title order={2} size="h4" mb="sm">Баллы</Title>
          {year && <ScoreHistogram school={school} name={about.data.name} year={year} />}
        </Card>
      </SimpleGrid>
      <Card withBorder>
        <Title order={2} size="h4" mb="sm">Выводы по методикам</Title>
        <SchoolVerdicts methodologies={methodologies.data ?? []} school={school} year={year} ready={!values.isPending} />
      </Card>
      <Grid align="flex-start">
        <Grid.Col span={{ base: 12, lg: 7 }}><Card withBorder>
          <Group justify="space-between" mb="sm">
            <Title order={2} size="h4">{titles.get(indicator) ?? 'Результаты'} по процедурам</Title>
            <SaveMenu path={`/schools/${encodeURIComponent(school)}/indicators`} fields={{ year, indicator }} />
          </Group>
          {values.error ? <Failure error={values.error} /> : ofProcedures.length === 0 ? <Empty>Результатов за этот год нет.</Empty> : <ProceduresTable values={ofProcedures} />}
        </Card></Grid.Col>
        <Grid.Col span={{ base: 12, lg: 5 }}><Card withBorder>
          <Title order={2} size="h4" mb="sm">Условия и кадры</Title>
          {ofYear.length === 0 ? <Empty>Социального паспорта за этот год нет.</Empty> : (
            <Table>
              <Table.Tbody>
                {ofYear.map((one) => (
                  <Table.Tr key={one.indicator}><Table.Td>{coded(one.title).title}</Table.Td><Table.Td ta="right" className="numbers">{coded(one.title).words[one.value] ?? measured(one.value, one.unit)}</Table.Td></Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          )}
        </Card></Grid.Col>
      </Grid>
      <Card withBorder>
        <Title order={2} size="h4" mb="sm">Похожие школы</Title>
        {year && <ComparableSchools school={school} year={year} />}
      </Card>
    </Stack>
  );
}

function ProceduresTable({ values }: { values: Indicator[] }) {
  return (
    <Scrolled minWidth={420} label="Результаты по процедурам">
      <Table>
        <Table.Thead><Table.Tr><Table.Th>Процедура</Table.Th><Table.Th>Значение</Table.Th><Table.Th>Участников</Table.Th><Table.Th>95 % ДИ</Table.Th></Table.Tr></Table.Thead>
        <Table.Tbody>
          {values.map((one) => (
            <Table.Tr key={procedureOf(one)}>
              <Table.Td>{procedureOf(one)}</Table.Td>
              <Table.Td className="numbers">{measured(one.value, one.unit)}{one.unit === 'share' && one.numerator !== undefined && one.n !== undefined && ` (${one.numerator} из ${one.n})`}</Table.Td>
              <Table.Td className="numbers">{one.n}</Table.Td>
              <Table.Td className="numbers">{one.low !== undefined && one.high !== undefined ? `${percent(one.low)} – ${percent(one.high)}` : '—'}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Scrolled>
  );
}
