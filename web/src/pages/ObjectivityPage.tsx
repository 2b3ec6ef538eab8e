import { Alert, Anchor, Group, Select, Stack, Text, TextInput, Title } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { Link } from 'react-router-dom';
import { usePerson } from '../app/session';
import { counted, percent, sentence } from '../format';
import { useChoice } from '../parts/choices';
import { DataTable, useTable } from '../parts/DataTable';
import { SavedFilters } from '../parts/SavedFilters';
import { TerritorySelect, useYear, YearSelect } from '../parts/selects';
import { NoResults } from '../parts/NoResults';
import { Failure, Waiting } from '../parts/states';

interface More {
  level: number;
  tested: number;
  caution: string;
  schools: { school: string; school_name: string; grounds: number; marked: number }[];
}

const threeDecimals = new Intl.NumberFormat('ru-RU', { minimumFractionDigits: 3, maximumFractionDigits: 3 });

/** Signs in results that chance rarely brings; never a verdict. */
export default function ObjectivityPage() {
  const person = usePerson();
  const [year, setYear] = useYear();
  const [territory, setTerritory] = useChoice('territory', '');
  const [show, setShow] = useChoice('show', 'marked');
  const [text, setText] = useChoice('text', '');
  const [wanted] = useDebouncedValue(text, 200);
  const fields = { year, territory, show: show === 'all' ? 'all' : '' };
  const { data, error } = useTable<More>('/objectivity', fields, year !== '');
  return (
    <Stack>
      <Title order={1} size="h2">Объективность результатов</Title>
      <Group align="end" className="no-print">
        <YearSelect value={year} onChange={setYear} />
        <TerritorySelect value={territory} onChange={setTerritory} />
        <Select label="Показать" w={230} data={[{ value: 'marked', label: 'Только отмеченное' }, { value: 'all', label: 'Все проверки' }]} value={show} onChange={(value) => value && setShow(value)} allowDeselect={false} />
        <TextInput label="Найти" w={220} value={text} onChange={(event) => setText(event.currentTarget.value)} />
        <SavedFilters />
      </Group>
      {year === '' ? <NoResults title="" bare /> : error ? <Failure error={error} /> : !data ? <Waiting /> : (
        <>
          <Alert variant="light" role="note" title={sentence(data.caution)}>
            Признак — повод посмотреть работы и поговорить со школой. Официальные признаки и вычисленные программой показаны отдельно.
          </Alert>
          <Text>
            {person.school ? (data.schools.length > 0 ? 'У вашей школы есть вычисленные признаки' : 'Вычисленных признаков у вашей школы нет') : <>Проверено: {counted(data.tested, 'школа', 'школы', 'школ')}. С вычисленными признаками: {counted(data.schools.length, 'школа', 'школы', 'школ')}</>}
            {data.schools.length > 0 && ` (${data.schools.map((one) => `${one.school_name} — ${counted(one.grounds, 'независимое основание', 'независимых основания', 'независимых оснований')}`).join('; ')})`}
            .{data.schools.length > 0 && ` Среди отмеченных школ случайно отмеченных в среднем не более ${percent(data.level)}.`}
          </Text>
          <DataTable
            path="/objectivity"
            fields={{ ...fields, text: wanted }}
            cells={{
              q: (row) => (row.q === undefined ? '—' : Number(row.q) < 0.001 ? '< 0,001' : threeDecimals.format(Number(row.q))),
              // What stands above the table once need not stand in every row.
              words: (row) => String(row.words).replace(`${data.caution}: `, ''),
              school_name: (row) => <Anchor component={Link} to={`/schools/${encodeURIComponent(String(row.school))}?year=${year}`}>{row.school_name}</Anchor>,
            }}
            forms={['строка', 'строки', 'строк']}
            empty="Признаков не найдено."
            minWidth={900}
          />
        </>
      )}
    </Stack>
  );
}
