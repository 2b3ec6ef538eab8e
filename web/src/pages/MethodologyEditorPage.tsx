import { Alert, Anchor, Breadcrumbs, Button, Grid, Group, List, Stack, Text, Textarea, TextInput, Title } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { Link, useNavigate, useParams, useSearchParams } from 'react-router-dom';
import { act, Problem, read, readVersion } from '../api/client';
import type { FieldError, Methodology, Parameter } from '../api/types';
import { counted } from '../format';
import { MethodologyConflict } from '../parts/MethodologyConflict';
import { MethodologyParameters } from '../parts/MethodologyParameters';
import { renamed, withParameter } from '../parts/methodologyText';
import { Failure, Waiting } from '../parts/states';
import { useDraft, useDraftPlace } from '../parts/useDraft';

interface Source {
  text: string;
  /** What the editing began from; «"0"» for a copy that is not saved yet. */
  version: string;
}

/** One's own methodology by its id, or the copy of another that is to get this id. */
async function sourceOf(id: string, from: string, title: string): Promise<Source> {
  if (from) {
    const original = await read('/methodologies/{methodology}', { path: { methodology: from } });
    return { text: renamed(original.text, id, title || original.title), version: '"0"' };
  }
  const { value, version } = await readVersion('/methodologies/{methodology}', { path: { methodology: id } });
  return { text: value.text, version };
}

export default function MethodologyEditorPage() {
  const { methodology = '' } = useParams();
  const [parameters] = useSearchParams();
  const from = parameters.get('from') ?? '';
  const source = useQuery({
    queryKey: ['methodology-source', methodology, from],
    queryFn: () => sourceOf(methodology, from, parameters.get('title') ?? ''),
    staleTime: Infinity,
    gcTime: 0,
  });
  if (source.error) return <Failure error={source.error} />;
  if (!source.data) return <Waiting />;
  return <Editor id={methodology} source={source.data} />;
}

