import { Button, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { heard } from '../api/client';
import { counted } from '../format';
import { TopDialog } from '../parts/TopDialog';
import { useLeave, usePerson, useSession } from './session';

const minute = 60_000;
const warning = 5 * minute;
/** The server notes a request once a minute, so that a session may end a minute earlier than its last request says. */
const blur = minute;
/** Somebody who types is at work, though nothing is asked of the server for a long time. */
const silence = 10 * minute;

/** Milliseconds that are left of the session, and whether a request prolongs it. */
function useTimeLeft() {
  const person = usePerson();
  const { since } = useSession();
  const queries = useQueryClient();
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const look = () => setNow(Date.now());
    const typed = () => {
      if (Date.now() - heard() > silence) void queries.refetchQueries({ queryKey: ['session'] });
    };
    const clock = setInterval(look, 5000);
    document.addEventListener('visibilitychange', look); // A computer that woke up.
    document.addEventListener('input', typed);
    return () => {
      clearInterval(clock);
      document.removeEventListener('visibilitychange', look);
      document.removeEventListener('input', typed);
    };
  }, [queries]);
  const idle = Math.max(since, heard()) + person.idle_seconds * 1000 - blur;
  const whole = since + (person.ends - person.last_seen) * 1000 - blur;
  const left = Math.min(idle, whole) - now;
  const over = left < -blur;
  useEffect(() => {
    if (over) void queries.refetchQueries({ queryKey: ['session'] }); // The server says whether it has ended.
  }, [over, queries]);
  return { left, renewable: idle < whole };
}

function timeOf(left: number) {
  const minutes = Math.floor(left / minute);
  return minutes < 1 ? 'Меньше чем через минуту' : `Через ${counted(minutes, 'минуту', 'минуты', 'минут')}`;
}

/** Tells some minutes before that the session ends; what was typed stays in any case. */
export function SessionWatch() {
  const { left, renewable } = useTimeLeft();
  const queries = useQueryClient();
  const leave = useLeave();
  const [understood, setUnderstood] = useState(false);
  if (left > warning) return null;
  const message = `${timeOf(left)} потребуется войти снова. Введённое на странице сохранится.`;
  if (renewable) {
    const renew = () => void queries.refetchQueries({ queryKey: ['session'] });
    return (
      <TopDialog label="end-of-session" onClose={renew}>
        <Stack>
          <Title order={2} size="h4" id="end-of-session">Сеанс скоро закончится</Title>
          <Text>Вы давно ничего не делали. {message}</Text>
          <Group>
            <Button onClick={renew}>Продолжить работу</Button>
            <Button variant="default" onClick={leave}>Выйти</Button>
          </Group>
        </Stack>
      </TopDialog>
    );
  }
  if (understood) return null;
  return (
    <Paper withBorder shadow="md" p="md" role="status" className="end-of-session no-print">
      <Stack gap="sm">
        <Text fw={600}>Сеанс скоро закончится</Text>
        <Text size="sm">Он не может длиться дольше. {message}</Text>
        <Group>
          <Button variant="default" onClick={() => setUnderstood(true)}>Понятно</Button>
          <Button variant="default" onClick={leave}>Выйти</Button>
        </Group>
      </Stack>
    </Paper>
  );
}
