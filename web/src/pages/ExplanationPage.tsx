import { Anchor, Breadcrumbs, Button, Card, Group, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams, useSearchParams } from 'react-router-dom';
import { read } from '../api/client';
import { Failure, Waiting } from '../parts/states';
import { VerdictBadge } from '../parts/verdicts';

/** Why a school stands where it stands, down to the rows of the source files. */
export default function ExplanationPage() {
  const { methodology = '', school = '' } = useParams();
  const year = useSearchParams()[0].get('year') ?? '';
  const { data, error } = useQuery({
    queryKey: ['explanation', methodology, school, year],
    queryFn: () => read('/methodologies/{methodology}/schools/{school}', { path: { methodology, school }, query: year ? { year: Number(year) } : {} }),
  });
  if (error) return <Failure error={error} />;
  if (!data) return <Waiting />;
  return (
    <Stack maw={900}>
      <Breadcrumbs className="no-print">
        <Anchor component={Link} to={`/identification?methodology=${methodology}&year=${data.year}`}>Выявление</Anchor>
        <Text>Обоснование</Text>
      </Breadcrumbs>
      <Group justify="space-between">
        <Title order={1} size="h2">{data.listings[0]?.school_name}</Title>
        <Button variant="default" className="no-print" onClick={() => window.print()}>Печать</Button>
      </Group>
      {data.listings.map((one) => (
        <Card key={one.teacher ?? one.school} withBorder>
          <Stack gap="sm">
            <Group><VerdictBadge listing={one} /><Text size="sm">{data.year_title} учебный год{one.teacher ? `, педагог ${one.teacher}` : ''}</Text></Group>
            <p className="derivation">{one.text}</p>
          </Stack>
        </Card>
      ))}
      <Anchor component={Link} to={`/schools/${encodeURIComponent(school)}?year=${data.year}`} className="no-print">Страница школы</Anchor>
    </Stack>
  );
}
