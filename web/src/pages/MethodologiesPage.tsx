import { Anchor, Badge, Card, Stack, Text, Title } from '@mantine/core';
import { Link } from 'react-router-dom';
import { useMethodologies } from '../parts/choices';
import { Failure, Waiting } from '../parts/states';

export default function MethodologiesPage() {
  const { data, error } = useMethodologies();
  if (error) return <Failure error={error} />;
  if (!data) return <Waiting />;
  return (
    <Stack maw={900}>
      <Title order={1} size="h2">Методики</Title>
      {data.map((one) => (
        <Card key={one.id} withBorder>
          <Anchor component={Link} to={`/methodologies/${one.id}`} fw={600}>{one.title}</Anchor>{one.own && <Badge ml="xs" variant="light" color="gray" tt="none" c="var(--mantine-color-text)">своя</Badge>}
          <Text size="sm">{one.issuer}</Text>
          <Text size="sm" c="dimmed">{one.id}, версия {one.version}{one.official_list ? '; перечень приходит извне' : !one.lists ? '; перечня не составляет, только отметки' : ''}</Text>
        </Card>
      ))}
    </Stack>
  );
}
