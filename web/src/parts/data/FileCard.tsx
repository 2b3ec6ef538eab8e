import { Alert, Badge, Button, Group, List, Paper, Select, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import type { FileKind, ImportFile } from '../../api/types';
import { counted, number } from '../../format';
import { ErrorTable } from './ErrorTable';
import { changesOf, size, stateOf, told } from './words';

/** One file of a batch: what it is, what would change, what is wrong with it. */
export function FileCard({ batch, file, kinds, busy, onKind, onRemove }: {
  batch: string;
  file: ImportFile;
  kinds: FileKind[];
  busy: boolean;
  onKind?: (kind: string) => void;
  onRemove?: () => void;
}) {
  const [open, setOpen] = useState<'errors' | 'changes' | 'warnings' | null>(null);
  const state = stateOf(file);
  const report = file.report;
  const toggle = (what: typeof open) => setOpen(open === what ? null : what);
  const kind = file.chosen_kind ?? report?.kind ?? null;
  return (
    <Paper withBorder p="sm" component="section" aria-label={file.name}>
      <Stack gap="xs">
        <Group justify="space-between" align="start" wrap="nowrap">
          <div>
            <Text fw={600}>{file.name}</Text>
            <Text size="sm" c="dimmed">{size(file.bytes)}{report && `; ${changesOf(report)}`}</Text>
          </div>
          <Badge color={state.color} variant="dot" tt="none" style={{ flexShrink: 0 }}>{state.word}</Badge>
        </Group>
        {state.why && <Text size="sm">{state.why}</Text>}
        {report?.outranked && <Text size="sm">Есть протоколы этих школ: форма будет храниться, но в расчёт не войдёт.</Text>}
        <Group gap="xs" align="end">
          {onKind && (
            <Select
              label="Вид файла"
              size="xs"
              w={{ base: '100%', sm: 320 }}
              searchable
              clearable={file.chosen_kind !== undefined}
              clearButtonProps={{ 'aria-label': 'Определить по содержанию' }}
              placeholder="определить по содержанию"
              disabled={busy}
              data={kinds.map((one) => ({ value: one.kind, label: one.title }))}
              value={kind}
              onChange={(chosen) => onKind(chosen ?? '')}
            />
          )}
          {report && report.errors > 0 && (
            <Button size="xs" variant="default" aria-expanded={open === 'errors'} onClick={() => toggle('errors')}>
              Ошибки: {number(report.errors)}
            </Button>
          )}
          {report && report.examples.length > 0 && (
            <Button size="xs" variant="default" aria-expanded={open === 'changes'} onClick={() => toggle('changes')}>Что изменится</Button>
          )}
          {report && report.warnings_count > 0 && (
            <Button size="xs" variant="default" aria-expanded={open === 'warnings'} onClick={() => toggle('warnings')}>
              {counted(report.warnings_count, 'замечание', 'замечания', 'замечаний')}
            </Button>
          )}
          {onRemove && <Button size="xs" variant="subtle" color="red" disabled={busy} onClick={onRemove} aria-label={`Убрать ${file.name}`}>Убрать</Button>}
        </Group>
        {open === 'errors' && <ErrorTable batch={batch} file={file} />}
        {open === 'changes' && (
          <List size="sm">
            {report!.examples.map((line) => <List.Item key={line}>{line}</List.Item>)}
            {report!.examples.length >= 20 && <List.Item>Показаны первые 20 изменений.</List.Item>}
          </List>
        )}
        {open === 'warnings' && (
          <Alert color="yellow" variant="light" className="plain-title" title="Файлу не мешает, но проверьте">
            <List size="sm">
              {report!.warnings.map((one, i) => <List.Item key={i}>{[one.sheet && `Лист «${one.sheet}»`, one.column && `столбец «${one.column}»`].filter(Boolean).join(', ')}{(one.sheet || one.column) && ': '}{told(one)}</List.Item>)}
              {report!.warnings_count > report!.warnings.length && <List.Item>и ещё {number(report!.warnings_count - report!.warnings.length)}</List.Item>}
            </List>
          </Alert>
        )}
      </Stack>
    </Paper>
  );
}
