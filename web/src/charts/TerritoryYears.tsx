import { Select, Stack } from '@mantine/core';
import { useCallback, useMemo } from 'react';
import { counted, percent } from '../format';
import { axis, base, dashes, shares, symbols, type Palette } from '../parts/chart_options';
import { Chart } from '../parts/Chart';
import { useChoice } from '../parts/choices';
import { fileAddress, useTable } from '../parts/DataTable';
import { Empty, Failure, Waiting } from '../parts/states';
import type { Row } from '../parts/table';

const indicators = ['quality', 'success', 'low_share'];
const yearTitle = (year: number) => `${year - 1}/${String(year).slice(2)}`;

/** Results of all schools of the territory together, by years. */
export function TerritoryYears({ territory }: { territory: string }) {
  const { data, error } = useTable('/series', { territory });
  const types = useMemo(() => {
    const titles = new Map((data?.rows ?? []).map((row) => [String(row.type), String(row.type_title)]));
    return [...titles].map(([value, label]) => ({ value, label }));
  }, [data]);
  const [chosen, setType] = useChoice('type', '');
  const type = types.some((one) => one.value === chosen) ? chosen : (types[0]?.value ?? '');
  const rows = useMemo(() => (data?.rows ?? []).filter((row) => row.type === type && indicators.includes(String(row.indicator))), [data, type]);
  const years = useMemo(() => [...new Set(rows.map((row) => Number(row.year)))].sort(), [rows]);
  const lines = useMemo(() => indicators.map((code) => rows.filter((row) => row.indicator === code)).filter((line) => line.length > 0), [rows]);
  const draw = useCallback((palette: Palette) => ({
    ...base(palette),
    xAxis: axis(palette, { type: 'category', data: years.map(yearTitle) }),
    yAxis: shares(palette, { max: 1 }),
    series: lines.map((line, i) => ({
      type: 'line', name: String(line[0]!.title), symbol: symbols[i], symbolSize: 10, lineStyle: { type: dashes[i], width: 2 },
      data: years.map((year) => line.find((row) => row.year === year)?.value ?? null),
      label: { show: true, position: 'top', color: palette.text, formatter: ({ value }: { value: number }) => percent(value) },
      labelLayout: { hideOverlap: true },
      tooltip: { formatter: ({ dataIndex }: { dataIndex: number }) => tip(line.find((row) => row.year === years[dataIndex])!) },
    })),
  }), [lines, years]);
  if (error) return <Failure error={error} />;
  if (!data) return <Waiting />;
  if (rows.length === 0) return <Empty>Результатов по годам пока нет.</Empty>;
  const name = types.find((one) => one.value === type)?.label ?? '';
  return (
    <Stack>
      <Select label="Процедура" w={240} maw="100%" data={types} value={type} onChange={(value) => value && setType(value)} allowDeselect={false} className="no-print" />
      <Chart
        title={`${name}: результаты по годам`}
        description={`${name}. ${lines.map((line) => `${line[0]!.title}: ${line.map((row) => `${yearTitle(Number(row.year))} — ${percent(Number(row.value))}`).join(', ')}`).join('. ')}.`}
        note="Все ученики территории вместе: крупная школа весит столько, сколько в ней учеников."
        table={{
          columns: [{ code: 'title', title: 'Показатель', style: 'text' }, { code: 'year', title: 'Учебный год', style: 'text' }, { code: 'value', title: 'Значение', style: 'percent' }, { code: 'n', title: 'Результатов', style: 'whole' }, { code: 'schools', title: 'Школ', style: 'whole' }],
          rows: rows.map((row) => [row.title, yearTitle(Number(row.year)), row.value, row.n, row.schools]),
        }}
        draw={draw}
        workbook={fileAddress('/series', { territory }, 'xlsx')}
      />
    </Stack>
  );
}

function tip(row: Row): string {
  return `${yearTitle(Number(row.year))}: ${percent(Number(row.value))}, ${counted(Number(row.n), 'результат', 'результата', 'результатов')}`;
}
