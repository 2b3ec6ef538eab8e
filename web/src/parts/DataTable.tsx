import { Button, Group, Menu, Table, Text, UnstyledButton } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { address, readTable } from '../api/client';
import { counted } from '../format';
import { useChoice } from './choices';
import { Scrolled } from './Scrolled';
import { Empty, Failure, Waiting } from './states';
import { shownCell, type Cell, type Row, type ServerTable } from './table';

const shownAtOnce = 300;

/** The same as a file. */
export const fileAddress = (path: string, fields: Record<string, string | undefined>, format: 'xlsx' | 'csv') =>
  '/api/v1' + address(path, { query: { ...fields, format } });

/** «№ 12» stays in one line. */
function unbroken<T extends ServerTable>(table: T): T {
  const cell = (value: Cell) => (typeof value === 'string' ? value.replaceAll('№ ', '№\u00a0') : value);
  return { ...table, rows: (table.rows ?? []).map((row) => Object.fromEntries(Object.entries(row).map(([code, value]) => [code, cell(value)]))) };
}

export function useTable<More = object>(path: string, fields: Record<string, string | undefined>, enabled = true) {
  return useQuery({
    queryKey: ['table', address(path, { query: fields })],
    queryFn: async ({ signal }) => unbroken(await readTable<ServerTable & More>(address(path, { query: { ...fields, format: 'table' } }), signal)),
    placeholderData: keepPreviousData,
    enabled,
  });
}

interface Props {
  path: string;
  fields: Record<string, string | undefined>;
  /** What a cell shows instead of its plain value, by column. */
  cells?: Record<string, (row: Row) => ReactNode>;
  /** Columns that other ones show already; files have them all. */
  hidden?: string[];
  /** What is counted: «школа», «школы», «школ». */
  forms: [string, string, string];
  empty: ReactNode;
  minWidth?: number;
  /** The name of the order in the address, where a page has two tables. */
  sortName?: string;
}

/** A table of the server: ordered by its headings, saved whole as it is seen. */
export function DataTable({ path, fields, cells = {}, hidden = [], forms, empty, minWidth = 640, sortName = 'sort' }: Props) {
  const [sort, setSort] = useChoice(sortName, '');
  const [limit, setLimit] = useState(shownAtOnce);
  const asked = { ...fields, sort };
  const { data, error } = useTable(path, asked);
  if (error) return <Failure error={error} />;
  if (!data) return <Waiting />;
  const columns = data.columns.filter((one) => one.title !== '' && !hidden.includes(one.code) && (one.code in cells || data.rows.some((row) => row[one.code] !== undefined)));
  const next = (code: string) => (sort === code ? `-${code}` : sort === `-${code}` ? '' : code);
  const order = (code: string) => (sort === code ? 'ascending' : sort === `-${code}` ? 'descending' : 'none');
  return (
    <div>
      <Group justify="space-between" mb="xs">
        <Text size="sm" aria-live="polite">{counted(data.rows.length, ...forms)}</Text>
        <SaveMenu path={path} fields={asked} />
      </Group>
      {data.rows.length === 0 ? <Empty>{empty}</Empty> : (
        <Scrolled minWidth={minWidth} label={data.title}>
          <Table striped highlightOnHover aria-label={data.title}>
            <Table.Thead>
              <Table.Tr>
                {columns.map((one) => (
                  <Table.Th key={one.code} aria-sort={order(one.code)} ta={one.style === 'text' ? 'left' : 'right'}>
                    <UnstyledButton className="sort" onClick={() => setSort(next(one.code))}>
                      {one.title}<span aria-hidden className="no-print">{order(one.code) === 'ascending' ? '\u00a0▲' : order(one.code) === 'descending' ? '\u00a0▼' : '\u00a0⇅'}</span>
                    </UnstyledButton>
                  </Table.Th>
                ))}
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {data.rows.slice(0, limit).map((row, i) => (
                <Table.Tr key={i}>
                  {columns.map((one) => (
                    <Table.Td key={one.code} {...(one.style === 'text' ? {} : { ta: 'right', className: 'numbers' })}>
                      {cells[one.code] ? cells[one.code]!(row) : shownCell(row[one.code], one.style)}
                    </Table.Td>
                  ))}
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Scrolled>
      )}
      {data.rows.length > limit && (
        <Group mt="xs" className="no-print">
          <Text size="sm">Показано {limit} из {data.rows.length}. В файлах таблица целиком.</Text>
          <Button size="xs" variant="default" onClick={() => setLimit(limit + 1000)}>Показать ещё</Button>
        </Group>
      )}
    </div>
  );
}

/** Files of what is seen: with its filters and its order, whole. */
export function SaveMenu({ path, fields, label = 'Сохранить таблицу' }: { path: string; fields: Record<string, string | undefined>; label?: string }) {
  return (
    <Menu position="bottom-end">
      <Menu.Target><Button size="xs" variant="default" className="no-print">{label}</Button></Menu.Target>
      <Menu.Dropdown>
        <Menu.Item component="a" href={fileAddress(path, fields, 'xlsx')} download>Excel</Menu.Item>
        <Menu.Item component="a" href={fileAddress(path, fields, 'csv')} download>CSV</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
