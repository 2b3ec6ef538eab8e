import { decimal, number, percent } from '../format';

export type Cell = string | number | boolean | undefined;

export interface Column {
  code: string;
  title: string;
  style: 'text' | 'whole' | 'number' | 'percent';
}

export type Row = Record<string, Cell>;

/** A table as the server gives it: columns without a title are for links and shapes, not for reading. */
export interface ServerTable {
  title: string;
  columns: Column[];
  rows: Row[];
}

/** A cell as people read it. */
export function shownCell(cell: Cell, style: Column['style']): string {
  if (cell === undefined) return '—';
  if (typeof cell === 'boolean') return cell ? 'да' : 'нет';
  if (typeof cell === 'string') return cell;
  if (style === 'percent') return percent(cell);
  if (style === 'number') return decimal(cell);
  return style === 'text' ? String(cell) : number(cell);
}
