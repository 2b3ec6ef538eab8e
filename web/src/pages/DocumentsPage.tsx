import { Anchor, Card, Group, List, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { Link } from 'react-router-dom';
import { fileAddress } from '../api/client';
import type { ListHead } from '../api/types';
import { may, usePerson } from '../app/session';
import { day } from '../format';
import { useMethodologyTitle } from '../parts/choices';
import { useList, useLists } from '../parts/lists';
import { Empty, Failure, Waiting } from '../parts/states';

/** Letters to the schools that a list tells. */
function Letters({ id }: { id: string }) {
  const { data: list, error } = useList(id);
  if (error) return <Failure error={error} />;
  if (!list) return <Waiting />;
  const told = list.schools.filter((one) => one.told);
  if (told.length === 0) return <Text size="sm" c="dimmed">Уведомлять некого.</Text>;
  return (
    <List size="sm">
      {told.map((one) => (
        <List.Item key={one.school + (one.teacher ?? '')}>
          <Anchor size="sm" download href={fileAddress('/lists/{list}/schools/{school}/letter', { path: { list: id, school: one.school }, query: { teacher: one.teacher } })}>
            {one.school_name}{one.teacher && `, педагог ${one.teacher}`}
          </Anchor>
        </List.Item>
      ))}
    </List>
  );
}

function Papers({ list, whole }: { list: ListHead; whole: boolean }) {
  const [opened, setOpened] = useState(!whole);
  const titleOf = useMethodologyTitle();
  return (
    <Card withBorder>
      <Stack gap="xs">
        <Title order={2} size="h5"><Anchor component={Link} inherit to={`/lists/${list.id}`}>Перечень № {list.id}, {list.year_title}</Anchor></Title>
        <Text size="sm">{list.stage_title}; методика «{titleOf(list.methodology)}» ({list.methodology}); {list.territory_name || 'все территории'}; составлен {day(list.made)}</Text>
        {whole && (
          <Group>
            <Anchor download href={fileAddress('/lists/{list}/order', { path: { list: list.id } })}>{list.order_number ? `Приказ № ${list.order_number} от ${day(list.order_date ?? '')} (Word)` : 'Проект приказа (Word)'}</Anchor>
            <Anchor download href={fileAddress('/lists/{list}/workbook', { path: { list: list.id } })}>Перечень (Excel)</Anchor>
          </Group>
        )}
        <details open={opened} onToggle={(event) => setOpened(event.currentTarget.open)}>
          <summary>Уведомления школам</summary>
          {opened && <Letters id={list.id} />}
        </details>
      </Stack>
    </Card>
  );
}

/** Orders, workbooks and letters of all lists. */
export default function DocumentsPage() {
  const person = usePerson();
  const lists = useLists();
  if (lists.error) return <Failure error={lists.error} />;
  if (!lists.data) return <Waiting />;
  const shown = lists.data.filter((one) => one.stage !== 'discarded');
  return (
    <Stack>
      <Title order={1} size="h2">Документы</Title>
      {shown.length === 0 && <Empty>Документов ещё нет: они появляются вместе с перечнем.</Empty>}
      {shown.map((one) => <Papers key={one.id} list={one} whole={may(person, 'read_lists')} />)}
    </Stack>
  );
}
