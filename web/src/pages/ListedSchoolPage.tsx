import { Anchor, Breadcrumbs, Button, Card, Group, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from 'react-router-dom';
import { read } from '../api/client';
import { Failure, Waiting } from '../parts/states';
import { VerdictBadge } from '../parts/verdicts';

/** Why a school stands in a list as it does: by the data of the list, whatever was loaded since. */
export default function ListedSchoolPage() {
  const { list = '', school = '' } = useParams();
  const { data, error } = useQuery({
    queryKey: ['lists', list, 'schools', school],
    queryFn: () => read('/lists/{list}/schools/{school}', { path: { list, school } }),
  });
  if (error) return <Failure error={error} />;
  if (!data) return <Waiting />;
  return (
    <Stack maw={900}>
      <Breadcrumbs className="no-print">
        <Anchor component={Link} to="/lists">Перечни</Anchor>
        <Anchor component={Link} to={`/lists/${list}`}>№ {list}</Anchor>
        <Text>Обоснование</Text>
      </Breadcrumbs>
      <Group justify="space-between">
        <Title order={1} size="h2">{data.listings[0]?.school_name}</Title>
        <Button variant="default" className="no-print" onClick={() => window.print()}>Печать</Button>
      </Group>
      {data.listings.map((one) => (
        <Card key={one.teacher ?? one.school} withBorder>
          <Stack gap="sm">
            <Group><VerdictBadge listing={one} /><Text size="sm">Перечень № {list}, {data.year_title} учебный год{one.teacher ? `, педагог ${one.teacher}` : ''}</Text></Group>
            {one.notes.map((note) => <Text key={note}>{note}</Text>)}
            <p className="derivation">{one.text}</p>
          </Stack>
        </Card>
      ))}
    </Stack>
  );
}
