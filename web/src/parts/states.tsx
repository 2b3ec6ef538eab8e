import { Alert, Center, Loader, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { Problem } from '../api/client';
import { sentence } from '../format';

export function Waiting() {
  return (
    <Center mih={200}>
      <Loader role="status" aria-label="Загрузка" />
    </Center>
  );
}

const place = /^столбец «[a-z_]+»: /;

/** What a refusal says, each thing once: its detail is usually the first of its errors. */
function messagesOf(problem: Problem): string[] {
  const all = [problem.detail, ...problem.errors.map((one) => one.message)].map((one) => one.replace(place, '')).filter((one) => one && one !== problem.title);
  return all.filter((one, i) => all.findIndex((other) => other.includes(one)) === i).map((one) => (/^\S+\.\w+[,:]/.test(one) ? one : sentence(one)));
}

/** What went wrong, in the server's own words, and what to do. */
export function Failure({ error }: { error: unknown }) {
  const problem = error instanceof Problem ? error : null;
  const [first, ...rest] = problem ? messagesOf(problem) : [];
  return (
    <Alert color="red" variant="light" title={problem?.title ?? 'Страница не открылась'} role="alert" my="md">
      {first ?? (problem?.status !== 0 && 'Обновите страницу. Если не поможет, обратитесь к администратору.')}
      {rest.map((one) => <Text key={one} size="sm">{one}</Text>)}
    </Alert>
  );
}

export function Empty({ children }: { children: ReactNode }) {
  return <Text c="dimmed" py="xl" ta="center">{children}</Text>;
}
