import { Alert, Button, Code, Group, Menu, Modal, Stack, Table, Text, Title } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { act, Problem, read, readVersion } from '../api/client';
import type { Territory, User, UserForm as Form } from '../api/types';
import { useTerritories } from '../parts/choices';
import { SaveMenu } from '../parts/DataTable';
import { Scrolled } from '../parts/Scrolled';
import { Failure, Waiting } from '../parts/states';
import { UserForm } from '../parts/UserForm';

const nobody: Form = { login: '', name: '', role: 'methodologist', territory: '', school: '', assigned: [], active: true };

/** What is being edited: a new account, or one of a version that was read. */
interface Editing {
  form: Form;
  id?: string;
  version?: string;
}

const formOf = (user: User): Form => ({
  login: user.login, name: user.name, role: user.role, territory: user.territory, school: user.school, assigned: user.assigned, active: user.active,
});

/** «school1, school2» of a curator, the school, the territory. */
function placeOf(user: User, territories: Territory[]): string {
  if (user.assigned.length > 0) return user.assigned.join(', ');
  if (user.school) return user.school;
  return territories.find((one) => one.id === user.territory)?.name || user.territory || 'все территории';
}

const stateOf = (user: User) => (!user.active ? 'закрыта' : user.can_enter ? (user.second_step ? 'действует, с кодом' : 'действует') : 'ждёт первого входа');

export default function UsersPage() {
  const queries = useQueryClient();
  const territories = useTerritories();
  const users = useQuery({ queryKey: ['users'], queryFn: async () => (await read('/users', {})).users });
  const [editing, setEditing] = useState<Editing | null>(null);
  const [link, setLink] = useState<{ name: string; address: string } | null>(null);
  const refresh = () => queries.invalidateQueries({ queryKey: ['users'] });

  const give = useMutation({
    mutationFn: async (user: User) => {
      const given = await act('post', '/users/{user}/tickets', { path: { user: user.id } });
      setLink({ name: user.name, address: `${location.origin}/ticket/${given.ticket}` });
    },
  });
  const open = useMutation({
    mutationFn: async (user: User) => {
      const { value, version } = await readVersion('/users/{user}', { path: { user: user.id } });
      save.reset();
      setEditing({ form: formOf(value), id: value.id, version });
    },
  });
  const save = useMutation({
    mutationFn: async ({ form, id, version }: Editing) => {
      const body = { ...form, assigned: (form.assigned ?? []).map((one) => one.trim()).filter(Boolean) };
      if (!id) return act('post', '/users', { body });
      return act('put', '/users/{user}', { path: { user: id }, body, ifMatch: version! });
    },
    onSuccess: async (user, { id }) => {
      setEditing(null);
      await refresh();
      if (!id) give.mutate(user);
    },
  });
  const resetCode = useMutation({
    mutationFn: (user: User) => act('delete', '/users/{user}/second-step', { path: { user: user.id } }),
    onSuccess: refresh,
  });

  if (users.error) return <Failure error={users.error} />;
  if (!users.data || !territories.data) return <Waiting />;
  const trouble = give.error ?? open.error ?? resetCode.error;
  const late = save.error instanceof Problem && save.error.code === 'version_conflict';
  return (
    <Stack>
      <Group justify="space-between">
        <Title order={1} size="h2">Учётные записи</Title>
        <Group gap="xs">
          <SaveMenu path="/users" fields={{}} />
          <Button onClick={() => { save.reset(); setEditing({ form: nobody }); }}>Завести</Button>
        </Group>
      </Group>
      {trouble && <Failure error={trouble} />}
      {link && (
        <Alert title={`Одноразовая ссылка: ${link.name}`} withCloseButton closeButtonLabel="Убрать" onClose={() => setLink(null)}>
          Передайте её лично. Действует три дня и один раз. <Code block>{link.address}</Code>
        </Alert>
      )}
      <Scrolled minWidth={720} label="Учётные записи">
        <Table striped>
          <Table.Thead>
            <Table.Tr><Table.Th>Имя</Table.Th><Table.Th>Вход</Table.Th><Table.Th>Роль</Table.Th><Table.Th>Где</Table.Th><Table.Th>Состояние</Table.Th><Table.Th><span className="mantine-visually-hidden">Действия</span></Table.Th></Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {users.data.map((one) => (
              <Table.Tr key={one.id}>
                <Table.Td>{one.name}</Table.Td>
                <Table.Td>{one.login}</Table.Td>
                <Table.Td>{one.role_title}</Table.Td>
                <Table.Td><Text size="sm" lineClamp={2}>{placeOf(one, territories.data.territories)}</Text></Table.Td>
                <Table.Td>{stateOf(one)}</Table.Td>
                <Table.Td>
                  <Group gap="xs" wrap="nowrap" justify="flex-end">
                    <Button size="xs" variant="default" onClick={() => open.mutate(one)}>Изменить</Button>
                    <Menu position="bottom-end">
                      <Menu.Target><Button size="xs" variant="default" aria-label={`Ещё: ${one.login}`}>Ещё</Button></Menu.Target>
                      <Menu.Dropdown>
                        <Menu.Item onClick={() => give.mutate(one)}>Новая ссылка для пароля</Menu.Item>
                        {one.second_step && <Menu.Item onClick={() => resetCode.mutate(one)}>Отключить вход с кодом</Menu.Item>}
                      </Menu.Dropdown>
                    </Menu>
                  </Group>
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Scrolled>
      <Modal opened={editing !== null} onClose={() => setEditing(null)} title={editing?.id ? 'Учётная запись' : 'Новая учётная запись'} closeButtonProps={{ 'aria-label': 'Закрыть' }} attributes={{ header: { role: 'presentation' } }}>
        {editing && (
          <>
            {late && <Button mb="md" variant="default" onClick={() => { const user = users.data.find((one) => one.id === editing.id); if (user) open.mutate(user); }}>Открыть заново</Button>}
            <UserForm form={editing.form} territories={territories.data.territories} existing={!!editing.id} busy={save.isPending} error={save.error}
              button={editing.id ? 'Сохранить' : 'Завести и получить ссылку'}
              onChange={(form) => setEditing({ ...editing, form })} onSubmit={() => save.mutate(editing)} />
          </>
        )}
      </Modal>
    </Stack>
  );
}
