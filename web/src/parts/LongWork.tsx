import { Button, Group, Progress, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { act } from '../api/client';
import type { Job } from '../api/types';

/** How far a long work is, and a way to stop it; nothing while there is none. */
export function LongWork({ job }: { job: Job | null }) {
  const [stopping, setStopping] = useState<string | null>(null);
  if (!job || (job.state !== 'waiting' && job.state !== 'running')) return null;
  const share = job.steps > 0 ? (100 * job.steps_done) / job.steps : 0;
  const stage = stopping === job.id ? 'Прерывается' : job.state === 'waiting' ? 'Ждёт своей очереди' : job.stage;
  return (
    <Stack gap={4} maw={480} className="no-print">
      <Progress value={share} aria-label={job.title} striped animated />
      <Group justify="space-between">
        <Text size="sm" aria-live="polite">{stage}</Text>
        <Button size="compact-sm" variant="default" disabled={stopping === job.id} onClick={() => { setStopping(job.id); void act('delete', '/jobs/{job}', { path: { job: job.id } }); }}>Прервать</Button>
      </Group>
    </Stack>
  );
}
