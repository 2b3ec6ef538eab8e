import { Anchor, Breadcrumbs, Stack, Text, Title } from '@mantine/core';
import { Link, useParams, useSearchParams } from 'react-router-dom';
import { DataTable, useTable } from '../parts/DataTable';
import { Failure, Waiting } from '../parts/states';

/** The rows of a file that a result was counted from; nothing in them names a pupil. */
export default function ProtocolPage() {
  const { school = '' } = useParams();
  const [search] = useSearchParams();
  const path = `/schools/${encodeURIComponent(school)}/protocol`;
  const fields = { procedure: search.get('procedure') ?? '', year: search.get('year') ?? '' };
  const { data, error } = useTable(path, fields);
  if (error) return <Failure error={error} />;
  if (!data) return <Waiting />;
  return (
    <Stack>
      <Breadcrumbs className="no-print">
        <Anchor component={Link} to="/schools">Школы</Anchor>
        <Anchor component={Link} to={`/schools/${encodeURIComponent(school)}?year=${fields.year}`}>Школа</Anchor>
        <Text>Протокол</Text>
      </Breadcrumbs>
      <Title order={1} size="h2">{data.title}</Title>
      <DataTable path={path} fields={fields} cells={{}} forms={['строка', 'строки', 'строк']} empty="Строк учеников нет: результат взят из сводной формы или процедура не проводилась." />
    </Stack>
  );
}
