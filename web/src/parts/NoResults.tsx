import { Alert, Anchor, Group, List, Stack, Text, Title } from '@mantine/core';
import { Link } from 'react-router-dom';
import { may, usePerson } from '../app/session';

/** A page of results in a district that has none yet: what to do, and where. */
export function NoResults({ title, bare = false }: { title: string; bare?: boolean }) {
  const loads = may(usePerson(), 'import_data');
  return (
    <Stack maw={900}>
      {!bare && <Title order={1} size="h2">{title}</Title>}
      <Alert variant="light" title="Результатов ещё нет">
        {loads ? (
          <Stack gap="xs">
            <Text size="sm">Страница заполнится, когда данные будут загружены:</Text>
            <List size="sm" type="ordered">
              <List.Item>возьмите шаблоны файлов или сравните с ними свои файлы;</List.Item>
              <List.Item>загрузите реестр школ, потом протоколы или сводные формы результатов;</List.Item>
              <List.Item>для учёта условий загрузите социальные паспорта школ.</List.Item>
            </List>
            <Group gap="lg">
              <Anchor component={Link} underline="always" to="/data">Загрузить данные</Anchor>
              <Anchor component={Link} underline="always" to="/data?tab=templates">Шаблоны файлов</Anchor>
            </Group>
          </Stack>
        ) : <Text size="sm">Данные загружает орган управления образованием. Когда они появятся, страница заполнится.</Text>}
      </Alert>
    </Stack>
  );
}
