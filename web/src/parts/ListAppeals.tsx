import { Anchor, Button, Card, Group, Modal, Radio, Select, Stack, Text, Textarea, Title } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { act, fileAddress } from '../api/client';
import type { Appeal, ListDossier, Verdict } from '../api/types';
import { moment, size } from '../format';
import { ChangeFailure, seen, useListChange } from './lists';
import { useDraft } from './useDraft';

const verdicts: { value: Verdict; label: string }[] = [
  { value: 'not_listed', label: 'Не включена в перечень' },
  { value: 'watch', label: 'Под наблюдением' },
  { value: 'unknown', label: 'Недостаточно данных' },
  { value: 'listed', label: 'Включена в перечень' },
];

function DecisionForm({ list, appeal, onDone }: { list: ListDossier; appeal: Appeal; onDone: () => void }) {
  const [granted, setGranted] = useState('');
  const [verdict, setVerdict] = useState<string>('not_listed');
  const [reason, setReason, forget] = useDraft(`decision.${list.id}.${appeal.number}`);
  const decide = useListChange(list.id, (values: { granted: boolean; reason: string; verdict?: Verdict }) =>
    act('post', '/lists/{list}/appeals/{appeal}/decision', { path: { list: list.id, appeal: String(appeal.number) }, body: values, ifMatch: seen(list) }));

  function submit(event: FormEvent) {
    event.preventDefault();
    const yes = granted === 'yes';
    decide.mutate({ granted: yes, reason, ...(yes && { verdict: verdict as Verdict }) }, { onSuccess: () => { forget(); onDone(); } });
  }

  return (
    <form onSubmit={submit}>
      <Stack>
        {decide.error && <ChangeFailure error={decide.error} />}
        <Text size="sm" className="plain-text">{appeal.text}</Text>
        <Radio.Group label="Решение" required value={granted} onChange={setGranted}>
          <Group mt={4}><Radio value="yes" label="Удовлетворить" /><Radio value="no" label="Отказать" /></Group>
        </Radio.Group>
        {granted === 'yes' && <Select label="Новый вывод о школе" data={verdicts} value={verdict} onChange={(value) => value && setVerdict(value)} allowDeselect={false} />}
        <Textarea label="Основание решения" description="Увидит школа; останется в истории перечня" required autosize minRows={3} maxRows={10} value={reason} onChange={(event) => setReason(event.currentTarget.value)} />
        <Button type="submit" loading={decide.isPending} disabled={granted === ''}>Принять решение</Button>
      </Stack>
    </form>
  );
}

export function AppealFiles({ list, appeal }: { list: ListDossier; appeal: Appeal }) {
  if (appeal.files.length === 0) return null;
  return (
    <Group gap="md">
      {appeal.files.map((file) => (
        <Anchor key={file.id} size="sm" download href={fileAddress('/lists/{list}/appeals/{appeal}/files/{attachment}', { path: { list: list.id, appeal: appeal.number, attachment: file.id } })}>
          {file.name} ({size(file.bytes)})
        </Anchor>
      ))}
    </Group>
  );
}

export function AppealCard({ list, appeal, onDecide }: { list: ListDossier; appeal: Appeal; onDecide?: (() => void) | undefined }) {
  const { decision } = appeal;
  return (
    <Card withBorder>
      <Stack gap="xs">
        <Group justify="space-between">
          <Title order={3} size="h5">№ {appeal.number}. {appeal.school_name}{appeal.teacher && `, педагог ${appeal.teacher}`}</Title>
          <Text size="sm" c="dimmed">{moment(appeal.time)}, {appeal.by}</Text>
        </Group>
        <Text className="plain-text">{appeal.text}</Text>
        <AppealFiles list={list} appeal={appeal} />
        {decision ? (
          <Stack gap={2}>
            <Text fw={600}>{decision.granted ? `Удовлетворено: «${decision.before_title}» → «${decision.after_title}»` : 'Отказано'}</Text>
            <Text className="plain-text">{decision.reason}</Text>
            <Text size="sm" c="dimmed">{moment(decision.time)}, {decision.by}</Text>
          </Stack>
        ) : appeal.withdrawal ? (
          <Stack gap={2}>
            <Text fw={600}>Отозвано школой</Text>
            {appeal.withdrawal.reason && <Text className="plain-text">{appeal.withdrawal.reason}</Text>}
            <Text size="sm" c="dimmed">{moment(appeal.withdrawal.time)}, {appeal.withdrawal.by}</Text>
          </Stack>
        ) : onDecide ? (
          <Group><Button size="xs" onClick={onDecide}>Рассмотреть</Button></Group>
        ) : <Text c="dimmed">Ещё не рассмотрено.</Text>}
      </Stack>
    </Card>
  );
}

/** Appeals of schools with their answers, the open ones first. */
export function ListAppeals({ list }: { list: ListDossier }) {
  const [chosen, setChosen] = useState<Appeal | null>(null);
  const decides = list.may.includes('decide');
  const open = (one: Appeal) => !one.decision && !one.withdrawal;
  const ordered = [...list.appeals.filter(open), ...list.appeals.filter((one) => !open(one))];
  return (
    <Stack>
      <Title order={2} size="h4">Возражения</Title>
      {ordered.length === 0 && <Text c="dimmed">{list.published ? 'Возражений нет.' : 'Школы смогут возражать после публикации.'}</Text>}
      {ordered.map((one) => <AppealCard key={one.number} list={list} appeal={one} onDecide={decides ? () => setChosen(one) : undefined} />)}
      <Modal opened={chosen !== null} onClose={() => setChosen(null)} size="lg" title={chosen ? `Возражение № ${chosen.number}: ${chosen.school_name}` : ''} closeButtonProps={{ 'aria-label': 'Закрыть' }} attributes={{ header: { role: 'presentation' } }}>
        {chosen && <DecisionForm list={list} appeal={chosen} onDone={() => setChosen(null)} />}
      </Modal>
    </Stack>
  );
}
