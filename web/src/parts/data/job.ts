import { useEffect, useState } from 'react';
import type { Job } from '../../api/types';

export const ended = (job: Job) => job.state !== 'waiting' && job.state !== 'running';

/** A long work as it goes on; `onEnd` is called once, also when nothing is known of the work any more. */
export function useJob(id: string | undefined, onEnd: () => void): Job | null {
  const [job, setJob] = useState<Job | null>(null);
  useEffect(() => {
    setJob(null);
    if (!id) return;
    const events = new EventSource(`/api/v1/jobs/${id}/events`);
    events.addEventListener('job', (event) => {
      const now: Job = JSON.parse(event.data);
      setJob(now);
      if (!ended(now)) return;
      events.close(); // Otherwise the browser would ask again.
      onEnd();
    });
    events.onerror = () => {
      if (events.readyState === EventSource.CLOSED) onEnd();
    };
    return () => events.close();
  }, [id]);
  return job;
}
