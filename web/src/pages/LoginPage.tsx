import { Alert, Button, Center, Paper, PasswordInput, Stack, Text, TextInput, Title } from '@mantine/core';
import { useState, type FormEvent, type ReactNode } from 'react';
import { act, Problem } from '../api/client';
import { useSessionChange } from '../app/session';
import { TopDialog } from '../parts/TopDialog';

/** Coming in again where the session ended: the page waits beneath as it was. */
export function LoginAgain({ login }: { login: string }) {
  return (
    <TopDialog label="login-again" hiding>
      <LoginForm known={login}>
        <Title order={1} size="h2" id="login-again">Сеанс закончился</Title>
        <Text>Войдите снова, чтобы продолжить с того же места: введённое на странице сохранилось.</Text>
      </LoginForm>
    </TopDialog>
  );
}

export function LoginPage() {
  return (
    <Center component="main" mih="100vh" p="md">
      <Paper withBorder p="xl" w="100%" maw={380}>
        <LoginForm><Title order={1} size="h2">Опора</Title></LoginForm>
      </Paper>
    </Center>
  );
}

function LoginForm({ known = '', children }: { known?: string; children: ReactNode }) {
  const changed = useSessionChange();
  const [login, setLogin] = useState(known);
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const [needsCode, setNeedsCode] = useState(false);
  const [refusal, setRefusal] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);

  async function enter(event: FormEvent) {
    event.preventDefault();
    setBusy(true);
    try {
      const person = await act('post', '/session', { body: { login: login.trim().toLowerCase(), password, ...(needsCode ? { code: code.trim() } : {}) } });
      changed(person);
    } catch (problem) {
      const refused = problem as Problem;
      const asksForCode = refused.code === 'second_step_needed';
      if (asksForCode) setNeedsCode(true);
      setRefusal(asksForCode ? null : refused);
      setBusy(false);
    }
  }

  return (
    <form onSubmit={enter}>
      <Stack>
        {children}
        {refusal && <Alert color="red" role="alert" title={refusal.title}>{refusal.detail}</Alert>}
        <TextInput label="Имя для входа" value={login} onChange={(e) => setLogin(e.currentTarget.value)} autoComplete="username" required autoFocus={known === ''} />
        <PasswordInput label="Пароль" value={password} onChange={(e) => setPassword(e.currentTarget.value)} autoComplete="current-password" required data-autofocus={known !== '' || undefined} />
        {needsCode && <TextInput label="Код" description="Из приложения на телефоне или резервный" value={code} onChange={(e) => setCode(e.currentTarget.value)} autoComplete="one-time-code" required autoFocus />}
        <Button type="submit" loading={busy}>Войти</Button>
      </Stack>
    </form>
  );
}