function Editor({ id, source }: { id: string; source: Source }) {
  const queries = useQueryClient();
  const navigate = useNavigate();
  const area = useRef<HTMLTextAreaElement>(null);
  const place = useDraftPlace(`methodology.${id}`);
  const draft = localStorage.getItem(place);
  const [base, setBase] = useState(source);
  const [text, setText] = useState(draft ?? source.text);
  const [restored, setRestored] = useState(draft !== null && draft !== source.text);
  const [reason, setReason, forgetReason] = useDraft(`methodology.${id}.reason`);
  const [latest, setLatest] = useState<Source | null>(null);
  const [known, setKnown] = useState<Parameter[]>([]);
  const [unplaced, setUnplaced] = useState('');
  const [settled] = useDebouncedValue(text, 400);

  useEffect(() => {
    if (text === base.text) localStorage.removeItem(place);
    else localStorage.setItem(place, text);
  }, [place, text, base]);

  const check = useQuery({
    queryKey: ['methodology-check', id, settled],
    queryFn: () => act('post', '/methodology-checks', { body: { id, text: settled } }),
    gcTime: 0,
    placeholderData: (before) => before,
  });
  useEffect(() => {
    if (check.data?.methodology) setKnown(check.data.methodology.parameters);
  }, [check.data]);

  const save = useMutation({
    mutationFn: () => act('put', '/methodologies/{methodology}', { path: { methodology: id }, body: { text, reason }, ifMatch: base.version }),
    onSuccess: async (saved: Methodology) => {
      localStorage.removeItem(place);
      forgetReason();
      await queries.invalidateQueries({ predicate: ({ queryKey }) => ['methodologies', 'methodology', 'list'].includes(String(queryKey[0])) });
      navigate(`/methodologies/${saved.id}`);
    },
    onError: async (problem) => {
      if (!(problem instanceof Problem) || problem.code !== 'version_conflict') return;
      const { value, version } = await readVersion('/methodologies/{methodology}', { path: { methodology: id } });
      setLatest({ text: value.text, version });
    },
  });

  function setParameter(name: string, value: string) {
    const changed = withParameter(text, name, value);
    setUnplaced(changed === null ? name : '');
    if (changed !== null) setText(changed);
  }
  /** Puts the cursor on a line and shows it. */
  function goTo(row: number) {
    const field = area.current;
    if (!field) return;
    const lines = text.split('\n');
    const begin = lines.slice(0, row - 1).reduce((sum, line) => sum + line.length + 1, 0);
    field.focus();
    field.setSelectionRange(begin, begin + (lines[row - 1]?.length ?? 0));
    field.scrollTop = Math.max(0, (field.scrollHeight / lines.length) * (row - 6));
  }
  function startFrom(next: Source, own: string) {
    setBase(next);
    setText(own);
    setLatest(null);
    save.reset();
  }

  const errors = check.data?.errors ?? [];
  const fresh = settled === text && !check.isPlaceholderData && !check.isPending;
  return (
    <Stack>
      <Breadcrumbs><Anchor component={Link} to="/methodologies">Методики</Anchor><Text>{id}</Text></Breadcrumbs>
      <Title order={1} size="h2">Правка методики {id}</Title>
      {restored && (
        <Alert title="Показан ваш несохранённый текст" role="status" withCloseButton closeButtonLabel="Убрать" onClose={() => setRestored(false)}>
          <Button size="xs" variant="default" onClick={() => { setText(base.text); setRestored(false); }}>Вернуть сохранённый</Button>
        </Alert>
      )}
      {latest && <MethodologyConflict base={base.text} latest={latest.text} onTake={() => startFrom(latest, latest.text)} onKeep={() => startFrom(latest, text)} />}
      {save.error && !latest && <Failure error={save.error} />}
      <Grid gap="lg">
        <Grid.Col span={{ base: 12, lg: 8 }}>
          <Stack gap="xs">
            <Textarea ref={area} label="Текст методики" description="Параметры, правила и решение, как их читает программа" autosize minRows={18} maxRows={32} spellCheck={false}
              classNames={{ input: 'methodology-text' }} value={text} onChange={(event) => setText(event.currentTarget.value)} />
            <Found errors={errors} fresh={fresh} error={check.error} onGo={goTo} />
            <Group align="end">
              <TextInput label="Почему" description="Основание, остаётся в журнале" flex={1} miw={220} maxLength={300} value={reason} onChange={(event) => setReason(event.currentTarget.value)} />
              <Button loading={save.isPending} disabled={!fresh || errors.length > 0 || (text === base.text && base.version !== '"0"')} onClick={() => save.mutate()}>Сохранить</Button>
            </Group>
          </Stack>
        </Grid.Col>
        <Grid.Col span={{ base: 12, lg: 4 }}>
          <Title order={2} size="h3" mb="xs">Параметры</Title>
          {unplaced && <Alert role="alert" mb="xs">Значение параметра {unplaced} измените в тексте: оно записано необычно.</Alert>}
          <MethodologyParameters parameters={known} onChange={setParameter} />
        </Grid.Col>
      </Grid>
    </Stack>
  );
}

/** What is wrong in the text, said as it is typed. */
function Found({ errors, fresh, error, onGo }: { errors: FieldError[]; fresh: boolean; error: unknown; onGo: (row: number) => void }) {
  if (error) return <Failure error={error} />;
  return (
    <div aria-live="polite" aria-busy={!fresh}>
      {errors.length === 0 ? (
        <Text size="sm">{fresh ? 'Ошибок нет.' : 'Проверяется…'}</Text>
      ) : (
        <Alert color="red" title={counted(errors.length, 'ошибка', 'ошибки', 'ошибок')}>
          <List size="sm" spacing={4}>
            {errors.slice(0, 20).map((one, i) => (
              <List.Item key={i}>
                {one.row !== undefined && <Anchor component="button" type="button" size="sm" onClick={() => onGo(one.row!)}>строка {one.row}</Anchor>}
                {one.row !== undefined && ': '}{one.message}
                {one.expected && <> (ожидалось: {one.expected}{one.found && <>; найдено: «{one.found}»</>})</>}
              </List.Item>
            ))}
          </List>
          {errors.length > 20 && <Text size="sm">И ещё {errors.length - 20}.</Text>}
        </Alert>
      )}
    </div>
  );
}
