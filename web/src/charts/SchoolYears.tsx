import { Select, Stack } from '@mantine/core';
import { useCallback, useMemo } from 'react';
import { number, percent } from '../format';
import { axis, base, interval, legend, shares, whiskers, type Palette } from '../parts/chart_options';
import { Chart } from '../parts/Chart';
import { useChoice } from '../parts/choices';
import { fileAddress, useTable } from '../parts/DataTable';
import { Empty, Failure, Waiting } from '../parts/states';
import type { Row } from '../parts/table';

const yearTitle = (year: number) => `${year - 1}/${String(year).slice(2)}`;

/** The works of a school, those with the most years first. */
function works(rows: Row[]): { value: string; label: string }[] {
  const years = new Map<string, { label: string; count: number }>();
  for (const row of rows) {
    const one = years.get(String(row.work)) ?? { label: String(row.procedure), count: 0 };
    years.set(String(row.work), { ...one, count: one.count + 1 });
  }
  return [...years].sort((a, b) => b[1].count - a[1].count).map(([value, one]) => ({ value, label: one.label }));
}

/** One indicator of one work of a school over the years, with intervals and the region beside it. */
export function SchoolYears({ school, name, indicator }: { school: string; name: string; indicator: string }) {
  const path = `/schools/${encodeURIComponent(school)}/years`;
  const { data, error } = useTable<{ unit: string }>(path, { indicator });
  const all = useMemo(() => works(data?.rows ?? []), [data]);
  const [chosen, setWork] = useChoice('work', '');
  const work = all.some((one) => one.value === chosen) ? chosen : (all[0]?.value ?? '');
  const rows = useMemo(() => (data?.rows ?? []).filter((row) => row.work === work).sort((a, b) => Number(a.year) - Number(b.year)), [data, work]);
  const share = data?.unit === 'share';
  const shown = useCallback((value: unknown) => (share ? percent(Number(value)) : number(Number(value))), [share]);
  const draw = useCallback((palette: Palette) => {
    const years = rows.map((row) => yearTitle(Number(row.year)));
    const [own, region] = palette.lines as [string, string];
    const vertical = share ? shares(palette) : axis(palette, { type: 'value', scale: true });
    const series = [
        {
          type: 'line', name: 'Школа', color: own, symbol: 'circle', symbolSize: 9, data: rows.map((row) => row.value),
          // Beside the whisker and above the axis.
          label: { show: true, position: [12, -14], color: palette.text, formatter: ({ value }: { value: number }) => shown(value) },
          labelLayout: { hideOverlap: true },
          tooltip: { formatter: ({ dataIndex }: { dataIndex: number }) => tip(rows[dataIndex]!, shown) },
        },
        { type: 'line', name: 'Регион', color: region, symbol: 'diamond', symbolSize: 9, lineStyle: { type: 'dashed' }, data: rows.map((row) => row.region ?? null), tooltip: { valueFormatter: shown } },
        whiskers('95 % доверительный интервал', own, rows.filter((row) => row.low !== undefined).map((row) => [yearTitle(Number(row.year)), Number(row.low), Number(row.high)])),
    ];
    return { ...base(palette), legend: legend(palette, series), grid: { left: 8, right: 24, top: 60, bottom: 8, containLabel: true }, xAxis: axis(palette, { type: 'category', data: years }), yAxis: vertical, series };
  }, [rows, share, shown]);
  if (error) return <Failure error={error} />;
  if (!data) return <Waiting />;
  const title = `${data.title}: ${all.find((one) => one.value === work)?.label ?? ''}`;
  if (rows.length === 0) return <Empty>Такого показателя у школы нет ни за один год.</Empty>;
  return (
    <Stack>
      <Select label="Процедура" data={all} value={work} onChange={(value) => value && setWork(value)} allowDeselect={false} searchable className="no-print" />
      <Chart
        title={title}
        description={`${name}. ${title}: ${rows.map((row) => `${yearTitle(Number(row.year))} — ${shown(row.value)}`).join(', ')}.`}
        note="Усы — 95 % доверительный интервал: в этих пределах результат могла сдвинуть случайность. Пунктир — все участники региона."
        table={{ columns: data.columns.filter((one) => one.title !== ''), rows: rows.map((row) => data.columns.filter((one) => one.title !== '').map((one) => row[one.code])) }}
        draw={draw}
        workbook={fileAddress(path, { indicator }, 'xlsx')}
      />
    </Stack>
  );
}

function tip(row: Row, shown: (value: unknown) => string): string {
  const counts = row.numerator !== undefined ? `, ${row.numerator} из ${row.n}` : row.n !== undefined ? `, участников ${row.n}` : '';
  return `${yearTitle(Number(row.year))}: ${shown(row.value)}${counts}${interval(row.low as number | undefined, row.high as number | undefined)}`;
}
