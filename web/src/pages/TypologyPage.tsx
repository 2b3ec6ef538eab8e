import { Alert, Anchor, Card, Group, List, Select, SimpleGrid, Stack, Table, Tabs, Text, TextInput, Title } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import type { ReactNode } from 'react';
import { Link } from 'react-router-dom';
import { TypologyPlane, type Borders } from '../charts/TypologyPlane';
import { coded, counted, decimal, percent, sentence } from '../format';
import { useChoice } from '../parts/choices';
import { DataTable, useTable } from '../parts/DataTable';
import { SavedFilters } from '../parts/SavedFilters';
import { Scrolled } from '../parts/Scrolled';
import { TerritorySelect, useYear, YearSelect } from '../parts/selects';
import { NoResults } from '../parts/NoResults';
import { Failure, Waiting } from '../parts/states';
import type { Row } from '../parts/table';

type Fields = Record<string, string>;

function schoolLink(year: string) {
  return (row: Row) => <Anchor component={Link} to={`/schools/${encodeURIComponent(String(row.school))}?year=${year}`}>{row.school_name}</Anchor>;
}

/** Conditions by results, groups by conditions, and how schools move between types. */
export default function TypologyPage() {
  const [year, setYear] = useYear();
  const [territory, setTerritory] = useChoice('territory', '');
  const [tab, setTab] = useChoice('view', 'types');
  const fields = { year, territory };
  return (
    <Stack>
      <Title order={1} size="h2">Типология и группы школ</Title>
      <Group align="end" className="no-print">
        <YearSelect value={year} onChange={setYear} />
        <TerritorySelect label="Сравнивать школы" value={territory} onChange={setTerritory} />
        <SavedFilters />
      </Group>
      {year === '' ? <NoResults title="" bare /> : (
        <Tabs value={tab} onChange={(value) => value && setTab(value)} keepMounted={false}>
          <Tabs.List mb="md">
            <Tabs.Tab value="types">Типы школ</Tabs.Tab>
            <Tabs.Tab value="transitions">Переходы</Tabs.Tab>
            <Tabs.Tab value="groups">Группы по условиям</Tabs.Tab>
          </Tabs.List>
          <Tabs.Panel value="types"><Types fields={fields} year={year} /></Tabs.Panel>
          <Tabs.Panel value="transitions"><Transitions fields={fields} year={year} /></Tabs.Panel>
          <Tabs.Panel value="groups"><Groups fields={fields} year={year} /></Tabs.Panel>
        </Tabs>
      )}
    </Stack>
  );
}

/** What belongs together stands in one column, so that the table fits a screen; files have all columns. */
const typeCells = (year: string): Record<string, (row: Row) => ReactNode> => ({
  school_name: schoolLink(year),
  type_title: (row) => <>{row.type_title}{row.confidence !== undefined && <Text size="xs" c="dimmed">уверенность {percent(Number(row.confidence))}</Text>}{row.reason && <Text size="xs" c="dimmed">{row.reason}</Text>}</>,
  index: (row) => (row.index === undefined ? '—' : <>{decimal(Number(row.index))}{row.conditions && <Text size="xs" c="dimmed">{row.conditions}</Text>}</>),
  result: (row) => (row.result === undefined ? '—' : `${decimal(Number(row.result))}${row.standard_error === undefined ? '' : ` ± ${decimal(Number(row.standard_error))}`}`),
});

function Types({ fields, year }: { fields: Fields; year: string }) {
  const [chosen, setChosen] = useChoice('school', '');
  const [text, setText] = useChoice('text', '');
  const [wanted] = useDebouncedValue(text, 200);
  const { data, error } = useTable<{ reason: string; borders?: Borders; alike?: boolean; model_reason?: string }>('/typology', fields);
  if (error) return <Failure error={error} />;
  if (!data) return <Waiting />;
  if (data.reason || !data.borders) return <Alert title="Типы школ не определены">{sentence(data.reason)}</Alert>;
  return (
    <Stack>
      <Select label="Отметить школу" className="no-print" w={320} maw="100%" clearable searchable data={data.rows.map((row) => ({ value: String(row.school), label: String(row.school_name) }))} value={chosen || null} onChange={(school) => setChosen(school ?? '')} />
      <TypologyPlane data={data} borders={data.borders} fields={fields} chosen={chosen} />
      {data.alike && <Text size="sm">Различия результатов школ не больше случайных: типы ненадёжны.</Text>}
      {data.model_reason && <Text size="sm">Отклонения от ожидаемого не оценены: {data.model_reason}.</Text>}
      <TextInput label="Найти в таблице" className="no-print" w={320} maw="100%" value={text} onChange={(event) => setText(event.currentTarget.value)} />
      <DataTable path="/typology" fields={{ ...fields, text: wanted }} cells={typeCells(year)} hidden={['confidence', 'conditions', 'standard_error', 'reason']} forms={['школа', 'школы', 'школ']} empty="По этим условиям школ нет." minWidth={860} />
      <Text size="sm" c="dimmed">Уверенность — вероятность того, что школа этого типа, если учесть случайность результата. Индекс и результат — в стандартных отклонениях: 0 — среднее; после «±» — ошибка результата.</Text>
      <Text size="sm" c="dimmed">«Лидер» здесь — тип: благоприятные условия и высокий результат. Это не школа-лидер пары: её подбирают на странице <Anchor component={Link} inherit underline="always" to="/pairs">«Пары»</Anchor> по сходству условий, и тип у неё может быть любым.</Text>
    </Stack>
  );
}

