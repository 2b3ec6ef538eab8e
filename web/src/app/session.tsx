import { useQuery, useQueryClient } from '@tanstack/react-query';
import { createContext, useContext, type ReactNode } from 'react';
import { Problem, read, setCsrfToken } from '../api/client';
import type { Permission, Person } from '../api/types';

const SessionContext = createContext<Person | null>(null);

/** Who is at work; null while nobody came in. */
export function useSession() {
  const { data, isPending, error } = useQuery({
    queryKey: ['session'],
    queryFn: async () => {
      try {
        const person = await read('/session', {});
        setCsrfToken(person.csrf_token);
        return person;
      } catch (problem) {
        if (problem instanceof Problem && problem.status === 401) return null;
        throw problem;
      }
    },
  });
  return { person: data ?? null, pending: isPending, error };
}

/** To be called with the answer of a login, and with null after leaving. */
export function useSessionChange() {
  const queries = useQueryClient();
  return (person: Person | null) => {
    if (person) setCsrfToken(person.csrf_token);
    // What one person saw is not another's; the session itself is being watched and stays.
    queries.removeQueries({ predicate: (query) => query.queryKey[0] !== 'session' });
    queries.setQueryData(['session'], person);
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
