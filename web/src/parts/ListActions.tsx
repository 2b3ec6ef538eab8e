import { Alert, Anchor, Button, Group, Modal, SimpleGrid, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent, type ReactNode } from 'react';
import { useNavigate } from 'react-router-dom';
import { act, actLong, fileAddress } from '../api/client';
import type { Job, ListDossier } from '../api/types';
import { counted } from '../format';
import { LongWork } from './LongWork';
import { ChangeFailure, seen, useListChange } from './lists';
import { useDraft, useDraftForm } from './useDraft';

const isoDay = (daysAhead: number) => new Date(Date.now() + daysAhead * 86_400_000).toISOString().slice(0, 10);

function Dialog({ title, opened, onClose, children }: { title: string; opened: boolean; onClose: () => void; children: ReactNode }) {
  return (
    <Modal opened={opened} onClose={onClose} size="lg" title={title} closeButtonProps={{ 'aria-label': 'Закрыть' }} attributes={{ header: { role: 'presentation' } }}>
      {children}
    </Modal>
  );
}

function PublishForm({ list, onDone }: { list: ListDossier; onDone: () => void }) {
  const [until, setUntil] = useState(isoDay(10));
  const publish = useListChange(list.id, (appeals_until: string) =>
    act('post', '/lists/{list}/publication', { path: { list: list.id }, body: { appeals_until }, ifMatch: seen(list) }));
  return (
    <form onSubmit={(event) => { event.preventDefault(); publish.mutate(until, { onSuccess: onDone }); }}>
      <Stack>
        {publish.error && <ChangeFailure error={publish.error} />}
        <Text>{counted(list.told, 'школа увидит', 'школы увидят', 'школ увидят')} {list.schools.some((one) => one.teacher) ? 'своих педагогов' : 'себя'} в предварительном перечне. Данные перечня больше не меняются от новых загрузок.</Text>
        <TextInput type="date" label="Последний день приёма возражений" required value={until} onChange={(event) => setUntil(event.currentTarget.value)} />
        <Button type="submit" loading={publish.isPending}>Опубликовать</Button>
      </Stack>
    </form>
  );
}

function RenewForm({ list, onDone }: { list: ListDossier; onDone: () => void }) {
  const [reason, setReason, forget] = useDraft(`renewal.${list.id}`);
  const [job, setJob] = useState<Job | null>(null);
  const renew = useListChange(list.id, (text: string) =>
    actLong('post', '/lists/{list}/renewals', { path: { list: list.id }, body: { reason: text }, ifMatch: seen(list) }, setJob));
  return (
    <form onSubmit={(event) => { event.preventDefault(); renew.mutate(reason, { onSuccess: () => { forget(); onDone(); } }); }}>
      <Stack>
        {renew.error && <ChangeFailure error={renew.error} />}
        <Text>Перечень будет составлен заново по загруженным данным. Решения по возражениям остаются, прежняя редакция сохраняется.</Text>
        <Textarea label="Почему" required autosize minRows={2} value={reason} onChange={(event) => setReason(event.currentTarget.value)} />
        {renew.isPending && <LongWork job={job} />}
        <Button type="submit" loading={renew.isPending}>Пересчитать</Button>
      </Stack>
    </form>
  );
}

const texts = [
  ['authority', 'Кто издаёт приказ', 'Полное название органа управления образованием'],
  ['authority_genitive', 'То же в родительном падеже', 'Для приложения: «утверждён приказом …»'],
  ['place', 'Место издания', ''],
  ['title', 'Заголовок', 'Пусто: «Об утверждении перечня школ…»'],
  ['basis', 'Основание', 'Пусто: анализ результатов года по методике'],
  ['responsible', 'Кому поручается помощь школам', 'В дательном падеже: «Методическому кабинету»'],
  ['control', 'На кого возлагается контроль', 'Пусто: руководитель оставляет за собой'],
  ['executor', 'Исполнитель', ''],
  ['position', 'Должность подписывающего', ''],
  ['signatory', 'Фамилия и инициалы подписывающего', ''],
] as const;
type OrderText = (typeof texts)[number][0];

