import { Alert, Button, Center, Paper, PasswordInput, Stack, TextInput, Title } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { act, Problem } from '../api/client';
import { useSessionChange } from '../app/session';

export function LoginPage() {
  const changed = useSessionChange();
  const [login, setLogin] = useState('');
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
    <Center component="main" mih="100vh" p="md">
      <Paper withBorder p="xl" w="100%" maw={380}>
        <form onSubmit={enter}>
          <Stack>
            <Title order={1} size="h2">Опора</Title>
            {refusal && <Alert color="red" role="alert" title={refusal.title}>{refusal.detail}</Alert>}
            <TextInput label="Имя для входа" value={login} onChange={(e) => setLogin(e.currentTarget.value)} autoComplete="username" required autoFocus />
            <PasswordInput label="Пароль" value={password} onChange={(e) => setPassword(e.currentTarget.value)} autoComplete="current-password" required />
            {needsCode && <TextInput label="Код" description="Из приложения на телефоне или резервный" value={code} onChange={(e) => setCode(e.currentTarget.value)} autoComplete="one-time-code" required autoFocus />}
            <Button type="submit" loading={busy}>Войти</Button>
          </Stack>
        </form>
      </Paper>
    </Center>
  );
}
