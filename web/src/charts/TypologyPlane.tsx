import { useCallback } from 'react';
import { decimal, number } from '../format';
import { axis, base, legend, type Palette } from '../parts/chart_options';
import { Chart } from '../parts/Chart';
import { fileAddress } from '../parts/DataTable';
import type { Row, ServerTable } from '../parts/table';

export interface Borders {
  index: number;
  low: number;
  high: number;
  schools: number;
}

const kinds = [
  { code: 'struggling', symbol: 'triangle', color: 1 },
  { code: 'ineffective', symbol: 'rect', color: 3 },
  { code: 'resilient', symbol: 'diamond', color: 2 },
  { code: 'leading', symbol: 'path://M10 0l3 7h7l-5.5 4.5 2 7.5-6.5-4.5-6.5 4.5 2-7.5-5.5-4.5h7z', color: 4 },
  { code: 'ordinary', symbol: 'circle', color: 0 },
];

const tip = (row: Row) => `${row.school_name}\n${row.type_title}; индекс условий ${decimal(Number(row.index))}, результат ${decimal(Number(row.result))}`;

/** An axis on which the borders of types are seen as well, however few the schools. */
function reach(values: number[], narrow: boolean) {
  const low = Math.min(...values);
  const high = Math.max(...values);
  const interval = (high - low > 5 ? 1 : high - low > 2 ? 0.5 : 0.2) * (narrow ? 2 : 1);
  const tenths = (value: number) => Math.round(value * 10) / 10;
  return { interval, min: tenths(Math.floor(low / interval - 0.2) * interval), max: tenths(Math.ceil(high / interval + 0.2) * interval) };
}

/** Conditions against results: each school in its place, one of them marked. */
export function TypologyPlane({ data, borders, fields, chosen }: { data: ServerTable; borders: Borders; fields: Record<string, string>; chosen: string }) {
  const known = data.rows.filter((row) => row.index !== undefined && row.result !== undefined && row.type !== 'unknown');
  const draw = useCallback((palette: Palette, narrow: boolean) => {
    const rows = data.rows.filter((row) => row.index !== undefined && row.result !== undefined);
    // Names of hundreds of schools would hide the schools.
    const many = rows.length > 40;
    const places = rows.map((row) => Number(row.index));
    const middle = (Math.min(...places) + Math.max(...places)) / 2;
    const series = kinds.map((kind) => {
      const some = rows.filter((row) => row.type === kind.code);
      return {
        type: 'scatter', name: some.length > 0 ? String(some[0]!.type_title) : '', symbol: kind.symbol, symbolSize: many ? 8 : 14, color: palette.lines[kind.color],
        itemStyle: { borderColor: palette.text, borderWidth: 1 },
        data: some.map((row) => ({
          value: [row.index, row.result], row,
          // Names of the rightmost schools stand to the left, so that none is cut.
          label: { position: Number(row.index) > middle ? 'left' : 'right' },
          ...(row.school === chosen && { symbolSize: 24, itemStyle: { borderColor: palette.text, borderWidth: 3 } }),
        })),
        label: { show: true, position: 'right', color: palette.text, fontSize: 11, width: 190, overflow: 'truncate', formatter: (point: { data: { row: Row } }) => ((chosen === '' && !many && !narrow) || point.data.row.school === chosen ? String(point.data.row.school_name) : '') },
        labelLayout: { hideOverlap: true },
        tooltip: { formatter: (point: { data: { row: Row } }) => tip(point.data.row) },
      };
    }).filter((one) => one.data.length > 0);
    const border = { symbol: 'none', silent: true, lineStyle: { color: palette.quiet, type: 'dashed' }, label: { color: palette.quiet, fontSize: 11 } };
    return {
      ...base(palette),
      legend: legend(palette, series),
      grid: { left: 26, right: 24, top: 64, bottom: 28, containLabel: true },
      xAxis: axis(palette, { type: 'value', name: 'Условия → благоприятнее', nameGap: 28, ...reach([...places, borders.index], narrow), axisLine: { onZero: false, lineStyle: { color: palette.quiet } }, axisLabel: { color: palette.text, hideOverlap: true, formatter: (value: number) => number(value) } }),
      yAxis: axis(palette, { type: 'value', name: 'Результат → выше', nameGap: 52, ...reach([...rows.map((row) => Number(row.result)), borders.low, borders.high], narrow), axisLine: { show: true, onZero: false, lineStyle: { color: palette.quiet } }, axisLabel: { color: palette.text, hideOverlap: true, formatter: (value: number) => number(value) } }),
      series: series.map((one, i) => (i > 0 ? one : {
        ...one,
        markLine: {
          ...border,
          data: [
            { xAxis: borders.index, label: { formatter: '', position: 'end' } },
            { yAxis: borders.low, label: { formatter: 'низкий', position: 'insideStartTop' } },
            { yAxis: borders.high, label: { formatter: 'высокий', position: 'insideStartTop' } },
          ],
        },
      })),
    };
  }, [data, borders, chosen]);
  const columns = data.columns.filter((one) => one.title !== '');
  const titles = [...new Set(known.map((row) => String(row.type_title)))];
  return (
    <Chart
      title="Условия и результаты школ"
      description={`Плоскость типологии. ${titles.map((title) => `${title}: ${known.filter((row) => row.type_title === title).map((row) => row.school_name).join(', ')}`).join('. ')}.`}
      note="Условия — индекс социального благополучия школы. Слева от вертикальной линии условия неблагоприятные. Выше верхней линии результат высокий, ниже нижней — низкий."
      table={{ columns, rows: data.rows.map((row) => columns.map((one) => row[one.code])) }}
      draw={draw}
      height={520}
      workbook={fileAddress('/typology', fields, 'xlsx')}
    />
  );
}
