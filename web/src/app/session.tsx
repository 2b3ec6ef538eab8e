import { useQuery, useQueryClient, type QueryClient } from '@tanstack/react-query';
import { createContext, useContext, useEffect, type ReactNode } from 'react';
import { act, onSessionEnd, Problem, read, setCsrfToken } from '../api/client';
import type { Permission, Person } from '../api/types';

const SessionContext = createContext<Person | null>(null);

/** Who is at work in this tab. */
interface Presence {
  person: Person | null;
  ended: Person | null; // Whose session ended while the page was open; what was typed there is kept.
  since: number; // When the server told it, by the clock of the browser.
}

const key = ['session'];
const presence = (queries: QueryClient) => queries.getQueryData<Presence>(key);
const nobody = (queries: QueryClient): Presence => ({ person: null, ended: presence(queries)?.person ?? presence(queries)?.ended ?? null, since: Date.now() });
const here = (person: Person): Presence => ({ person, ended: null, since: Date.now() });

/** Those who wait until somebody comes in again. */
const waiting: ((same: boolean) => void)[] = [];

/** Who is at work; null while nobody came in. */
export function useSession() {
  const queries = useQueryClient();
  useEffect(() => {
    onSessionEnd(() => {
      queries.setQueryData(key, nobody(queries));
      return new Promise((back) => waiting.push(back));
    });
  }, [queries]);
  const { data, isPending, error } = useQuery({
    queryKey: key,
    queryFn: async () => {
      try {
        const person = await read('/session', {});
        setCsrfToken(person.csrf_token);
        return here(person);
      } catch (problem) {
        if (problem instanceof Problem && problem.status === 401) return nobody(queries);
        throw problem;
      }
    },
  });
  return { person: data?.person ?? null, ended: data?.ended ?? null, since: data?.since ?? 0, pending: isPending, error: data ? null : error };
}

/** To be called with the answer of a login, and with null after leaving. */
export function useSessionChange() {
  const queries = useQueryClient();
  return (person: Person | null) => {
    const same = person !== null && presence(queries)?.ended?.user === person.user;
    if (person) setCsrfToken(person.csrf_token);
    // What one person saw is not another's; the session itself is being watched and stays.
    if (!same) queries.removeQueries({ predicate: (query) => query.queryKey[0] !== 'session' });
    queries.setQueryData(key, person ? here(person) : { person: null, ended: null, since: Date.now() });
    waiting.splice(0).forEach((back) => back(same));
  };
}

export function useLeave() {
  const changed = useSessionChange();
  return async () => {
    try {
      await act('delete', '/session', {});
    } catch (problem) {
      if (!(problem instanceof Problem) || problem.status !== 401) throw problem; // Somebody whom nobody knows has left.
    }
    changed(null);
  };
}

export function SessionProvider({ person, children }: { person: Person; children: ReactNode }) {
  return <SessionContext value={person}>{children}</SessionContext>;
}

export function usePerson(): Person {
  const person = useContext(SessionContext);
  if (!person) throw new Error('a page outside of a session');
  return person;
}

export const may = (person: Person, permission: Permission) => person.permissions.includes(permission);
