import { Alert, Button, Group, List, Stack } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { act } from '../../api/client';
import type { FileKind, ImportBatch, ImportFile } from '../../api/types';
import { counted, number } from '../../format';
import { Confirm } from './Confirm';
import { FileCard } from './FileCard';
import { rowsWord, stateOf, told } from './words';

function lineOf(file: ImportFile): string {
  const report = file.report;
  if (file.trouble) return `не загружен. ${stateOf(file).why}`;
  if (report && !report.import && report.rows === 0 && !report.objection) return 'не загружен: в файле нет строк с данными';
  if (!report?.import) return report?.objection ? `не загружен. ${told(report.objection)}` : 'всё это уже было загружено, ничего не изменено';
  const left = report.refused > 0 ? `; ${counted(report.refused, 'строка с ошибками оставлена', 'строки с ошибками оставлены', 'строк с ошибками оставлено')}` : '';
  const parts = ([[report.added, 'новых'], [report.changed, 'изменено'], [report.vanished, 'исчезло'], [report.unchanged, 'без изменений']] as const)
    .filter(([count]) => count > 0)
    .map(([count, word]) => `${word} ${number(count)}`);
  return `загружено: ${rowsWord(report.rows)} (${parts.join(', ')})${left}`;
}

/** What came of an import, and the way back. */
export function Stored({ batch, kinds, onMore }: { batch: ImportBatch; kinds: FileKind[]; onMore: () => void }) {
  const queries = useQueryClient();
  const [asking, setAsking] = useState(false);
  const undo = useMutation({
    mutationFn: () => act('post', '/import-batches/{batch}/undo', { path: { batch: batch.id } }),
    onSuccess: () => {
      setAsking(false);
      void queries.invalidateQueries();
    },
  });
  const any = batch.files.some((file) => file.report?.import);
  const left = batch.files.filter((file) => (file.report?.errors ?? 0) > 0);
  if (undo.isSuccess) {
    return (
      <Stack>
        <Alert color="blue" variant="light" role="status" title="Загрузка отменена">Снова в силе данные, которые были до неё.</Alert>
        <Group><Button onClick={onMore}>Загрузить другие файлы</Button></Group>
      </Stack>
    );
  }
  return (
    <Stack>
      <Alert color={any ? 'green' : 'gray'} variant="light" className="plain-title" role="status" title={any ? 'Данные загружены' : 'Ничего не изменилось'}>
        <List size="sm">
          {batch.files.map((file) => <List.Item key={file.number}>{file.name}: {lineOf(file)}</List.Item>)}
        </List>
      </Alert>
      {left.map((file) => <FileCard key={file.number} batch={batch.id} file={file} kinds={kinds} busy={false} />)}
      <Group>
        <Button onClick={onMore}>Загрузить другие файлы</Button>
        {any && <Button variant="default" onClick={() => setAsking(true)}>Отменить загрузку</Button>}
      </Group>
      <Confirm title="Отменить загрузку?" action="Отменить загрузку" opened={asking} loading={undo.isPending} error={undo.error} onYes={() => undo.mutate()} onNo={() => setAsking(false)}>
        Данные всех этих файлов будут убраны, и снова вступит в силу то, что было до них.
      </Confirm>
    </Stack>
  );
}
