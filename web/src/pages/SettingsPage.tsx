import { Anchor, Button, Group, Modal, Stack, Text, Title } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router-dom';
import { act, read } from '../api/client';
import { Failure, Waiting } from '../parts/states';

/** What the administrator switches on and off. */
export default function SettingsPage() {
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
    <Stack maw={800}>
      <Title order={1} size="h2">Настройки</Title>
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
