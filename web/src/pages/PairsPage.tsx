import { Alert, Anchor, Badge, Button, Card, Group, List, Modal, NumberInput, Select, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { Link, useSearchParams } from 'react-router-dom';
import { useQuery } from '@tanstack/react-query';
import { fileAddress, read } from '../api/client';
import { may, usePerson } from '../app/session';
import { coded, counted } from '../format';
import { useChoice } from '../parts/choices';
import { DataTable, useTable } from '../parts/DataTable';
import { SavedFilters } from '../parts/SavedFilters';
import { MethodologySelect, TerritorySelect, useYear, YearSelect } from '../parts/selects';
import { NoResults } from '../parts/NoResults';
import { Failure, Waiting } from '../parts/states';
import type { Row } from '../parts/table';

interface More {
  leaders: { school: string; school_name: string; schools: number; capacity: number; pairs_another: boolean }[];
  idle_conditions: string[];
  paired: number;
  unpaired: number;
  optimal: boolean;
}

type Pair = [school: string, leader: string];

/** «a=b,c=d» of the address as pairs, and back. */
const pairsOf = (text: string) => (text === '' ? [] : text.split(',').map((one) => one.split('=') as Pair));
const textOf = (pairs: Pair[]) => pairs.map((one) => one.join('=')).join(',');

/** Leaders proposed to the schools of a list; what people settle stands, the rest is chosen anew around it. */
export default function PairsPage() {
  const person = usePerson();
  const [year, setYear] = useYear();
  const [methodology, setMethodology] = useChoice('methodology', 'federal-2025');
  const [territory, setTerritory] = useChoice('territory', '');
  const [caliper, setCaliper] = useChoice('caliper', '1');
  const [gap, setGap] = useChoice('gap', '0,3');
  const [capacity, setCapacity] = useChoice('capacity', '2');
  const [parameters, setParameters] = useSearchParams();
  const pin = parameters.get('pin') ?? '';
  const ban = parameters.get('ban') ?? '';
  const [choosing, setChoosing] = useState<Row | null>(null);
  const pins = pairsOf(pin);
  const bans = pairsOf(ban);
  const fields = { year, methodology, territory, caliper, gap, capacity, pin, ban };
  const { data, error } = useTable<More>('/pairs', fields, year !== '');
  // A school that was left out stands in no row any more.
  const schools = useSchools(bans.length > 0);
  if (year === '') return <NoResults title="Пары школ" />;

  // Both change at once: a pair is never settled and excluded at the same time.
  const set = (pinned: Pair[], banned: Pair[]) =>
    setParameters((current) => {
      const next = new URLSearchParams(current);
      for (const [name, pairs] of [['pin', pinned], ['ban', banned]] as const) {
        if (pairs.length > 0) next.set(name, textOf(pairs));
        else next.delete(name);
      }
      return next;
    }, { replace: true });
  const without = (pairs: Pair[], school: string, leader: string) => pairs.filter((one) => one[0] !== school || one[1] !== leader);
  const settle = (school: string, leader: string) => set([...pins.filter((one) => one[0] !== school), [school, leader]], without(bans, school, leader));
  const free = (school: string) => set(pins.filter((one) => one[0] !== school), bans);
  const refuse = (school: string, leader: string) => set(without(pins, school, leader), [...without(bans, school, leader), [school, leader]]);
  const contract = (school: string, leader: string) => fileAddress('/pairs/{school}/{leader}/contract', { path: { school, leader }, query: { year: Number(year), methodology } });
  const nameOf = (id: string) => schools.data?.find((one) => one.id === id)?.name ?? data?.rows.find((row) => row.school === id)?.school_name ?? data?.leaders.find((one) => one.school === id)?.school_name ?? id;

  const settles = may(person, 'manage_lists');
  const actions = (row: Row) => {
    const school = String(row.school);
    return (
      <Group gap={4} wrap="nowrap" mt={4} className="no-print">
        {row.state === 'pinned' ? (
          <>
            <Button component="a" download size="compact-xs" variant="default" href={contract(school, String(row.leader))}>Договор (Word)</Button>
            <Button size="compact-xs" variant="default" onClick={() => free(school)}>Освободить</Button>
          </>
        ) : row.leader !== undefined && (
          <>
            <Button size="compact-xs" variant="default" onClick={() => settle(school, String(row.leader))}>Закрепить</Button>
            <Button size="compact-xs" variant="default" onClick={() => refuse(school, String(row.leader))}>Исключить</Button>
          </>
        )}
        <Button size="compact-xs" variant="default" onClick={() => setChoosing(row)}>Выбрать…</Button>
      </Group>
    );
  };

  return (
    <Stack>
      <Title order={1} size="h2">Пары школ</Title>
      <Group align="end" className="no-print">
        <MethodologySelect value={methodology} onChange={setMethodology} listing />
        <YearSelect value={year} onChange={setYear} />
        <TerritorySelect label="Школы территории" value={territory} onChange={setTerritory} />
        <Limit label="Различие условий не больше" value={caliper} onChange={setCaliper} step={0.1} />
        <Limit label="Разрыв результатов не меньше" value={gap} onChange={setGap} step={0.1} />
        <Limit label="Школ у одного лидера" value={capacity} onChange={setCapacity} step={1} />
        <SavedFilters />
      </Group>
      {error ? <Failure error={error} /> : !data ? <Waiting /> : (
        <>
          <Text aria-live="polite">
            {person.school ? ofOne(data.rows) : `${counted(data.paired, 'пара', 'пары', 'пар')}, без пары ${counted(data.unpaired, 'школа', 'школы', 'школ')}.`}{' '}
            {data.optimal && data.paired > 0 && !person.school && 'Доказано: больше пар или ближе по условиям при этих ограничениях составить нельзя. '}
            Это предложение: решение о паре принимают люди.
          </Text>
          <Text size="sm" c="dimmed">
            Школа-лидер пары — школа с более высокими результатами в сходных условиях; это не тип «лидер» <Anchor component={Link} inherit underline="always" to="/typology">типологии</Anchor>.
          </Text>
          {bans.length > 0 && (
            <Alert variant="light" title="Исключённые пары">
              <List size="sm">{bans.map(([school, leader]) => <List.Item key={school + leader}>{nameOf(school)} и {nameOf(leader)} <Button size="compact-xs" variant="default" onClick={() => set(pins, without(bans, school, leader))}>Вернуть</Button></List.Item>)}</List>
            </Alert>
          )}
          <DataTable
            path="/pairs"
            fields={fields}
            cells={{
              school_name: (row) => <Anchor component={Link} to={`/schools/${encodeURIComponent(String(row.school))}?year=${year}`}>{row.school_name}</Anchor>,
              state_title: (row) => <><Badge variant={row.state === 'pinned' ? 'filled' : 'light'} color={row.state === 'unpaired' ? 'gray' : 'office'} tt="none" miw="max-content">{row.state_title}</Badge>{row.note && <Text size="sm">{row.note}</Text>}{settles && actions(row)}</>,
            }}
            hidden={['note']}
            forms={['школа', 'школы', 'школ']}
            empty={person.school ? 'Строк нет.' : 'В перечне этой методики школ нет: пары не нужны.'}
            minWidth={900}
          />
          {data.leaders.length > 0 && (
            <Card withBorder>
              <Title order={2} size="h4" mb="xs">Школы-лидеры</Title>
              <List>{data.leaders.map((one) => <List.Item key={one.school}>{one.school_name}: {counted(one.schools, 'школа', 'школы', 'школ')} из {one.capacity}{one.pairs_another && ' — ещё одно место дало бы пару ещё одной школе'}</List.Item>)}</List>
            </Card>
          )}
          {data.idle_conditions.length > 0 && <Text size="sm" c="dimmed">Не учтены условия, которые неизвестны или одинаковы у всех школ: {data.idle_conditions.map((one) => coded(one).title).join('; ')}.</Text>}
          <Text size="sm" c="dimmed">Закреплённые и исключённые пары стоят в адресе страницы: его можно сохранить и передать. Различие условий и разрыв результатов — в стандартных отклонениях.</Text>
        </>
      )}
      <Modal opened={choosing !== null} onClose={() => setChoosing(null)} title="Выбрать школу-лидера" closeButtonProps={{ 'aria-label': 'Закрыть' }} attributes={{ header: { role: 'presentation' } }}>
        {choosing && <LeaderChoice row={choosing} onChoose={(leader) => { settle(String(choosing.school), leader); setChoosing(null); }} />}
      </Modal>
    </Stack>
  );
}

const useSchools = (enabled = true) =>
  useQuery({ queryKey: ['schools', ''], queryFn: async () => (await read('/schools', {})).schools, enabled });

/** What concerns the one school that the person sees. */
function ofOne(rows: Row[]): string {
  const own = rows[0];
  if (!own) return 'Вашей школы в перечне нет: школа-лидер ей не подбирается.';
  if (own.leader === undefined) return `Пара вашей школе не предложена: ${own.note}.`;
  return `Вашей школе ${own.state === 'pinned' ? 'назначена' : 'предложена'} школа-лидер: ${own.leader_name}.`;
}

function Limit({ label, value, onChange, step }: { label: string; value: string; onChange: (value: string) => void; step: number }) {
  return <NumberInput label={label} w={230} min={0} step={step} decimalSeparator="," allowNegative={false} decimalScale={step < 1 ? 2 : 0} value={value.replace(',', '.')} onChange={(one) => one !== '' && onChange(String(one).replace('.', ','))} />;
}

function LeaderChoice({ row, onChoose }: { row: Row; onChoose: (leader: string) => void }) {
  const schools = useSchools();
  const [leader, setLeader] = useState<string | null>(null);
  return (
    <Stack>
      <Text>{row.school_name}</Text>
      <Select label="Школа-лидер" searchable data={(schools.data ?? []).filter((one) => one.id !== row.school).map((one) => ({ value: one.id, label: one.name }))} value={leader} onChange={setLeader} data-autofocus />
      <Text size="sm">Пара закрепится и тогда, когда ограничения не соблюдены: таблица покажет, какое именно.</Text>
      <Button disabled={!leader} onClick={() => leader && onChoose(leader)}>Закрепить пару</Button>
    </Stack>
  );
}
