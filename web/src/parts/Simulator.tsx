import { Button, Card, Group, List, Select, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { act } from '../api/client';
import type { Listing, Methodology, Parameter, SchoolList } from '../api/types';
import { NumberField, readings } from './MethodologyParameters';
import { Failure } from './states';

/** Who is meant: a school, or a teacher of it. */
const who = (one: Listing) => one.school + (one.teacher ?? '');

/** One column of the changes; its sign says what the colour says. */
function Column({ sign, title, color, listings }: { sign: string; title: string; color: string; listings: Listing[] }) {
  return (
    <div style={{ borderTop: `4px solid var(--mantine-color-${color}-6)`, paddingTop: 8 }}>
      <Text fw={600}><span aria-hidden>{sign} </span>{title}: {listings.length}</Text>
      {listings.length === 0 ? <Text size="sm" c="dimmed">Никто</Text> : (
        <List size="sm">{listings.map((one) => <List.Item key={who(one)}>{one.school_name}{one.teacher && `, педагог ${one.teacher}`}</List.Item>)}</List>
      )}
    </div>
  );
}

/** Moves parameters and shows at once who enters and who leaves. Nothing is saved. */
export function Simulator({ methodology, list }: { methodology: Methodology; list: SchoolList }) {
  const [settings, setSettings] = useState<Record<string, string>>({});
  const [round, setRound] = useState(0); // The fields begin anew with the values of the methodology.
  const trial = useMutation({
    mutationFn: (chosen: Record<string, string>) =>
      act('post', '/methodologies/{methodology}/trials', { path: { methodology: methodology.id }, query: { year: list.year }, body: { settings: chosen } }),
  });

  function set(parameter: Parameter, value: string) {
    const next = { ...settings, [parameter.name]: value };
    if (value === parameter.value || value === '') delete next[parameter.name];
    setSettings(next);
    trial.mutate(next);
  }

  const listedIn = (one: SchoolList) => new Map(one.listings.filter((l) => l.verdict === 'listed').map((l) => [who(l), l]));
  const before = listedIn(list);
  const after = trial.data ? listedIn(trial.data) : null;
  return (
    <Card withBorder className="no-print">
      <Stack>
        <Title order={2} size="h4">Что изменится при других параметрах</Title>
        <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }} style={{ alignItems: 'end' }}>
          {methodology.parameters.map((parameter) => parameter.number ? (
            <NumberField key={`${parameter.name} ${round}`} parameter={parameter} onSet={(value) => set(parameter, value)} />
          ) : (
            <Select key={`${parameter.name} ${round}`} label={parameter.title} data={readings(parameter)} defaultValue={parameter.value} onChange={(value) => value && set(parameter, value)} allowDeselect={false} />
          ))}
        </SimpleGrid>
        {trial.error && <Failure error={trial.error} />}
        {after && !trial.error && (
          <>
            <Text aria-live="polite">В перечне сейчас {before.size}, станет {after.size}.</Text>
            <SimpleGrid cols={{ base: 1, sm: 3 }}>
              <Column sign="→" title="Войдут" color="red" listings={[...after.values()].filter((one) => !before.has(who(one)))} />
              <Column sign="=" title="Останутся" color="gray" listings={[...after.values()].filter((one) => before.has(who(one)))} />
              <Column sign="←" title="Выйдут" color="teal" listings={[...before.values()].filter((one) => !after.has(who(one)))} />
            </SimpleGrid>
          </>
        )}
        <Text size="sm" c="dimmed">Перечень не меняется: здесь только проба.</Text>
        <Group><Button variant="default" size="xs" onClick={() => { setSettings({}); setRound(round + 1); trial.reset(); }}>Вернуть как было</Button></Group>
      </Stack>
    </Card>
  );
}
