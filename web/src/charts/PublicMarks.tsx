import { useCallback } from 'react';
import type { PublicRow, PublicTable } from '../api/types';
import { counted, number, percent } from '../format';
import { axis, base, shares, type Palette } from '../parts/chart_options';
import { Chart } from '../parts/Chart';

const part = (row: PublicRow, count: number) => (row.pupils > 0 ? count / row.pupils : 0);
/** Pupils whose marks are hidden: what is left of all, which everybody can reckon from the table. */
const hiddenOf = (row: PublicRow) => row.pupils - row.by_mark.reduce<number>((sum, count) => sum + (count ?? 0), 0);
const quoted = (mark: string) => `«${mark.replace(' и ', '» и «').replace(', ', '», «')}»`;

/** Shares of marks by territory, one bar each; it knows no more than the table of the page. */
export function PublicMarks({ table, title, workbook }: { table: PublicTable; title: string; workbook: string }) {
  const rows = [...table.rows, table.whole];
  const draw = useCallback((palette: Palette, narrow: boolean) => {
    const all = [...table.rows, table.whole];
    const names = all.map((row) => row.title);
    const bar = (name: string, counts: (row: PublicRow) => number | null, color?: string) => ({
      type: 'bar', name, stack: 'marks', barMaxWidth: 28,
      itemStyle: { borderColor: palette.text, borderWidth: 0.5, ...(color && { color, decal: { symbol: 'none' } }) },
      data: all.map((row) => part(row, counts(row) ?? 0)),
      tooltip: {
        formatter: ({ dataIndex }: { dataIndex: number }) => {
          const count = counts(all[dataIndex]!) ?? 0;
          return `${names[dataIndex]}, ${name}: ${counted(count, 'ученик', 'ученика', 'учеников')}, ${percent(part(all[dataIndex]!, count))}`;
        },
      },
    });
    return {
      ...base(palette, true),
      grid: { left: 8, right: 24, top: 64, bottom: 8, containLabel: true },
      xAxis: shares(palette, { max: 1, interval: 0.25 }),
      yAxis: axis(palette, { type: 'category', data: names, inverse: true, axisLabel: { color: palette.text, width: narrow ? 96 : 130, overflow: 'break', lineHeight: 16 } }),
      series: [
        ...table.marks.map((mark, i) => bar(`отметка ${quoted(mark)}`, (row) => row.by_mark[i] ?? null)),
        ...(table.hidden ? [bar('скрыто', hiddenOf, palette.grid)] : []),
      ],
    };
  }, [table]);
  const spoken = (row: PublicRow) => table.marks.map((mark, i) => `${quoted(mark)} — ${row.by_mark[i] == null ? 'скрыто' : percent(part(row, row.by_mark[i]))}`).join(', ');
  return (
    <Chart
      title={title}
      description={`${title}. ${rows.map((row) => `${row.title}, ${number(row.pupils)}: ${spoken(row)}`).join('. ')}.`}
      table={{
        columns: [{ code: 'territory', title: 'Территория', style: 'text' }, { code: 'pupils', title: 'Учеников', style: 'whole' }, ...table.marks.map((mark, i) => ({ code: `mark_${i}`, title: quoted(mark), style: 'whole' as const }))],
        rows: rows.map((row) => [row.title, row.pupils, ...row.by_mark.map((count) => count ?? 'скрыто')]),
      }}
      draw={draw}
      height={Math.max(220, 90 + rows.length * 44)}
      workbook={workbook}
    />
  );
}
