import { Select, SimpleGrid, Stack, Text } from '@mantine/core';
import { useCallback, useMemo } from 'react';
import { number, percent } from '../format';
import { axis, base, interval, legend, shares, whiskers, type Palette } from '../parts/chart_options';
import { Chart } from '../parts/Chart';
import { useChoice } from '../parts/choices';
import { fileAddress, useTable } from '../parts/DataTable';
import { Empty, Failure, Waiting } from '../parts/states';
import type { Row, ServerTable } from '../parts/table';

interface More {
  procedure: string;
  procedure_title: string;
  procedures: { code: string; title: string }[];
  indicator_title: string;
  target: number;
  limits: { n: number; low_998: number; low_95: number; high_95: number; high_998: number }[];
  reason: string;
}

const indicators = [
  { value: 'low_share', label: 'Доля не преодолевших порог' },
  { value: 'quality', label: 'Качество знаний' },
];

const tip = (row: Row) => `${row.school_name}\n${percent(Number(row.share))}: ${row.x} из ${row.n}${interval(Number(row.low), Number(row.high))}\n${row.position_title}`;

function points(rows: Row[], palette: Palette, named: boolean, name: string, color: string, symbol: string) {
  return {
    type: 'scatter', name, symbol, symbolSize: 11, color, z: 4,
    itemStyle: { borderColor: palette.text, borderWidth: 1 },
    data: rows.map((row) => ({ value: [row.n, row.share], row })),
    label: { show: named, position: 'right', color: palette.text, fontSize: 11, width: 190, overflow: 'truncate', formatter: ({ data }: { data: { row: Row } }) => (data.row.position === 'within' ? '' : String(data.row.school_name)) },
    labelLayout: { hideOverlap: true },
    tooltip: { formatter: ({ data }: { data: { row: Row } }) => tip(data.row) },
  };
}

function funnelOption(data: ServerTable & More, listed: Set<string>, palette: Palette, narrow: boolean) {
  const line = (name: string, key: 'low_95' | 'high_95' | 'low_998' | 'high_998', type: 'dashed' | 'dotted') => ({
    type: 'line', name, symbol: 'none', silent: true, color: palette.quiet, lineStyle: { type, width: 1.5, color: palette.quiet }, data: data.limits.map((one) => [one.n, one[key]]),
  });
  const series = [
    points(data.rows.filter((row) => !listed.has(String(row.school))), palette, !narrow, 'Школы', palette.lines[0]!, 'circle'),
    ...(listed.size > 0 ? [points(data.rows.filter((row) => listed.has(String(row.school))), palette, !narrow, 'Школы перечня', palette.lines[1]!, 'diamond')] : []),
    ...(data.limits.length > 0 ? [
      { type: 'line', name: `Среднее ${percent(data.target)}`, symbol: 'none', silent: true, color: palette.text, lineStyle: { width: 1.5, color: palette.text }, data: data.limits.map((one) => [one.n, data.target]) },
      line('Границы 95 %', 'low_95', 'dashed'), line('Границы 95 %', 'high_95', 'dashed'),
      line('Границы 99,8 %', 'low_998', 'dotted'), line('Границы 99,8 %', 'high_998', 'dotted'),
    ] : []),
  ];
  return {
    ...base(palette),
    legend: legend(palette, series),
    grid: { left: 8, right: narrow ? 16 : 90, top: 64, bottom: 28, containLabel: true },
    xAxis: axis(palette, { type: 'value', name: 'Участников', nameGap: 26, minInterval: 1, axisLabel: { color: palette.text, formatter: (value: number) => number(value) } }),
    yAxis: shares(palette),
    series,
  };
}

