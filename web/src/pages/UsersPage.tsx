import { Alert, Button, Code, Group, Modal, Select, Stack, Switch, Table, TextInput, Title } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { act, read } from '../api/client';
import type { Role, User, UserForm } from '../api/types';
import { useTerritories } from '../parts/choices';
import { SaveMenu } from '../parts/DataTable';
import { Failure, Waiting } from '../parts/states';

const roles = [
  ['municipal_coordinator', 'Муниципальный координатор'],
  ['regional_coordinator', 'Региональный координатор'],
  ['federal_coordinator', 'Федеральный координатор'],
  ['methodologist', 'Методист'],
  ['school_head', 'Руководитель школы'],
  ['deputy_head', 'Заместитель руководителя'],
  ['teacher', 'Педагог'],
  ['curator', 'Куратор'],
  ['auditor', 'Наблюдатель'],
  ['administrator', 'Администратор'],
].map(([value, label]) => ({ value: value!, label: label! }));

const nobody: UserForm = { login: '', name: '', role: 'methodologist', territory: '', school: '', assigned: [], active: true };

export default function UsersPage() {
  const queries = useQueryClient();
  const territories = useTerritories();
  const users = useQuery({ queryKey: ['users'], queryFn: async () => (await read('/users', {})).users });
  const [form, setForm] = useState<UserForm | null>(null);
  const [link, setLink] = useState<{ name: string; address: string } | null>(null);

  const give = useMutation({
    mutationFn: async (user: User) => {
      const given = await act('post', '/users/{user}/tickets', { path: { user: user.id } });
      setLink({ name: user.name, address: `${location.origin}/ticket/${given.ticket}` });
    },
  });
  const add = useMutation({
    mutationFn: (user: UserForm) => act('post', '/users', { body: user }),
    onSuccess: async (user) => {
      setForm(null);
      await queries.invalidateQueries({ queryKey: ['users'] });
      if (user) give.mutate(user);
    },
  });

  function submit(event: FormEvent) {
    event.preventDefault();
    if (form) add.mutate(form);
  }

  if (users.error) return <Failure error={users.error} />;
  if (!users.data || !territories.data) return <Waiting />;
  const ofSchool = form && ['school_head', 'deputy_head', 'teacher'].includes(form.role);
  return (
    <Stack>
      <Group justify="space-between">
        <Title order={1} size="h2">Учётные записи</Title>
        <Group gap="xs">
          <SaveMenu path="/users" fields={{}} />
          <Button onClick={() => setForm(nobody)}>Завести</Button>
        </Group>
      </Group>
      {give.error && <Failure error={give.error} />}
      {link && (
        <Alert title={`Одноразовая ссылка: ${link.name}`} withCloseButton closeButtonLabel="Убрать" onClose={() => setLink(null)}>
          Передайте её лично. Действует три дня и один раз. <Code block>{link.address}</Code>
        </Alert>
      )}
      <Table.ScrollContainer minWidth={640}>
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
                <Table.Td>{one.school || (territories.data.territories.find((t) => t.id === one.territory)?.name ?? one.territory) || 'все территории'}</Table.Td>
                <Table.Td>{!one.active ? 'закрыта' : one.can_enter ? 'действует' : 'ждёт первого входа'}</Table.Td>
                <Table.Td><Button size="xs" variant="default" onClick={() => give.mutate(one)}>Новая ссылка</Button></Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      <Modal opened={form !== null} onClose={() => setForm(null)} title="Новая учётная запись" closeButtonProps={{ 'aria-label': 'Закрыть' }} attributes={{ header: { role: 'presentation' } }}>
        {form && (
          <form onSubmit={submit}>
            <Stack>
              {add.error && <Failure error={add.error} />}
              <TextInput label="Фамилия, имя, отчество" required value={form.name} onChange={(e) => setForm({ ...form, name: e.currentTarget.value })} />
              <TextInput label="Имя для входа" description="Строчные латинские буквы и цифры" required value={form.login} onChange={(e) => setForm({ ...form, login: e.currentTarget.value })} />
              <Select label="Роль" data={roles} value={form.role} onChange={(value) => value && setForm({ ...form, role: value as Role })} allowDeselect={false} />
              {ofSchool ? (
                <SchoolChoice value={form.school} onChange={(school) => setForm({ ...form, school })} />
              ) : (
                <Select label="Территория" description="Пусто: все территории" clearable data={territories.data.territories.map((one) => ({ value: one.id, label: one.name }))} value={form.territory || null} onChange={(value) => setForm({ ...form, territory: value ?? '' })} />
              )}
              <Switch label="Запись действует" checked={form.active ?? true} onChange={(e) => setForm({ ...form, active: e.currentTarget.checked })} />
              <Button type="submit" loading={add.isPending}>Завести и получить ссылку</Button>
            </Stack>
          </form>
        )}
      </Modal>
    </Stack>
  );
}

function SchoolChoice({ value, onChange }: { value: string; onChange: (school: string) => void }) {
  const schools = useQuery({ queryKey: ['schools', ''], queryFn: async () => (await read('/schools', { query: {} })).schools, retry: false });
  if (!schools.data) return <TextInput label="Код школы" required value={value} onChange={(e) => onChange(e.currentTarget.value)} />;
  return <Select label="Школа" required searchable data={schools.data.map((one) => ({ value: one.id, label: one.name }))} value={value || null} onChange={(chosen) => onChange(chosen ?? '')} />;
}
