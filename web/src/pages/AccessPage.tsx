import { List, Stack, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { read } from '../api/client';
import { Failure, Waiting } from '../parts/states';

export default function AccessPage() {
  const { data, error } = useQuery({ queryKey: ['access'], queryFn: () => read('/access', {}) });
  if (error) return <Failure error={error} />;
  if (!data) return <Waiting />;
  return (
    <Stack maw={800}>
      <Title order={1} size="h2">Что мне видно и почему</Title>
      <List spacing={6}>{data.sentences.map((one) => <List.Item key={one}>{one}</List.Item>)}</List>
    </Stack>
  );
}
