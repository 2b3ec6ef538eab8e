import { Alert, Anchor, Group, Select, Stack, Text, Title } from '@mantine/core';
import { Link } from 'react-router-dom';
import { decimal, sentence } from '../format';
import { useChoice } from '../parts/choices';
import { DataTable, useTable } from '../parts/DataTable';
import { TerritorySelect, useYear, YearSelect } from '../parts/selects';
import { NoResults } from '../parts/NoResults';
import { Failure, Waiting } from '../parts/states';

/** Places of schools, never without the places that are as credible. */
export default function RatingPage() {
  const [year, setYear] = useYear();
  const [territory, setTerritory] = useChoice('territory', '');
  const [value, setValue] = useChoice('value', 'result');
  const fields = { year, territory, value: value === 'effect' ? 'effect' : '' };
  const { data, error } = useTable<{ enabled: boolean; reason?: string }>('/rating', fields, year !== '');
  if (year === '') return <NoResults title="Рейтинг школ" />;
  return (
    <Stack>
      <Title order={1} size="h2">Рейтинг школ</Title>
      {error ? <Failure error={error} /> : !data ? <Waiting /> : !data.enabled ? (
        <Alert title="Рейтинги выключены">Места почти всех школ неразличимы в пределах погрешности, а результаты ВПР не предназначены для сравнения школ между собой. Рейтинг для внутренней работы включает администратор: раздел «Настройки», с указанием причины. Включение записывается в журнал.</Alert>
      ) : (
        <>
          <Group align="end" className="no-print">
            <YearSelect value={year} onChange={setYear} />
            <TerritorySelect value={territory} onChange={setTerritory} />
            <Select label="Сравнивать" w={280} data={[{ value: 'result', label: 'Результат' }, { value: 'effect', label: 'Результат с учётом условий' }]} value={value} onChange={(one) => one && setValue(one)} allowDeselect={false} />
          </Group>
          {data.reason && <Text>{sentence(data.reason)}</Text>}
          <Text>Школы, границы мест которых перекрываются, по этим данным не различаются.</Text>
          <DataTable
            path="/rating"
            fields={fields}
            cells={{
              school_name: (row) => <Anchor component={Link} to={`/schools/${encodeURIComponent(String(row.school))}?year=${year}`}>{row.school_name}</Anchor>,
              place: (row) => (row.place === undefined ? '—' : `${row.place} (от ${row.place_low} до ${row.place_high})`),
              value: (row) => (row.value === undefined ? '—' : `${decimal(Number(row.value))} (${decimal(Number(row.low))} … ${decimal(Number(row.high))})`),
            }}
            hidden={['place_low', 'place_high', 'low', 'high']}
            forms={['школа', 'школы', 'школ']}
            empty="Школ нет."
          />
          <Text size="sm" c="dimmed">Положение «обычный разброс»: результат отличается от среднего не больше, чем бывает случайно при таком числе результатов.</Text>
        </>
      )}
    </Stack>
  );
}
