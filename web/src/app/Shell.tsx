import { AppShell, Burger, Button, Group, NavLink, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { Link, Outlet, useLocation } from 'react-router-dom';
import { useQuery } from '@tanstack/react-query';
import { read } from '../api/client';
import type { Permission } from '../api/types';
import { may, useLeave, usePerson } from './session';

const sections: { path: string; title: string; permission: Permission | null }[] = [
  { path: '/', title: 'Обзор', permission: null },
  { path: '/identification', title: 'Выявление', permission: 'read_schools' },
  { path: '/lists', title: 'Перечни', permission: 'read_schools' },
  { path: '/schools', title: 'Школы', permission: 'read_schools' },
  { path: '/typology', title: 'Типология', permission: 'read_schools' },
  { path: '/pairs', title: 'Пары', permission: 'read_schools' },
  { path: '/objectivity', title: 'Объективность', permission: 'read_schools' },
  { path: '/rating', title: 'Рейтинг', permission: 'read_schools' },
  { path: '/methodologies', title: 'Методики', permission: 'read_methodologies' },
  { path: '/documents', title: 'Документы', permission: 'read_schools' },
  { path: '/data', title: 'Данные', permission: 'import_data' },
  { path: '/users', title: 'Учётные записи', permission: 'manage_users' },
  { path: '/settings', title: 'Настройки', permission: 'manage_users' },
  { path: '/journal', title: 'Журнал действий', permission: 'read_journal' },
  { path: '/account', title: 'Моя учётная запись', permission: null },
  { path: '/access', title: 'Что мне видно', permission: null },
];

/** The frame of every page after login. */
export function Shell() {
  const person = usePerson();
  const leave = useLeave();
  const { pathname } = useLocation();
  const [opened, menu] = useDisclosure();
  const rating = useQuery({
    queryKey: ['rating'],
    queryFn: () => read('/rating', {}),
    enabled: may(person, 'read_schools'),
    staleTime: Infinity,
  });

  return (
    <AppShell header={{ height: 56 }} navbar={{ width: 220, breakpoint: 'sm', collapsed: { mobile: !opened } }} padding="md">
      <a className="skip-link" href="#content">К содержанию</a>
      <AppShell.Header>
        <Group h="100%" px="md" justify="space-between" wrap="nowrap">
          <Group gap="sm" wrap="nowrap">
            <Burger opened={opened} onClick={menu.toggle} hiddenFrom="sm" size="sm" aria-label="Разделы" />
            <Text fw={600} size="lg">Опора</Text>
          </Group>
          <Group gap="sm" wrap="nowrap">
            <Text size="sm" visibleFrom="xs" lineClamp={1}>{person.name} · {person.role_title}</Text>
            <Button variant="default" size="xs" onClick={leave}>Выйти</Button>
          </Group>
        </Group>
      </AppShell.Header>
      <AppShell.Navbar p="xs" aria-label="Разделы">
        {sections
          .filter((section) => section.path !== '/rating' || rating.data?.enabled)
          .filter((section) => section.permission === null || may(person, section.permission))
          .map((section) => (
            <NavLink
              key={section.path}
              component={Link}
              to={section.path}
              label={section.title}
              active={section.path === '/' ? pathname === '/' : pathname.startsWith(section.path)}
              onClick={menu.close}
            />
          ))}
      </AppShell.Navbar>
      <AppShell.Main id="content" tabIndex={-1}>
        <Outlet />
      </AppShell.Main>
    </AppShell>
  );
}
