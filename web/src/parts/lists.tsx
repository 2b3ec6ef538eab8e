import { Alert, List, Text, VisuallyHidden } from '@mantine/core';
import { useMutation, useMutationState, useQuery, useQueryClient } from '@tanstack/react-query';
import { Problem, read } from '../api/client';
import type { ListDossier, ListHead, ListStage } from '../api/types';
import { day } from '../format';
import { Failure } from './states';

export const useLists = () => useQuery({ queryKey: ['lists'], queryFn: async () => (await read('/lists', {})).lists });

export const useList = (list: string) =>
  useQuery({ queryKey: ['lists', list], queryFn: () => read('/lists/{list}', { path: { list } }) });

/** What a change names as seen. */
export const seen = (list: ListDossier) => `"${list.edition}"`;

/**
 * A change of a list: its answer is the list as it is now; a refusal because of another's change reads it anew.
 * What was refused is not told of any more once a later change of the list succeeded.
 */
export function useListChange<V>(list: string, change: (values: V) => Promise<ListDossier>) {
  const queries = useQueryClient();
  const mutationKey = ['change of list', list];
  const done = useMutationState({ filters: { mutationKey, status: 'success' }, select: (one) => one.state.submittedAt });
  const made = useMutation({
    mutationKey,
    mutationFn: change,
    gcTime: Infinity,
    onSuccess: async (now) => {
      queries.setQueryData(['lists', list], now);
      await queries.invalidateQueries({ queryKey: ['lists'], exact: true });
    },
    onError: async (error) => {
      if (error instanceof Problem && (error.status === 412 || error.status === 409)) await queries.invalidateQueries({ queryKey: ['lists'] });
    },
  });
  return { ...made, error: done.some((at) => at > made.submittedAt) ? null : made.error };
}

/** Why a change was refused; after another's change what that other person did. */
export function ChangeFailure({ error }: { error: unknown }) {
  if (!(error instanceof Problem) || error.status !== 412) return <Failure error={error} />;
  return (
    <Alert color="orange" variant="light" title={error.title} role="alert">
      <Text size="sm">Ваше действие не выполнено. Пока страница была открыта:</Text>
      <List size="sm">{error.errors.map((one, i) => <List.Item key={i}>{one.message}</List.Item>)}</List>
      <Text size="sm">Ниже перечень уже с этими изменениями. Посмотрите их и повторите действие.</Text>
    </Alert>
  );
}

const steps: { stages: ListStage[]; title: string }[] = [
  { stages: ['draft'], title: 'Проект' },
  { stages: ['preliminary'], title: 'Ознакомление и возражения' },
  { stages: ['decided'], title: 'Возражения рассмотрены' },
  { stages: ['approved'], title: 'Утверждён приказом' },
  { stages: ['replaced'], title: 'Заменён новым' },
];

/** Where the list is on its way. */
export function Stages({ list }: { list: ListHead }) {
  const now = steps.findIndex((one) => one.stages.includes(list.stage));
  const note = (i: number) => {
    if (i === 1 && list.appeals_until) return `возражения по ${day(list.appeals_until)}`;
    if (i === 3 && list.order_number) return `№ ${list.order_number} от ${day(list.order_date ?? '')}`;
    if (i === 4 && list.replaced_by) return `перечень № ${list.replaced_by}`;
    return '';
  };
  if (list.stage === 'discarded') return <Text c="dimmed">Проект удалён.</Text>;
  return (
    <ol className="steps" aria-label="Путь перечня">
      {steps.map((one, i) => (
        <li key={one.title} data-done={i < now || undefined} aria-current={i === now ? 'step' : undefined}>
          <Text size="sm" inherit={false} fw={i === now ? 600 : 400}>{i + 1}. {one.title}{i < now && <VisuallyHidden> (пройдено)</VisuallyHidden>}</Text>
          {note(i) && <Text size="xs" c="dimmed">{note(i)}</Text>}
        </li>
      ))}
    </ol>
  );
}
