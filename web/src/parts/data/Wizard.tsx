import { Alert, Button, Card, Group, Progress, Stack, Text, Title } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { act, Problem, read, sendFile } from '../../api/client';
import type { FileKind, ImportBatch, ImportFile } from '../../api/types';
import { counted } from '../../format';
import { useChoice } from '../choices';
import { Failure, Waiting } from '../states';
import { Decision } from './Decision';
import { DropZone } from './DropZone';
import { FileCard } from './FileCard';
import { useJob } from './job';
import { Stored } from './Stored';

interface Sending {
  name: string;
  share: number;
  place: string;
}

/** Files on their way into the data: sent, checked, decided on. */
export function Wizard({ kinds }: { kinds: FileKind[] }) {
  const queries = useQueryClient();
  const [id, setId] = useChoice('batch', '');
  const [sending, setSending] = useState<Sending | null>(null);
  const [empty, setEmpty] = useState<string[]>([]);
  const stop = useRef<AbortController | null>(null);
  const refresh = () => queries.invalidateQueries({ queryKey: ['batch', id] });
  const batch = useQuery({
    queryKey: ['batch', id],
    queryFn: () => read('/import-batches/{batch}', { path: { batch: id } }),
    enabled: id !== '',
  });
  const check = useMutation({
    mutationFn: (what: { batch: string; kinds?: Record<string, string>; full?: boolean }) =>
      act('post', '/import-batches/{batch}/checks', { path: { batch: what.batch }, body: { kinds: what.kinds ?? {}, full: what.full ?? false } }),
    onSettled: (_data, _error, what) => {
      // A new batch is shown from its check on: one read earlier could answer later, without it.
      if (what.batch !== id) setId(what.batch);
      return queries.invalidateQueries({ queryKey: ['batch', what.batch] });
    },
  });
  const send = useMutation({
    mutationFn: async (files: File[]) => {
      // One without content cannot be read: the others go on, and it is told of.
      setEmpty(files.filter((file) => file.size === 0).map((file) => file.name));
      const filled = files.filter((file) => file.size > 0);
      if (filled.length === 0) return null;
      const batchId = id || (await act('post', '/import-batches', {})).id;
      stop.current = new AbortController();
      const { signal } = stop.current;
      for (const [i, file] of filled.entries()) {
        const place = filled.length > 1 ? `${i + 1} из ${filled.length}` : '';
        setSending({ name: file.name, share: 0, place });
        await sendFile<ImportFile>(`/import-batches/${batchId}/files?name=${encodeURIComponent(file.name)}`, file, (share) => setSending({ name: file.name, share, place }), signal);
      }
      return batchId;
    },
    onSuccess: (batchId) => batchId !== null && check.mutate({ batch: batchId, full: batch.data?.full ?? false }),
    onSettled: () => {
      setSending(null);
      void refresh();
    },
  });
  const remove = useMutation({
    mutationFn: (file: ImportFile) => act('delete', '/import-batches/{batch}/files/{file}', { path: { batch: id, file: String(file.number) } }),
    onSuccess: () => {
      if (batch.data && batch.data.files.length > 1) check.mutate({ batch: id, full: batch.data.full });
      else void refresh();
    },
  });
  const forget = useMutation({
    mutationFn: () => act('delete', '/import-batches/{batch}', { path: { batch: id } }),
    onSuccess: () => leave(),
  });
  const at = batch.data;
  const working = at?.state === 'checking' || at?.state === 'storing';
  const job = useJob(working ? at.job : undefined, () => {
    // What was stored changes every page.
    void (at?.state === 'storing' ? queries.invalidateQueries() : refresh());
  });

  function leave() {
    setId('');
    check.reset();
    send.reset();
    void queries.invalidateQueries({ queryKey: ['batches'] });
  }

  if (id && batch.error) {
    return (
      <Stack>
        <Failure error={batch.error} />
        <Group><Button onClick={leave}>Начать новую загрузку</Button></Group>
      </Stack>
    );
  }
  if (id && !at) return <Waiting />;
  if (at?.state === 'stored') return <Stored batch={at} kinds={kinds} onMore={leave} />;
  const busy = working || send.isPending || check.isPending;
  const trouble = send.error ?? check.error ?? remove.error ?? forget.error;
  return (
    <Stack>
      {!id && !sending && <Begun onOpen={setId} />}
      <DropZone onFiles={(files) => files.length > 0 && send.mutate(files)} disabled={busy} />
      {empty.length > 0 && (
        <Alert color="orange" title="Пустые файлы не отправлены" role="status">
          {empty.map((name) => `«${name}»`).join(', ')}: в файле нет ни одного байта. Проверьте, сохранился ли он, и выберите его снова.
        </Alert>
      )}
      {trouble && <Failure error={trouble instanceof Problem && trouble.status === 413 ? new Problem(413, 'body_too_large', 'Файл слишком большой', 'Наибольший размер файла — 1 ГБ: разделите его на части') : trouble} />}
      {sending && (
        <Working title={`Отправляется${sending.place && ` ${sending.place}`}: ${sending.name}`} share={sending.share} onStop={() => stop.current?.abort()} />
      )}
      {at && working && (
        <Working
          title={job?.stage || (at.state === 'checking' ? 'Файлы ждут проверки' : 'Файлы ждут загрузки')}
          share={job && job.steps > 0 ? job.steps_done / job.steps : 0}
          onStop={() => at.job && void act('delete', '/jobs/{job}', { path: { job: at.job } })}
        />
      )}
      {at && at.files.length > 0 && (
        <>
          <Title order={2} size="h4">{counted(at.files.length, 'файл', 'файла', 'файлов')}</Title>
          {at.files.map((file) => (
            <FileCard key={file.number} batch={at.id} file={file} kinds={kinds} busy={busy} onKind={(kind) => check.mutate({ batch: at.id, kinds: { [file.number]: kind }, full: at.full })} onRemove={() => remove.mutate(file)} />
          ))}
        </>
      )}
      {at && !busy && (
        <Decision batch={at} kinds={kinds} onCheck={(full) => check.mutate({ batch: at.id, full })} onDone={refresh} onForget={() => forget.mutate()} />
      )}
    </Stack>
  );
}

