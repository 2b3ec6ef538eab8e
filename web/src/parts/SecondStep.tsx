import { Alert, Button, Code, Group, SimpleGrid, Stack, Text, TextInput, Title } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useState, type FormEvent } from 'react';
import { act, read } from '../api/client';
import { Failure, Waiting } from './states';

const QrCode = lazy(() => import('./QrCode'));

/** Coming in with a code: setting it up, recovery codes, switching it off. */
export function SecondStep() {
  const queries = useQueryClient();
  const state = useQuery({ queryKey: ['second-step'], queryFn: () => read('/second-step', {}) });
  const refresh = () => queries.invalidateQueries({ queryKey: ['second-step'] });
  const begin = useMutation({ mutationFn: () => act('post', '/second-step', {}) });
  const confirm = useMutation({
    mutationFn: (code: string) => act('put', '/second-step', { body: { code } }),
    onSuccess: () => { begin.reset(); void refresh(); },
  });
  const end = useMutation({ mutationFn: (code: string) => act('post', '/second-step/removal', { body: { code } }), onSuccess: () => { confirm.reset(); void refresh(); } });

  if (state.error) return <Failure error={state.error} />;
  if (!state.data) return <Waiting />;
  return (
    <Stack gap="sm">
      <Title order={2} size="h3">Вход с кодом</Title>
      {confirm.data && <RecoveryCodes codes={confirm.data.recovery_codes} />}
      {state.data.active ? (
        <>
          <Text>Включён: кроме пароля при входе нужен код из приложения на телефоне.</Text>
          <CodeForm label="Код из приложения или резервный код" button="Отключить вход с кодом" color="red" busy={end.isPending} error={end.error} onCode={end.mutate} />
        </>
      ) : begin.data ? (
        <>
          <Text>1. Откройте на телефоне приложение для кодов и снимите им этот рисунок. Нет камеры? Введите ключ вручную.</Text>
          <Suspense fallback={<Waiting />}><QrCode text={begin.data.address} title="QR-код с ключом для приложения" /></Suspense>
          <Code block>{begin.data.secret.match(/.{1,4}/g)!.join(' ')}</Code>
          <Text>2. Введите код, который показало приложение.</Text>
          <CodeForm label="Код из приложения" button="Включить" busy={confirm.isPending} error={confirm.error} onCode={confirm.mutate} />
        </>
      ) : (
        <>
          <Text>Выключен. С ним одного пароля для входа мало: нужен ещё код, который меняется каждые полминуты.</Text>
          {begin.error && <Failure error={begin.error} />}
          <Group><Button loading={begin.isPending} onClick={() => begin.mutate()}>Настроить</Button></Group>
        </>
      )}
    </Stack>
  );
}

function RecoveryCodes({ codes }: { codes: string[] }) {
  return (
    <Alert title="Сохраните резервные коды: больше они не появятся" role="status">
      <Text size="sm" mb="xs">Если телефона не окажется под рукой, каждый код один раз заменит код из приложения.</Text>
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing={4} maw={420}>
        {codes.map((one) => <Code key={one}>{one}</Code>)}
      </SimpleGrid>
    </Alert>
  );
}

function CodeForm({ label, button, color, busy, error, onCode }: { label: string; button: string; color?: string; busy: boolean; error: unknown; onCode: (code: string) => void }) {
  const [code, setCode] = useState('');
  function submit(event: FormEvent) {
    event.preventDefault();
    onCode(code.trim());
  }
  return (
    <form onSubmit={submit}>
      {error !== null && <Failure error={error} />}
      <Group align="end">
        <TextInput label={label} required autoComplete="one-time-code" value={code} onChange={(event) => setCode(event.currentTarget.value)} />
        <Button type="submit" loading={busy} {...(color ? { color } : {})}>{button}</Button>
      </Group>
    </form>
  );
}
