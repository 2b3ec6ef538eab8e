import { Anchor, Breadcrumbs, Select, SimpleGrid, Stack, Table, Text, Title } from '@mantine/core';
import { Link, useParams } from 'react-router-dom';
import type { ListDossier } from '../api/types';
import { may, usePerson } from '../app/session';
import { counted, day, moment } from '../format';
import { useChoice, useMethodologyTitle } from '../parts/choices';
import { ListActions } from '../parts/ListActions';
import { AppealCard, ListAppeals } from '../parts/ListAppeals';
import { ListHistory, ListVerification, ListVersions } from '../parts/ListRecord';
import { Stages, useList } from '../parts/lists';
import { OwnSchool } from '../parts/OwnSchool';
import { Scrolled } from '../parts/Scrolled';
import { Empty, Failure, Waiting } from '../parts/states';
import { judged, ofTeachers, reliabilityText, VerdictBadge } from '../parts/verdicts';

const filters = [
  { value: 'told', label: 'В перечне и под наблюдением' },
  { value: 'silent', label: 'Ещё не ознакомились' },
  { value: 'all', label: 'Все рассмотренные' },
];

function Schools({ list }: { list: ListDossier }) {
  const [filter, setFilter] = useChoice('show', 'told');
  const teachers = ofTeachers(list.schools);
  const shown = list.schools.filter((one) => filter === 'all' || (one.told && (filter === 'told' || !one.acknowledged)));
  return (
    <Stack gap="xs">
      <Title order={2} size="h4">{teachers ? 'Педагоги' : 'Школы'}</Title>
      <Select className="no-print" label="Показать" w={260} data={filters} value={filter} onChange={(value) => value && setFilter(value)} allowDeselect={false} />
      {shown.length === 0 ? <Empty>{filter === 'silent' ? 'Все школы ознакомлены.' : teachers ? 'В перечне нет педагогов.' : 'В перечне нет школ.'}</Empty> : (
        <Scrolled minWidth={720} label="Школы перечня">
          <Table striped highlightOnHover>
            <Table.Thead><Table.Tr><Table.Th>Школа</Table.Th><Table.Th>Вывод</Table.Th><Table.Th>Надёжность</Table.Th><Table.Th>Выполнены правила</Table.Th><Table.Th>Ознакомление</Table.Th><Table.Th>Примечания</Table.Th></Table.Tr></Table.Thead>
            <Table.Tbody>
              {shown.map((one) => (
                <Table.Tr key={one.school + (one.teacher ?? '')}>
                  <Table.Td>
                    <Anchor component={Link} to={`/lists/${list.id}/schools/${encodeURIComponent(one.school)}`}>{one.school_name}</Anchor>
                    {one.teacher && <Text size="xs" c="dimmed">педагог {one.teacher}</Text>}
                  </Table.Td>
                  <Table.Td><VerdictBadge listing={one} /></Table.Td>
                  <Table.Td>{reliabilityText({ ...one, findings: [] })}</Table.Td>
                  <Table.Td>{one.rules_met_title || '—'}</Table.Td>
                  <Table.Td>{!one.told ? '—' : one.acknowledged ? moment(one.acknowledged) : list.published ? 'ещё нет' : '—'}</Table.Td>
                  <Table.Td>{one.notes.join('; ')}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Scrolled>
      )}
    </Stack>
  );
}

function summary(list: ListDossier): string {
  const teachers = ofTeachers(list.schools);
  const parts = [`В перечне ${judged(list.listed, teachers)} из ${list.schools.length} рассмотренных, под наблюдением ${list.watched}.`];
  if (list.published) parts.push(`Ознакомились ${list.acknowledged} из ${counted(list.told, 'школы', 'школ', 'школ')}.`);
  if (list.appeals_open > 0) parts.push(`Не рассмотрено возражений: ${list.appeals_open}.`);
  return parts.join(' ');
}

/** A list from its draft to its order. A school sees itself in it. */
export default function ListPage() {
  const { list: id = '' } = useParams();
  const person = usePerson();
  const { data: list, error } = useList(id);
  const titleOf = useMethodologyTitle();
  if (error) return <Failure error={error} />;
  if (!list) return <Waiting />;
  const school = may(person, 'acknowledge');
  return (
    <Stack>
      <Breadcrumbs className="no-print"><Anchor component={Link} to="/lists">Перечни</Anchor><Text>№ {list.id}</Text></Breadcrumbs>
      <Title order={1} size="h2">Перечень № {list.id}: {list.year_title} учебный год</Title>
      <Text>Методика «{titleOf(list.methodology)}» ({list.methodology}, версия {list.version}); {list.territory_name || 'все территории'}; составлен {day(list.made)}.{list.settings_words.length > 0 && ` Изменены параметры. ${list.settings_words.join('; ')}.`}</Text>
      <Stages list={list} />
      {school ? <OwnSchool list={list} /> : <Text>{summary(list)}</Text>}
      <ListActions list={list} />
      {!school && <Schools list={list} />}
      {school ? list.appeals.length > 0 && (
        <Stack>
          <Title order={2} size="h4">Возражения школы</Title>
          {list.appeals.map((one) => <AppealCard key={one.number} list={list} appeal={one} />)}
        </Stack>
      ) : <ListAppeals list={list} />}
      <SimpleGrid cols={{ base: 1, xl: 2 }} style={{ alignItems: 'start' }}>
        <ListVersions list={list} />
        <ListHistory list={list} />
      </SimpleGrid>
      {list.may.includes('papers') && <ListVerification list={list} />}
      {list.order && <Text size="xs" c="dimmed">Контрольная запись журнала в приказе: {list.order.seal}</Text>}
    </Stack>
  );
}
