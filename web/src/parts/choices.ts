import { useQuery } from '@tanstack/react-query';
import { useSearchParams } from 'react-router-dom';
import { read } from '../api/client';

export const useTerritories = () =>
  useQuery({ queryKey: ['territories'], queryFn: () => read('/territories', {}) });

export const useMethodologies = () =>
  useQuery({
    queryKey: ['methodologies'],
    queryFn: async () => (await read('/methodologies', {})).methodologies,
  });

/** The title of a methodology; its code where it is known no more. */
export function useMethodologyTitle(): (id: string) => string {
  const { data } = useMethodologies();
  return (id) => data?.find((one) => one.id === id)?.title ?? id;
}

/** What was chosen on a page lives in its address: it can be saved, sent and gone back to. */
export function useChoice(name: string, usual: string): [string, (value: string) => void] {
  const [parameters, setParameters] = useSearchParams();
  const set = (value: string) =>
    setParameters((current) => {
      const next = new URLSearchParams(current);
      if (value === usual || value === '') next.delete(name);
      else next.set(name, value);
      return next;
    }, { replace: true });
  return [parameters.get(name) ?? usual, set];
}