function caterpillarOption(rows: Row[], target: number, listed: Set<string>, palette: Palette, named: boolean, narrow: boolean) {
  const [own, other] = palette.lines as [string, string];
  const part = (inside: boolean) => rows.map((row, i) => ({ row, i })).filter(({ row }) => listed.has(String(row.school)) === inside);
  const dots = (inside: boolean, name: string, color: string, symbol: string) => ({
    type: 'scatter', name, color, symbol, symbolSize: named ? 10 : 5, z: 4, itemStyle: { borderColor: palette.text, borderWidth: named ? 1 : 0 },
    data: part(inside).map(({ row, i }) => ({ value: [row.share, i], row })),
    tooltip: { formatter: ({ data }: { data: { row: Row } }) => tip(data.row) },
  });
  const series = [
    dots(false, 'Школы', own, 'circle'),
    ...(listed.size > 0 ? [dots(true, 'Школы перечня', other, 'diamond')] : []),
    { ...whiskers('95 % интервал', palette.quiet, rows.map((row, i) => [i, Number(row.low), Number(row.high)]), 'x'), z: 2 },
    { type: 'line', name: `Среднее ${percent(target)}`, symbol: 'none', silent: true, color: palette.text, data: [], markLine: { silent: true, symbol: 'none', label: { show: false }, lineStyle: { color: palette.text, type: 'solid' }, data: [{ xAxis: target }] } },
  ];
  return {
    ...base(palette),
    legend: legend(palette, series),
    grid: { left: 8, right: 16, top: 40, bottom: 8, containLabel: true },
    xAxis: shares(palette),
    yAxis: axis(palette, { type: 'category', inverse: true, data: rows.map((row) => row.school_name), axisLabel: { show: named, color: palette.text, width: narrow ? 104 : 190, fontSize: narrow ? 11 : 12, overflow: 'truncate', interval: 0 }, axisTick: { show: false } }),
    series,
  };
}

/** Who stands out in one procedure, and how much of that may be chance. */
export function FunnelCharts({ year, listed }: { year: string; listed: Set<string> }) {
  const [indicator, setIndicator] = useChoice('funnel', 'low_share');
  const [procedure, setProcedure] = useChoice('procedure', '');
  const fields = { year, indicator, procedure };
  const { data, error } = useTable<More>('/funnel', fields);
  const ordered = useMemo(() => [...(data?.rows ?? [])].sort((a, b) => Number(b.share) - Number(a.share)), [data]);
  const seen = useMemo(() => new Set(ordered.map((row) => String(row.school)).filter((id) => listed.has(id))), [ordered, listed]);
  const named = ordered.length <= 60;
  const drawFunnel = useCallback((palette: Palette, narrow: boolean) => (data ? funnelOption(data, seen, palette, narrow) : {}), [data, seen]);
  const drawOrder = useCallback((palette: Palette, narrow: boolean) => caterpillarOption(ordered, data?.target ?? 0, seen, palette, named, narrow), [ordered, data, seen, named]);
  if (error) return <Failure error={error} />;
  if (!data) return <Waiting />;
  const columns = data.columns.filter((one) => one.title !== '');
  const table = (rows: Row[]) => ({ columns, rows: rows.map((row) => columns.map((one) => row[one.code])) });
  const outside = data.rows.filter((row) => row.position !== 'within');
  const what = `${data.indicator_title}, ${data.procedure_title}`;
  return (
    <Stack>
      <SimpleGrid cols={{ base: 1, sm: 2 }} className="no-print">
        <Select label="Показатель" data={indicators} value={indicator} onChange={(value) => value && setIndicator(value)} allowDeselect={false} />
        <Select label="Процедура" data={data.procedures.map((one) => ({ value: one.code, label: one.title }))} value={data.procedure} onChange={(value) => value && setProcedure(value)} allowDeselect={false} searchable />
      </SimpleGrid>
      {data.reason && <Text size="sm">{data.reason[0]!.toUpperCase() + data.reason.slice(1)}.</Text>}
      {data.rows.length === 0 ? <Empty>Ни у одной школы нет этого показателя.</Empty> : (
        <SimpleGrid cols={{ base: 1, xl: 2 }} spacing="xl">
          <Chart title={`${what}: значение и число участников`} description={`${what}. Среднее ${percent(data.target)}. За границами случайности: ${outside.map((row) => `${row.school_name} (${percent(Number(row.share))})`).join(', ') || 'нет'}.`} note="Школа внутри границ не отличается от среднего больше, чем это бывает случайно при таком числе участников." table={table(data.rows)} draw={drawFunnel} height={420} workbook={fileAddress('/funnel', fields, 'xlsx')} />
          <Chart title={`${what}: школы по порядку`} description={`${what}. Школы от наибольшего значения к наименьшему с 95 % доверительными интервалами.`} note="Школы, чьи интервалы перекрываются, по этим данным уверенно не различаются." table={table(ordered)} draw={drawOrder} height={named ? Math.max(240, 60 + ordered.length * 22) : 640} workbook={fileAddress('/funnel', fields, 'xlsx')} />
        </SimpleGrid>
      )}
    </Stack>
  );
}
