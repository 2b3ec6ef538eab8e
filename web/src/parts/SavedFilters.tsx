import { ActionIcon, Button, Group, Menu, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useDisclosure, useLocalStorage } from '@mantine/hooks';
import { useState, type FormEvent } from 'react';
import { useLocation, useNavigate } from 'react-router-dom';
import { usePerson } from '../app/session';

interface Saved {
  name: string;
  search: string;
}

/** Filters of a page under names of the person's own; kept in this browser. */
export function SavedFilters() {
  const person = usePerson();
  const { pathname, search } = useLocation();
  const navigate = useNavigate();
  const [all, setAll] = useLocalStorage<Saved[]>({ key: `filters:${person.login}:${pathname}`, defaultValue: [] });
  const [naming, form] = useDisclosure();
  const [name, setName] = useState('');

  function keep(event: FormEvent) {
    event.preventDefault();
    setAll([...all.filter((one) => one.name !== name.trim()), { name: name.trim(), search }]);
    setName('');
    form.close();
  }

  return (
    <>
      <Menu position="bottom-start" width={300}>
        <Menu.Target><Button variant="default" className="no-print">Мои отборы</Button></Menu.Target>
        <Menu.Dropdown>
          {all.length === 0 && <Menu.Label>Сохранённых отборов нет</Menu.Label>}
          {all.map((one) => <Menu.Item key={one.name} onClick={() => navigate(pathname + one.search)}>{one.name}</Menu.Item>)}
          <Menu.Divider />
          <Menu.Item onClick={form.open}>Сохранить этот отбор…</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Modal opened={naming} onClose={form.close} title="Сохранить отбор" closeButtonProps={{ 'aria-label': 'Закрыть' }} attributes={{ header: { role: 'presentation' } }}>
        <form onSubmit={keep}>
          <Stack>
            <Text size="sm">Отбор и порядок строк сохраняются в этом браузере под вашим именем.</Text>
            <TextInput label="Название" required maxLength={60} value={name} onChange={(event) => setName(event.currentTarget.value)} data-autofocus />
            <Button type="submit" disabled={name.trim() === ''}>Сохранить</Button>
            {all.length > 0 && <Text size="sm" fw={600}>Сохранены</Text>}
            {all.map((one) => (
              <Group key={one.name} justify="space-between" wrap="nowrap">
                <Text size="sm">{one.name}</Text>
                <ActionIcon variant="default" aria-label={`Убрать отбор «${one.name}»`} onClick={() => setAll(all.filter((other) => other !== one))}>✕</ActionIcon>
              </Group>
            ))}
          </Stack>
        </form>
      </Modal>
    </>
  );
}
