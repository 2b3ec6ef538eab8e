import { Anchor, Group, Select, Stack, TextInput, Title } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { Link } from 'react-router-dom';
import { may, usePerson } from '../app/session';
import { useChoice, useTerritories } from '../parts/choices';
import { DataTable } from '../parts/DataTable';
import { SavedFilters } from '../parts/SavedFilters';
import { Failure, Waiting } from '../parts/states';

export default function SchoolsPage() {
  const loads = may(usePerson(), 'import_data');
  const territories = useTerritories();
  const [territory, setTerritory] = useChoice('territory', '');
  const [text, setText] = useChoice('text', '');
  const [wanted] = useDebouncedValue(text, 200);
  if (territories.error) return <Failure error={territories.error} />;
  if (!territories.data) return <Waiting />;
  return (
    <Stack>
      <Title order={1} size="h2">Школы</Title>
      <Group align="end" className="no-print">
        <Select label="Территория" w={260} clearable data={territories.data.territories.map((one) => ({ value: one.id, label: one.name }))} value={territory || null} onChange={(value) => setTerritory(value ?? '')} />
        <TextInput label="Название или код" w={260} value={text} onChange={(event) => setText(event.currentTarget.value)} />
        <SavedFilters />
      </Group>
      <DataTable
        path="/schools"
        fields={{ territory, text: wanted }}
        cells={{ name: (row) => <Anchor component={Link} to={`/schools/${encodeURIComponent(String(row.id))}`}>{row.name}</Anchor> }}
        forms={['школа', 'школы', 'школ']}
        empty={territory || wanted ? 'По этим условиям школ нет.' : loads ? <>Реестр школ пуст. Загрузите его в разделе <Anchor component={Link} underline="always" to="/data">«Данные»</Anchor>; там же <Anchor component={Link} underline="always" to="/data?tab=templates">шаблоны файлов</Anchor>.</> : 'Реестр школ пуст: его загружает орган управления образованием.'}
      />
    </Stack>
  );
}
