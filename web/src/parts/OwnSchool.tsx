import { Alert, Anchor, Button, Card, FileInput, Group, Modal, Stack, Text, Textarea, Title } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { Link } from 'react-router-dom';
import { act, fileAddress, attachFile } from '../api/client';
import type { ListDossier } from '../api/types';
import { usePerson, may } from '../app/session';
import { day, moment } from '../format';
import { ChangeFailure, useListChange, useLists } from './lists';
import { useDraft } from './useDraft';
import { reliabilityText, VerdictBadge } from './verdicts';

const bytesMax = 20_000_000;

interface AppealValues {
  text: string;
  files: File[];
}

/** Sends an appeal, then its files one by one; what was sent stays sent. */
async function sendAppeal(list: string, { text, files }: AppealValues): Promise<ListDossier> {
  let now = await act('post', '/lists/{list}/appeals', { path: { list }, body: { text } });
  const appeal = String(now.appeals.at(-1)?.number ?? '');
  for (const file of files) now = await attachFile('/lists/{list}/appeals/{appeal}/files', { path: { list, appeal }, query: { name: file.name } }, file);
  return now;
}

function AppealForm({ list }: { list: ListDossier }) {
  const [text, setText, forget] = useDraft(`appeal.${list.id}`);
  const [files, setFiles] = useState<File[]>([]);
  const appeal = useListChange(list.id, (values: AppealValues) => sendAppeal(list.id, values));
  const large = files.find((one) => one.size > bytesMax);
  function submit(event: FormEvent) {
    event.preventDefault();
    appeal.mutate({ text, files }, { onSuccess: () => { forget(); setFiles([]); } });
  }
  return (
    <Card withBorder>
      <form onSubmit={submit}>
        <Stack>
          <Title order={2} size="h4">Возразить</Title>
          <Text size="sm">Если школа не согласна с выводом, напишите почему и приложите документы. Возражения принимаются по {day(list.appeals_until ?? '')} включительно.</Text>
          {appeal.error && <ChangeFailure error={appeal.error} />}
          <Textarea label="Текст возражения" required autosize minRows={4} maxRows={16} maxLength={8000} value={text} onChange={(event) => setText(event.currentTarget.value)} description={text ? 'Черновик сохраняется в этом браузере, пока возражение не отправлено' : undefined} />
          <FileInput label="Файлы" description="До 10 файлов, каждый до 20 МБ" multiple clearable clearButtonProps={{ 'aria-label': 'Убрать файлы' }} placeholder="Выбрать" styles={{ placeholder: { color: 'var(--mantine-color-dimmed)' } }} value={files} onChange={setFiles} error={large && `Файл «${large.name}» больше 20 МБ`} />
          <Group><Button type="submit" loading={appeal.isPending} disabled={large !== undefined}>Отправить возражение</Button></Group>
        </Stack>
      </form>
    </Card>
  );
}

const openAppeal = (list: ListDossier) => list.appeals.find((one) => !one.decision && !one.withdrawal);

/** Taking back asks first: the appeal is closed by it. */
function Withdrawal({ list }: { list: ListDossier }) {
  const [asking, setAsking] = useState(false);
  const own = openAppeal(list);
  const withdraw = useListChange(list.id, () => act('post', '/lists/{list}/appeals/{appeal}/withdrawal', { path: { list: list.id, appeal: String(own?.number ?? '') }, body: {} }));
  if (!own) return null;
  return (
    <>
      <Group><Button variant="default" onClick={() => setAsking(true)}>Отозвать возражение № {own.number}</Button></Group>
      <Modal opened={asking} onClose={() => setAsking(false)} title={`Отозвать возражение № ${own.number}?`} closeButtonProps={{ 'aria-label': 'Закрыть' }} attributes={{ header: { role: 'presentation' } }}>
        <Stack>
          {withdraw.error && <ChangeFailure error={withdraw.error} />}
          <Text size="sm">Возражение не будет рассмотрено. Оно останется в истории перечня. До конца срока можно подать новое.</Text>
          <Group>
            <Button color="red.9" loading={withdraw.isPending} onClick={() => withdraw.mutate(undefined, { onSuccess: () => setAsking(false) })}>Отозвать</Button>
            <Button variant="default" onClick={() => setAsking(false)}>Оставить</Button>
          </Group>
        </Stack>
      </Modal>
    </>
  );
}