function ApproveForm({ list, onDone }: { list: ListDossier; onDone: () => void }) {
  const [form, setForm, forget] = useDraftForm(`order.${list.id}`, { number: '', date: isoDay(0), early_reason: '', points: '', ...(Object.fromEntries(texts.map(([name]) => [name, ''])) as Record<OrderText, string>) });
  const approve = useListChange(list.id, (values: typeof form) =>
    act('post', '/lists/{list}/approval', { path: { list: list.id }, body: values, ifMatch: seen(list) }));
  const set = (name: keyof typeof form) => (event: { currentTarget: { value: string } }) => setForm({ ...form, [name]: event.currentTarget.value });
  function submit(event: FormEvent) {
    event.preventDefault();
    approve.mutate(form, { onSuccess: () => { forget(); onDone(); } });
  }
  const silent = list.told - list.acknowledged;
  return (
    <form onSubmit={submit}>
      <Stack>
        {approve.error && <ChangeFailure error={approve.error} />}
        {list.appeals_open > 0 && <Alert color="orange" variant="light" title="Есть нерассмотренные возражения">Сначала примите по ним решения.</Alert>}
        {silent > 0 && <Text>Ещё не ознакомились: {counted(silent, 'школа', 'школы', 'школ')}.</Text>}
        <SimpleGrid cols={{ base: 1, xs: 2 }}>
          <TextInput label="Номер приказа" required value={form.number} onChange={set('number')} />
          <TextInput type="date" label="Дата приказа" required value={form.date} onChange={set('date')} />
        </SimpleGrid>
        {list.takes_appeals && <Textarea label="Почему до конца срока возражений" description="Школы ещё могут возражать; причина останется в истории" required autosize minRows={2} value={form.early_reason} onChange={set('early_reason')} />}
        <SimpleGrid cols={{ base: 1, xs: 2 }}>
          {texts.map(([name, label, description]) => <TextInput key={name} label={label} description={description} value={form[name]} onChange={set(name)} />)}
        </SimpleGrid>
        <Textarea label="Пункты приказа" description="По одному в строке; строка с тире в начале — подпункт. Пусто: обычные пункты" autosize minRows={2} value={form.points} onChange={set('points')} />
        <Text size="sm" c="dimmed">Утверждённый перечень не меняется. Прежний перечень по той же методике станет заменённым.</Text>
        <Button type="submit" loading={approve.isPending}>Утвердить перечень</Button>
      </Stack>
    </form>
  );
}

function DiscardForm({ list }: { list: ListDossier }) {
  const queries = useQueryClient();
  const navigate = useNavigate();
  const discard = useMutation({
    mutationFn: () => act('delete', '/lists/{list}', { path: { list: list.id }, ifMatch: seen(list) }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['lists'] });
      navigate('/lists');
    },
  });
  return (
    <Stack>
      {discard.error && <ChangeFailure error={discard.error} />}
      <Text>Проект будет удалён. Составить его заново можно на странице «Выявление».</Text>
      <Button color="red.9" onClick={() => discard.mutate()} loading={discard.isPending}>Удалить проект</Button>
    </Stack>
  );
}

type Act = 'publish' | 'renew' | 'approve' | 'discard';
const titles: Record<Act, string> = {
  publish: 'Опубликовать предварительный перечень',
  approve: 'Утвердить перечень приказом',
  renew: 'Пересчитать по новым данным',
  discard: 'Удалить проект',
};

/** What may be done with the list now, and its papers. */
export function ListActions({ list }: { list: ListDossier }) {
  const [act, setAct] = useState<Act | null>(null);
  const close = () => setAct(null);
  const open = (Object.keys(titles) as Act[]).filter((one) => list.may.includes(one));
  const paper = (name: '/lists/{list}/order' | '/lists/{list}/workbook') => fileAddress(name, { path: { list: list.id } });
  return (
    <Group className="no-print">
      {open.map((one, i) => <Button key={one} variant={i === 0 ? 'filled' : 'default'} onClick={() => setAct(one)}>{titles[one]}</Button>)}
      {list.may.includes('papers') && (
        <>
          <Anchor download href={paper('/lists/{list}/order')}>{list.order ? 'Приказ (Word)' : 'Проект приказа (Word)'}</Anchor>
          <Anchor download href={paper('/lists/{list}/workbook')}>Перечень (Excel)</Anchor>
        </>
      )}
      <Dialog title={act ? titles[act] : ''} opened={act !== null} onClose={close}>
        {act === 'publish' && <PublishForm list={list} onDone={close} />}
        {act === 'renew' && <RenewForm list={list} onDone={close} />}
        {act === 'approve' && <ApproveForm list={list} onDone={close} />}
        {act === 'discard' && <DiscardForm list={list} />}
      </Dialog>
    </Group>
  );
}