function Working({ title, share, onStop }: { title: string; share: number; onStop: () => void }) {
  return (
    <Card withBorder>
      <Stack gap="xs">
        <Group justify="space-between">
          <Text role="status">{title}</Text>
          <Button size="xs" variant="default" onClick={onStop}>Прервать</Button>
        </Group>
        <Progress value={Math.max(4, share * 100)} animated aria-label={title} />
      </Stack>
    </Card>
  );
}

/** What was begun and not decided, of this person. */
function Begun({ onOpen }: { onOpen: (batch: string) => void }) {
  const queries = useQueryClient();
  const begun = useQuery({ queryKey: ['batches'], queryFn: async () => (await read('/import-batches', {})).batches });
  const remove = useMutation({
    mutationFn: (batch: ImportBatch) => act('delete', '/import-batches/{batch}', { path: { batch: batch.id } }),
    onSettled: () => queries.invalidateQueries({ queryKey: ['batches'] }),
  });
  const waiting = (begun.data ?? []).filter((one) => one.files.length > 0);
  if (waiting.length === 0) return null;
  return (
    <Alert variant="light" title="Есть начатые загрузки">
      <Stack gap="xs">
        <Text size="sm">Файлы, по которым решение не принято за сутки, удаляются.</Text>
        {waiting.map((one) => (
          <Group key={one.id} gap="xs">
            <Text size="sm">{counted(one.files.length, 'файл', 'файла', 'файлов')}: {one.files[0]!.name}{one.files.length > 1 && ' и другие'}</Text>
            <Button size="xs" variant="default" onClick={() => onOpen(one.id)}>Продолжить</Button>
            <Button size="xs" variant="default" onClick={() => remove.mutate(one)}>Удалить</Button>
          </Group>
        ))}
      </Stack>
    </Alert>
  );
}