interface Matrix {
  from: string;
  to: string;
  counts: number[][];
  schools: number;
  changed: number;
  changed_by_chance: number;
}

function Transitions({ fields, year }: { fields: Fields; year: string }) {
  const { data, error } = useTable<{ reason: string; groups: string[]; matrices: Matrix[]; notes?: string[] }>('/typology/transitions', fields);
  if (error) return <Failure error={error} />;
  if (!data) return <Waiting />;
  if (data.reason) return <Alert title="Переходов нет">{sentence(data.reason)}</Alert>;
  return (
    <Stack>
      <SimpleGrid cols={{ base: 1, xl: 2 }}>
        {data.matrices.map((matrix) => (
          <Card withBorder key={matrix.from}>
            <Title order={2} size="h5" mb="xs">{matrix.from} → {matrix.to}</Title>
            <Scrolled minWidth={460} label={`Переходы ${matrix.from} → ${matrix.to}`}>
              <Table>
                <Table.Thead><Table.Tr><Table.Th>Был тип</Table.Th>{data.groups.map((one) => <Table.Th key={one} ta="right">{one}</Table.Th>)}</Table.Tr></Table.Thead>
                <Table.Tbody>
                  {matrix.counts.map((row, i) => (
                    <Table.Tr key={i}><Table.Th scope="row">{data.groups[i]}</Table.Th>{row.map((count, j) => <Table.Td key={j} ta="right" fw={i === j ? 600 : 400}>{count === 0 ? '·' : count}</Table.Td>)}</Table.Tr>
                  ))}
                </Table.Tbody>
              </Table>
            </Scrolled>
            <Text size="sm">Тип сменили {matrix.changed} из {counted(matrix.schools, 'школы', 'школ', 'школ')}; одна случайность результатов дала бы около {Math.round(matrix.changed_by_chance)}.</Text>
          </Card>
        ))}
      </SimpleGrid>
      {(data.notes ?? []).map((note) => <Text key={note} size="sm">{sentence(note)}</Text>)}
      <DataTable path="/typology/transitions" fields={fields} cells={{ school_name: schoolLink(year) }} forms={['строка', 'строки', 'строк']} empty="Строк нет." />
      <Text size="sm" c="dimmed">Школы с крайними результатами одного года в следующем чаще ближе к среднему: это не следствие принятых мер.</Text>
    </Stack>
  );
}

interface Cluster {
  number: number;
  schools: number;
  words: string;
  features: { title: string; mean: number; standard: number }[];
  stability?: number;
}

function Groups({ fields, year }: { fields: Fields; year: string }) {
  const { data, error } = useTable<{ reason: string; clusters: Cluster[]; explanation?: string; left_out?: string[] }>('/clusters', fields);
  if (error) return <Failure error={error} />;
  if (!data) return <Waiting />;
  if (data.reason) return <Alert title="Групп нет">{sentence(data.reason)}</Alert>;
  return (
    <Stack>
      {data.explanation && <Text>{sentence(data.explanation)}</Text>}
      <SimpleGrid cols={{ base: 1, md: 2, xl: 3 }}>
        {data.clusters.map((one) => (
          <Card withBorder key={one.number}>
            <Title order={2} size="h5">Группа {one.number}: {counted(one.schools, 'школа', 'школы', 'школ')}</Title>
            <Text size="sm" mb="xs">{sentence(one.words)}</Text>
            <List size="sm">
              {[...one.features].sort((a, b) => Math.abs(b.standard) - Math.abs(a.standard)).slice(0, 4).map((feature) => (
                <List.Item key={feature.title}>{coded(feature.title).title.replace(/ \(логарифм[^)]*\)/, '')}: {feature.standard > 0 ? 'больше' : 'меньше'} среднего на {decimal(Math.abs(feature.standard))} стандартного отклонения</List.Item>
              ))}
            </List>
          </Card>
        ))}
      </SimpleGrid>
      <DataTable path="/clusters" fields={fields} cells={{ school_name: schoolLink(year) }} forms={['школа', 'школы', 'школ']} empty="Школ нет." />
      {(data.left_out ?? []).length > 0 && <Text size="sm" c="dimmed">Не учтены: {data.left_out!.join('; ')}.</Text>}
      <Text size="sm" c="dimmed">Группы составлены по условиям и никогда по результатам.</Text>
    </Stack>
  );
}
