import { Alert, Anchor, Container, Group, Select, Stack, Table, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router-dom';
import { read } from '../api/client';
import type { PublicRow, PublicTable } from '../api/types';
import { number, percent } from '../format';
import { useChoice } from '../parts/choices';
import { PublicMarks } from '../charts/PublicMarks';
import { fileAddress, SaveMenu } from '../parts/DataTable';
import { Scrolled } from '../parts/Scrolled';
import { Empty, Failure, Waiting } from '../parts/states';

/** What everybody may see: marks by territory, small groups hidden. */
export default function PublicPage() {
  const [year, setYear] = useChoice('year', '');
  const [procedure, setProcedure] = useChoice('procedure', '');
  const page = useQuery({
    queryKey: ['public', year, procedure],
    queryFn: () => read('/public', { query: { ...(year ? { year: Number(year) } : {}), ...(procedure ? { procedure } : {}) } }),
    placeholderData: (before) => before,
  });
  return (
    <Container component="main" size="lg" py="lg">
      {page.error ? <Failure error={page.error} /> : !page.data ? <Waiting /> : !page.data.enabled ? (
        <Stack>
          <Title order={1} size="h2">Открытые результаты</Title>
          <Empty>Страница закрыта. <Anchor component={Link} to="/">Войти в систему</Anchor></Empty>
        </Stack>
      ) : (
        <Stack>
          <Title order={1} size="h2">Результаты по территориям</Title>
          <Group align="end" className="no-print">
            <Select label="Учебный год" w={160} allowDeselect={false} data={(page.data.years ?? []).map((one) => ({ value: String(one.year), label: one.title }))} value={String(page.data.year ?? '')} onChange={(value) => { if (value) setYear(value); }} />
            <Select label="Работа" w={360} maw="100%" searchable allowDeselect={false} data={(page.data.procedures ?? []).map((one) => ({ value: one.code, label: one.title }))} value={page.data.procedure ?? null} onChange={(value) => { if (value) setProcedure(value); }} />
          </Group>
          {page.data.table ? (
            <Marks
              table={page.data.table}
              groupMin={page.data.group_min ?? 5}
              title={`${page.data.procedures?.find((one) => one.code === page.data.procedure)?.title ?? ''}: доли отметок`}
              fields={{ year: String(page.data.year ?? ''), procedure: page.data.procedure }}
            />
          ) : <Empty>За этот год отметок ещё нет.</Empty>}
        </Stack>
      )}
    </Container>
  );
}

interface Marking {
  table: PublicTable;
  groupMin: number;
  title: string;
  fields: Record<string, string | undefined>;
}

function Marks({ table, groupMin, title, fields }: Marking) {
  if (table.reason) return <Alert>Таблицы нет: {table.reason}.</Alert>;
  return (
    <>
      <PublicMarks table={table} title={title} workbook={fileAddress('/public', fields, 'xlsx')} />
      <Group justify="flex-end"><SaveMenu path="/public" fields={fields} /></Group>
      <Text size="sm" c="dimmed">Сколько учеников получили отметку и какая это доля</Text>
      <Scrolled minWidth={560} label="Сколько учеников получили отметку и какая это доля">
        <Table striped>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Территория</Table.Th>
              <Table.Th ta="right">Учеников</Table.Th>
              {table.marks.map((mark) => <Table.Th key={mark} ta="right">«{mark.replace(' и ', '» и «').replace(', ', '», «')}»</Table.Th>)}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {table.rows.map((row) => <Row key={row.title} row={row} />)}
          </Table.Tbody>
          <Table.Tfoot><Row row={table.whole} whole /></Table.Tfoot>
        </Table>
      </Scrolled>
      {table.hidden && (
        <Text size="sm">Слово «скрыто» стоит там, где число позволило бы узнать о группе меньше {groupMin} учеников, и в нескольких соседних ячейках, чтобы скрытое нельзя было вычислить. Малые территории и отметки показаны вместе с другими.</Text>
      )}
    </>
  );
}

function Row({ row, whole = false }: { row: PublicRow; whole?: boolean }) {
  return (
    <Table.Tr {...(whole ? { fw: 600 } : {})}>
      <Table.Th scope="row" fw={whole ? 600 : 400}>{row.title}</Table.Th>
      <Table.Td ta="right">{number(row.pupils)}</Table.Td>
      {row.by_mark.map((count, i) => (
        <Table.Td key={i} ta="right">
          {count === null ? <Text span size="sm" c="dimmed">скрыто</Text> : <>{number(count)} <Text span size="sm" c="dimmed">{row.pupils > 0 && percent(count / row.pupils)}</Text></>}
        </Table.Td>
      ))}
    </Table.Tr>
  );
}
