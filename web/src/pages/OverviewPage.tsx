import { Anchor, Card, List, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router-dom';
import { read } from '../api/client';
import { may, usePerson } from '../app/session';
import { TerritoryYears } from '../charts/TerritoryYears';
import { useMethodologies, useTerritories } from '../parts/choices';
import { OwnLists } from '../parts/OwnSchool';
import { NoResults } from '../parts/NoResults';
import { Failure, Waiting } from '../parts/states';
import { judged, ofTeachers, reliabilityText } from '../parts/verdicts';

/** The state of one list in a few words. */
function ListCard({ methodology, title, year }: { methodology: string; title: string; year: number }) {
  const { data, error } = useQuery({
    queryKey: ['list', methodology, String(year)],
    queryFn: () => read('/methodologies/{methodology}/list', { path: { methodology }, query: { year } }),
  });
  const listed = data?.listings.filter((one) => one.verdict === 'listed') ?? [];
  const teachers = ofTeachers(data?.listings ?? []);
  const some = (count: number) => judged(count, teachers);
  const count = (verdict: string) => data?.listings.filter((one) => one.verdict === verdict).length ?? 0;
  const others = [['watch', 'Под наблюдением'], ['unknown', 'Недостаточно данных']] as const;
  return (
    <Card withBorder>
      <Stack gap="xs">
        <Anchor component={Link} to={`/identification?methodology=${methodology}&year=${year}`} fw={600}>{title}</Anchor>
        {error ? <Failure error={error} /> : !data ? <Waiting /> : (
          <>
            <Text>В перечне {some(listed.length)} из {data.listings.length}.</Text>
            {others.filter(([verdict]) => count(verdict) > 0).map(([verdict, words]) => <Text key={verdict} size="sm">{words}: {some(count(verdict))}.</Text>)}
            {listed.length > 0 && !teachers && (
              <List size="sm">
                {listed.slice(0, 8).map((one) => (
                  <List.Item key={one.school}>
                    <Anchor component={Link} to={`/identification/${methodology}/${encodeURIComponent(one.school)}?year=${year}`}>{one.school_name}</Anchor>
                    {one.probability !== undefined && ` — ${reliabilityText(one)}`}
                  </List.Item>
                ))}
                {listed.length > 8 && <List.Item>и ещё {some(listed.length - 8)}</List.Item>}
              </List>
            )}
          </>
        )}
      </Stack>
    </Card>
  );
}

export default function OverviewPage() {
  const person = usePerson();
  const territories = useTerritories();
  const methodologies = useMethodologies();
  if (territories.error) return <Failure error={territories.error} />;
  if (methodologies.error) return <Failure error={methodologies.error} />;
  if (!territories.data || !methodologies.data) return <Waiting />;
  const year = territories.data.years[0];
  if (!may(person, 'read_schools')) {
    return (
      <Stack>
        <Title order={1} size="h2">Обзор</Title>
        <Text>Ваша роль ведёт учётные записи. Результаты школ открывают другие роли.</Text>
        <Anchor component={Link} to="/users">Учётные записи</Anchor>
      </Stack>
    );
  }
  if (!year) return <NoResults title="Обзор" />;
  return (
    <Stack>
      <Title order={1} size="h2">Обзор: {year.title} учебный год</Title>
      <OwnLists />
      <SimpleGrid cols={{ base: 1, md: 2 }}>
        {methodologies.data.filter((one) => one.lists || one.official_list).map((one) => (
          <ListCard key={one.id} methodology={one.id} title={one.title} year={year.year} />
        ))}
      </SimpleGrid>
      <Card withBorder>
        <Title order={2} size="h4" mb="sm">Результаты территории</Title>
        <TerritoryYears territory="" />
      </Card>
    </Stack>
  );
}
