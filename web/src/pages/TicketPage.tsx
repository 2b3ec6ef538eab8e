import { Alert, Button, Center, Paper, PasswordInput, Stack, Text, TextInput, Title } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useNavigate, useParams } from 'react-router-dom';
import { act, Problem } from '../api/client';
import { useSessionChange } from '../app/session';

/** A link that works once: the person chooses a password and is in. */
export function TicketPage() {
  const { ticket = '' } = useParams();
  const changed = useSessionChange();
  const navigate = useNavigate();
  const [password, setPassword] = useState('');
  const [again, setAgain] = useState('');
  const [code, setCode] = useState('');
  const [needsCode, setNeedsCode] = useState(false);
  const [refusal, setRefusal] = useState<Problem | null>(null);
  const differs = again !== '' && again !== password;

  async function accept(event: FormEvent) {
    event.preventDefault();
    if (again !== password) return;
    try {
      const person = await act('post', '/tickets', { body: { ticket, password, ...(needsCode ? { code: code.trim() } : {}) } });
      changed(person);
      navigate('/');
    } catch (problem) {
      const refused = problem as Problem;
      if (refused.code === 'second_step_needed') setNeedsCode(true);
      setRefusal(refused);
    }
  }

  return (
    <Center component="main" mih="100vh" p="md">
      <Paper withBorder p="xl" w="100%" maw={420}>
        <form onSubmit={accept}>
          <Stack>
            <Title order={1} size="h3">Задайте пароль</Title>
            <Text size="sm">Не меньше 10 знаков. Удобнее всего несколько слов, которые помните только вы.</Text>
            {refusal && <Alert color="red" role="alert" title={refusal.title}>{refusal.detail}</Alert>}
            <PasswordInput label="Пароль" value={password} onChange={(e) => setPassword(e.currentTarget.value)} autoComplete="new-password" required autoFocus />
            <PasswordInput label="Ещё раз" value={again} onChange={(e) => setAgain(e.currentTarget.value)} autoComplete="new-password" required error={differs && 'Пароли не совпадают'} />
            {needsCode && <TextInput label="Код" description="Из приложения на телефоне или резервный" value={code} onChange={(e) => setCode(e.currentTarget.value)} autoComplete="one-time-code" required />}
            <Button type="submit" disabled={differs}>Сохранить и войти</Button>
          </Stack>
        </form>
      </Paper>
    </Center>
  );
}
