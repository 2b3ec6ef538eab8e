import { Button, Group, Menu, SegmentedControl, Table, Text, Title, useComputedColorScheme } from '@mantine/core';
import { useIntersection, useMediaQuery } from '@mantine/hooks';
import type { EChartsType } from 'echarts/core';
import { lazy, Suspense, useMemo, useRef, useState } from 'react';
import { dark, light, type ChartOption, type Palette } from './chart_options';
import { saveCsv, savePng, saveSvg } from './save';
import { Scrolled } from './Scrolled';
import { Waiting } from './states';
import { shownCell, type Cell, type Column } from './table';

const ChartCanvas = lazy(() => import('./ChartCanvas'));

export interface ChartTable {
  columns: Column[];
  rows: Cell[][];
}

interface Props {
  title: string;
  /** What is to be seen, in a sentence: for those who hear the page. */
  description: string;
  /** What the signs mean; stands below the chart. */
  note?: string;
  table: ChartTable;
  /** `narrow`: as on a phone, where names of many schools would cover the drawing. */
  draw: (palette: Palette, narrow: boolean) => ChartOption;
  height?: number;
  /** Where the same numbers are had as a workbook. */
  workbook?: string;
}

/** A chart with its table, its files and its words: nothing can be seen that cannot be read. */
export function Chart({ title, description, note, table, draw, height = 340, workbook }: Props) {
  const [form, setForm] = useState('chart');
  const palette = useComputedColorScheme('light') === 'dark' ? dark : light;
  const drawn = useRef<EChartsType | null>(null);
  const narrow = useMediaQuery('(max-width: 36em)') ?? false;
  const option = useMemo(() => draw(palette, narrow), [draw, palette, narrow]);
  // The library comes when a chart is first looked at: a page whose chart stands far below opens without it.
  const { ref: place, entry } = useIntersection({ rootMargin: '200px' });
  const [seen, setSeen] = useState(false);
  if (entry?.isIntersecting && !seen) setSeen(true);
  return (
    <figure style={{ margin: 0 }}>
      <Group justify="space-between" mb="xs" gap="xs">
        <Title order={3} size="h5" component="figcaption" flex="1 1 220px">{title}</Title>
        <Group gap="xs" className="no-print">
          <SegmentedControl size="xs" aria-label={`Вид: ${title}`} value={form} onChange={setForm} data={[{ value: 'chart', label: 'График' }, { value: 'table', label: 'Таблица' }]} />
          <Menu position="bottom-end">
            <Menu.Target><Button size="xs" variant="default" aria-label={`Сохранить: ${title}`}>Сохранить</Button></Menu.Target>
            <Menu.Dropdown>
              {form === 'chart' && <Menu.Item onClick={() => drawn.current && savePng(drawn.current, title, palette.background)}>Рисунок PNG</Menu.Item>}
              {form === 'chart' && <Menu.Item onClick={() => drawn.current && saveSvg(drawn.current, title, palette.background)}>Рисунок SVG</Menu.Item>}
              <Menu.Item onClick={() => saveCsv(table.columns, table.rows, title)}>Таблица CSV</Menu.Item>
              {workbook && <Menu.Item component="a" href={workbook} download>Таблица Excel</Menu.Item>}
            </Menu.Dropdown>
          </Menu>
        </Group>
      </Group>
      {form === 'chart' ? (!seen ? <div ref={place} style={{ height }} /> : (
        <Suspense fallback={<div style={{ height }}><Waiting /></div>}>
          <ChartCanvas option={option} height={height} label={description} drawn={drawn} />
        </Suspense>
      )) : (
        <Scrolled minWidth={Math.min(640, table.columns.length * 110)} label={title} maxHeight={Math.max(height, 340)}>
          <Table striped aria-label={title}>
            <Table.Thead><Table.Tr>{table.columns.map((one) => <Table.Th key={one.code}>{one.title}</Table.Th>)}</Table.Tr></Table.Thead>
            <Table.Tbody>{table.rows.map((row, i) => <Table.Tr key={i}>{row.map((cell, j) => <Table.Td key={j}>{shownCell(cell, table.columns[j]!.style)}</Table.Td>)}</Table.Tr>)}</Table.Tbody>
          </Table>
        </Scrolled>
      )}
      {note && <Text size="sm" c="dimmed" mt={4}>{note}</Text>}
    </figure>
  );
}
