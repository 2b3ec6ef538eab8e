import { useEffect, useState } from 'react';

/** A text that outlives a closed page: kept in this browser until it is sent. Leaving with an unsent text asks first. */
export function useDraft(key: string): [string, (text: string) => void, () => void] {
  const place = `opora.draft.${key}`;
  const [text, setText] = useState(() => localStorage.getItem(place) ?? '');
  useEffect(() => {
    if (text.trim() === '') return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [text]);
  function change(next: string) {
    setText(next);
    if (next === '') localStorage.removeItem(place);
    else localStorage.setItem(place, next);
  }
  return [text, change, () => change('')];
}
