import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useNavigate } from 'react-router-dom';
import { actLong } from '../api/client';
import type { Job } from '../api/types';
import { may, usePerson } from '../app/session';
import { LongWork } from './LongWork';
import { Failure } from './states';

/** Makes a draft of the list that is shown, for the person's territory, and opens it. */
export function DraftButton({ methodology, year }: { methodology: string; year: number }) {
  const person = usePerson();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [job, setJob] = useState<Job | null>(null);
  const draft = useMutation({
    mutationFn: () => actLong('post', '/lists', { body: { methodology, year } }, setJob),
    onSuccess: async (list) => {
      queries.setQueryData(['lists', list.id], list);
      await queries.invalidateQueries({ queryKey: ['lists'], exact: true });
      navigate(`/lists/${list.id}`);
    },
  });
  if (!may(person, 'manage_lists')) return null;
  return (
    <>
      <Button onClick={() => draft.mutate()} loading={draft.isPending}>Составить проект перечня</Button>
      {draft.isPending && <LongWork job={job} />}
      {draft.error && <Failure error={draft.error} />}
    </>
  );
}
