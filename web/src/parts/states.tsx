import { Alert, Center, Loader, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { Problem } from '../api/client';

export function Waiting() {
  return (
    <Center mih={200}>
      <Loader role="status" aria-label="Загрузка" />
    </Center>
  );
}

/** What went wrong, in the server's own words, and what to do. */
export function Failure({ error }: { error: unknown }) {
  const problem = error instanceof Problem ? error : null;
  return (
    <Alert color="red" variant="light" title={problem?.title ?? 'Страница не открылась'} role="alert" my="md">
      {problem?.detail || 'Обновите страницу. Если не поможет, обратитесь к администратору.'}
      {problem?.errors.filter((one) => one.message !== problem.title).map((one, i) => <Text key={i} size="sm">{one.message}</Text>)}
    </Alert>
  );
}

export function Empty({ children }: { children: ReactNode }) {
  return <Text c="dimmed" py="xl" ta="center">{children}</Text>;
}
