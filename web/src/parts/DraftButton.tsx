import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from 'react-router-dom';
import { act } from '../api/client';
import { may, usePerson } from '../app/session';
import { Failure } from './states';

/** Makes a draft of the list that is shown, for the person's territory, and opens it. */
export function DraftButton({ methodology, year }: { methodology: string; year: number }) {
  const person = usePerson();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const draft = useMutation({
    mutationFn: () => act('post', '/lists', { body: { methodology, year } }),
    onSuccess: async (list) => {
      queries.setQueryData(['lists', list.id], list);
      await queries.invalidateQueries({ queryKey: ['lists'], exact: true });
      navigate(`/lists/${list.id}`);
    },
  });
  if (!may(person, 'manage_lists')) return null;
  return (
    <>
      <Button onClick={() => draft.mutate()} loading={draft.isPending}>Составить проект списка</Button>
      {draft.error && <Failure error={draft.error} />}
    </>
  );
}
