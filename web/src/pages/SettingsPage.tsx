import { Anchor, Button, Group, Modal, Stack, Text, Textarea, Title } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { Link } from 'react-router-dom';
import { act, read } from '../api/client';
import { Failure, Waiting } from '../parts/states';
import { useDraft } from '../parts/useDraft';

/** What the administrator switches on and off. */
export default function SettingsPage() {
  return (
    <Stack maw={800} gap="xl">
      <Title order={1} size="h2">Настройки</Title>
      <PublicPageSetting />
      <RatingSetting />
    </Stack>
  );
}

/** Ratings of schools: off until somebody says why they are needed. */
function RatingSetting() {
  const queries = useQueryClient();
  const [asking, setAsking] = useState(false);
  const [reason, setReason, forget] = useDraft('rating.reason');
  const state = useQuery({ queryKey: ['settings', 'rating'], queryFn: async () => (await read('/settings/rating', {})).enabled });
  const change = useMutation({
    mutationFn: (enabled: boolean) => act('put', '/settings/rating', { body: { enabled, reason: reason.trim() } }),
    onSuccess: async () => {
      setAsking(false);
      forget();
      await queries.invalidateQueries({ predicate: ({ queryKey }) => ['settings', 'rating'].includes(String(queryKey[0])) });
    },
  });
  if (state.error) return <Failure error={state.error} />;
  if (state.data === undefined) return <Waiting />;
  const wanted = !state.data;
  function submit(event: FormEvent) {
    event.preventDefault();
    change.mutate(wanted);
  }
  return (
    <Stack gap="sm">
      <Title order={2} size="h3">Рейтинг школ</Title>
      <Text>
        Места почти всех школ неразличимы в пределах погрешности, а результаты ВПР не предназначены для сравнения школ между собой. Рейтинг с
        границами мест нужен только для внутренней работы.
      </Text>
      <Text>Сейчас рейтинг <b>{state.data ? 'включён' : 'выключен'}</b>.</Text>
      <Group><Button variant="default" onClick={() => setAsking(true)}>{state.data ? 'Выключить рейтинг' : 'Включить рейтинг'}</Button></Group>
      <Modal opened={asking} onClose={() => setAsking(false)} title={state.data ? 'Выключить рейтинг?' : 'Включить рейтинг?'} closeButtonProps={{ 'aria-label': 'Закрыть' }} attributes={{ header: { role: 'presentation' } }}>
        <form onSubmit={submit}>
          <Stack>
            {change.error && <Failure error={change.error} />}
            <Textarea label="Почему" description="Основание, остаётся в журнале" required autosize minRows={2} maxLength={300} value={reason} onChange={(event) => setReason(event.currentTarget.value)} />
            <Group justify="flex-end">
              <Button variant="default" onClick={() => setAsking(false)}>Отмена</Button>
              <Button type="submit" loading={change.isPending} disabled={reason.trim() === ''}>{state.data ? 'Выключить' : 'Включить'}</Button>
            </Group>
          </Stack>
        </form>
      </Modal>
    </Stack>
  );
}

function PublicPageSetting() {
  const queries = useQueryClient();
  const [asking, setAsking] = useState(false);
  const state = useQuery({ queryKey: ['public', 'state'], queryFn: async () => (await read('/public', { query: {} })).enabled });
  const change = useMutation({
    mutationFn: (enabled: boolean) => act('put', '/public', { body: { enabled } }),
    onSuccess: async () => {
      setAsking(false);
      await queries.invalidateQueries({ queryKey: ['public'] });
    },
  });
  if (state.error) return <Failure error={state.error} />;
  if (state.data === undefined) return <Waiting />;
  return (
    <Stack gap="sm">
      {change.error && <Failure error={change.error} />}
      <Title order={2} size="h3">Публичная страница</Title>
      <Text>
        Показывает без входа, сколько учеников каждой территории получили какую отметку. Школ, классов и имён на ней нет; числа, из
        которых можно вычислить группу меньше 5 учеников, скрыты.
      </Text>
      <Text>Сейчас страница <b>{state.data ? 'открыта' : 'закрыта'}</b>. {state.data && <Anchor component={Link} to="/public">Посмотреть</Anchor>}</Text>
      <Group>
        {state.data
          ? <Button variant="default" loading={change.isPending} onClick={() => change.mutate(false)}>Закрыть страницу</Button>
          : <Button onClick={() => setAsking(true)}>Открыть страницу</Button>}
      </Group>
      <Modal opened={asking} onClose={() => setAsking(false)} title="Открыть страницу для всех?" closeButtonProps={{ 'aria-label': 'Закрыть' }} attributes={{ header: { role: 'presentation' } }}>
        <Stack>
          <Text>Её увидит каждый, кто знает адрес сервера.</Text>
          <Group justify="flex-end">
            <Button variant="default" onClick={() => setAsking(false)}>Отмена</Button>
            <Button loading={change.isPending} onClick={() => change.mutate(true)}>Открыть</Button>
          </Group>
        </Stack>
      </Modal>
    </Stack>
  );
}
