import { Alert, Button, Card, Checkbox, Group, Stack, Text, Title } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { act } from '../../api/client';
import type { FileKind, ImportBatch } from '../../api/types';
import { usePerson } from '../../app/session';
import { counted, number } from '../../format';
import { Failure } from '../states';
import { hasSomething, rowsWord, told } from './words';

/** Kinds of which a file may be the whole register. */
const registers = ['territories', 'schools', 'teachers', 'loads', 'references', 'indicators', 'objectivity-markers', 'passports', 'flows', 'staff', 'resources'];

/** What a checked batch comes to, and the question whether it is to be stored. */
export function Decision({ batch, onCheck, onDone, onForget }: {
  batch: ImportBatch;
  kinds: FileKind[];
  onCheck: (full: boolean) => void;
  onDone: () => void;
  onForget: () => void;
}) {
  const person = usePerson();
  const [accepted, setAccepted] = useState(false);
  const store = useMutation({
    mutationFn: (rows: 'all_or_nothing' | 'good') =>
      act('post', '/import-batches/{batch}/commits', { path: { batch: batch.id }, body: { rows, changes_accepted: accepted }, onceKey: `commit ${batch.id} ${batch.job}` }),
    onSettled: onDone,
  });
  const reports = batch.files.flatMap((file) => (file.report ? [file.report] : []));
  const unread = batch.files.filter((file) => file.trouble).length;
  const refused = reports.reduce((sum, one) => sum + one.refused, 0);
  const wrong = reports.some((one) => one.errors > 0) || unread > 0;
  const good = batch.files.filter(hasSomething);
  const rows = good.reduce((sum, file) => sum + file.report!.rows, 0);
  const hollow = batch.files.filter((file) => file.report?.rows === 0 && !file.report.objection && !hasSomething(file));
  const mass = reports.filter((one) => one.mass_change);
  const withRegisters = reports.some((one) => registers.includes(one.kind));
  const canBeFull = withRegisters && person.territory === '';

  if (batch.state === 'collecting') {
    return batch.files.length === 0 ? null : (
      <Group>
        <Button onClick={() => onCheck(batch.full)}>Проверить файлы</Button>
        <Button variant="subtle" color="red" onClick={onForget}>Удалить все файлы</Button>
      </Group>
    );
  }
  return (
    <Card withBorder component="section" aria-label="Решение">
      <Stack>
        <Title order={2} size="h4">Что будет загружено</Title>
        {batch.refusal && <Alert color="red" variant="light" role="alert" title="Ничего не загружено">{told(batch.refusal)}</Alert>}
        {store.error && <Failure error={store.error} />}
        {good.length === 0 ? (
          <Text>{wrong ? 'Загружать нечего: верных новых строк в файлах нет. Исправьте ошибки и отправьте файлы снова.' : hollow.length === batch.files.length ? 'Загружать нечего: в файлах есть заголовки, но нет строк с данными. Заполните их и отправьте снова.' : 'Загружать нечего: всё, что есть в файлах, уже загружено.'}</Text>
        ) : (
          <Text>{`${rowsWord(rows)} из ${counted(good.length, 'файла', 'файлов', 'файлов')}.`}</Text>
        )}
        {hollow.length > 0 && hollow.length < batch.files.length && <Text>Нет строк с данными: {hollow.map((file) => `«${file.name}»`).join(', ')}.</Text>}
        {wrong && good.length > 0 && (
          <Text>
            {refused > 0 && `${rowsWord(refused)} с ошибками. `}
            {unread > 0 && `${counted(unread, 'файл не прочитан', 'файла не прочитаны', 'файлов не прочитано')}. `}
            Исправьте их и отправьте файлы снова или загрузите только верные строки: остальное можно дослать позже.
          </Text>
        )}
        {canBeFull && (
          <Checkbox
            label="Файлы реестров полные: чего в них нет, то удалить из базы"
            description="После изменения файлы проверяются заново"
            checked={batch.full}
            onChange={(event) => onCheck(event.currentTarget.checked)}
          />
        )}
        {mass.length > 0 && good.length > 0 && (
          <Alert color="orange" variant="light" className="plain-title" title="Меняется много уже загруженных данных">
            <Stack gap="xs">
              {mass.map((one, i) => (
                <Text size="sm" key={i}>{`${nameOf(batch, one.kind)}: изменится ${number(one.changed)}, исчезнет ${number(one.vanished)} из ${counted(one.rows_before, 'строки', 'строк', 'строк')}.`}</Text>
              ))}
              <Checkbox label="Изменения верны: так и должно быть" checked={accepted} onChange={(event) => setAccepted(event.currentTarget.checked)} />
            </Stack>
          </Alert>
        )}
        <Group>
          {good.length > 0 && (
            <Button disabled={mass.length > 0 && !accepted} loading={store.isPending} onClick={() => store.mutate(wrong ? 'good' : 'all_or_nothing')}>
              {wrong ? 'Загрузить только верные строки' : 'Загрузить'}
            </Button>
          )}
          <Button variant="subtle" color="red" onClick={onForget}>Удалить файлы, ничего не загружая</Button>
        </Group>
      </Stack>
    </Card>
  );
}

function nameOf(batch: ImportBatch, kind: string): string {
  return batch.files.find((file) => file.report?.kind === kind && file.report.mass_change)?.name ?? kind;
}