function MoreFiles({ list }: { list: ListDossier }) {
  const own = openAppeal(list);
  const attach = useListChange(list.id, (file: File) =>
    attachFile('/lists/{list}/appeals/{appeal}/files', { path: { list: list.id, appeal: String(own?.number ?? '') }, query: { name: file.name } }, file));
  return (
    <Stack gap="xs">
      {attach.error && <ChangeFailure error={attach.error} />}
      <FileInput label="Приложить ещё файл к возражению" description="До 20 МБ" placeholder="Выбрать" styles={{ placeholder: { color: 'var(--mantine-color-dimmed)' } }} value={null} disabled={attach.isPending} onChange={(file) => file && attach.mutate(file)} maw={360} />
    </Stack>
  );
}

/** What a school does with a list: reads why, acknowledges, appeals. */
export function OwnSchool({ list }: { list: ListDossier }) {
  const own = list.schools[0];
  const acknowledge = useListChange(list.id, () => act('post', '/lists/{list}/acknowledgements', { path: { list: list.id }, body: {} }));
  if (!own) return null;
  return (
    <Stack className="no-print">
      {acknowledge.error && <ChangeFailure error={acknowledge.error} />}
      {list.schools.map((one) => (
        <Stack key={one.teacher ?? one.school} gap={4}>
          <Group gap="sm">
            <Text fw={600}>{one.teacher ? `${one.school_name}, педагог ${one.teacher}` : one.school_name}</Text>
            <VerdictBadge listing={one} />
          </Group>
          <Text size="sm">{one.rules_met.length > 0 && `Выполнены правила: ${one.rules_met_title}. `}{reliabilityText({ ...one, findings: [] })}</Text>
          {one.notes.map((note) => <Text key={note} size="sm">{note}</Text>)}
        </Stack>
      ))}
      {list.may.includes('acknowledge') && (
        <Alert color="orange" variant="light" title="Подтвердите, что школа ознакомлена">
          <Stack gap="xs" align="start">
            <Text size="sm">Подтверждение не означает согласия: возразить можно до и после него.</Text>
            <Button onClick={() => acknowledge.mutate(undefined)} loading={acknowledge.isPending}>Ознакомлены</Button>
          </Stack>
        </Alert>
      )}
      {own.acknowledged && <Text>Школа подтвердила ознакомление {moment(own.acknowledged)}.</Text>}
      <Group>
        <Anchor component={Link} to={`/lists/${list.id}/schools/${encodeURIComponent(own.school)}`}>Обоснование вывода</Anchor>
        <Anchor download href={fileAddress('/lists/{list}/schools/{school}/letter', { path: { list: list.id, school: own.school }, query: { teacher: own.teacher } })}>Уведомление (Word)</Anchor>
      </Group>
      {list.may.includes('appeal') && <AppealForm list={list} />}
      {list.may.includes('attach') && <MoreFiles list={list} />}
      {list.may.includes('withdraw') && <Withdrawal list={list} />}
    </Stack>
  );
}

/** On the pages of a school: the lists in which it stands now. */
export function OwnLists() {
  const person = usePerson();
  const lists = useLists();
  if (!may(person, 'acknowledge')) return null;
  const current = (lists.data ?? []).filter((one) => one.told > 0 && ['preliminary', 'decided', 'approved'].includes(one.stage));
  return (
    <Stack gap="xs">
      {current.map((one) => (
        <Alert key={one.id} color={one.acknowledged < one.told ? 'orange' : 'blue'} variant="light" title={one.stage === 'approved' ? 'Школа в утверждённом перечне' : 'Школа в предварительном перечне'}>
          <Text size="sm">
            {one.listed > 0 ? 'Включена в перечень' : 'Под наблюдением'} за {one.year_title} учебный год.{' '}
            {one.acknowledged < one.told ? 'Нужно подтвердить ознакомление. ' : 'Ознакомление подтверждено. '}
            {one.stage === 'preliminary' && one.appeals_until && `Возражения принимаются по ${day(one.appeals_until)}. `}
            <Anchor component={Link} size="sm" underline="always" to={`/lists/${one.id}`}>Открыть перечень № {one.id}</Anchor>
          </Text>
        </Alert>
      ))}
    </Stack>
  );
}
