import { useEffect, useState } from 'react';
import { usePerson } from '../app/session';

/** Where this browser keeps what a person typed, apart from what others typed in it. */
export function useDraftPlace(key: string) {
  return `opora.draft.${usePerson().user}.${key}`;
}

/** Leaving with something unsent asks first. */
function useQuestionBeforeLeaving(unsent: boolean) {
  useEffect(() => {
    if (!unsent) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [unsent]);
}

/** A text that outlives a closed page: kept in this browser until it is sent. */
export function useDraft(key: string): [string, (text: string) => void, () => void] {
  const place = useDraftPlace(key);
  const [text, setText] = useState(() => localStorage.getItem(place) ?? '');
  useQuestionBeforeLeaving(text.trim() !== '');
  function change(next: string) {
    setText(next);
    if (next === '') localStorage.removeItem(place);
    else localStorage.setItem(place, next);
  }
  return [text, change, () => change('')];
}

/** The same for several fields; what the form had at first is not kept. */
export function useDraftForm<F extends Record<string, string>>(key: string, first: F): [F, (form: F) => void, () => void] {
  const place = useDraftPlace(key);
  const [typed, setTyped] = useState<Partial<F>>(() => JSON.parse(localStorage.getItem(place) ?? '{}'));
  useQuestionBeforeLeaving(Object.values(typed).some((text) => text?.trim()));
  function change(form: F) {
    const changed = Object.fromEntries(Object.entries(form).filter(([name, text]) => text !== first[name])) as Partial<F>;
    setTyped(changed);
    if (Object.keys(changed).length === 0) localStorage.removeItem(place);
    else localStorage.setItem(place, JSON.stringify(changed));
  }
  return [{ ...first, ...typed }, change, () => change(first)];
}
