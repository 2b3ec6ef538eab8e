import { Button, Card, Group, List, Select, SimpleGrid, Stack, Text, TextInput, Title } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { act } from '../api/client';
import type { Listing, Methodology, Parameter, SchoolList } from '../api/types';
import { Failure } from './states';

function isNumber(parameter: Parameter): boolean {
  return /^[\d,. ]/.test(parameter.value);
}

function Names({ title, listings }: { title: string; listings: Listing[] }) {
  return (
    <Stack gap={4}>
      <Text fw={600}>{title}: {listings.length}</Text>
      <List size="sm">{listings.map((one) => <List.Item key={one.school}>{one.school_name}</List.Item>)}</List>
    </Stack>
  );
}

/** Moves parameters and shows at once who enters and who leaves. Nothing is saved. */
export function Simulator({ methodology, list }: { methodology: Methodology; list: SchoolList }) {
  const [settings, setSettings] = useState<Record<string, string>>({});
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

  const listedIn = (one: SchoolList) => new Map(one.listings.filter((l) => l.verdict === 'listed').map((l) => [l.school, l]));
  const before = listedIn(list);
  const after = trial.data ? listedIn(trial.data) : null;
  return (
    <Card withBorder className="no-print">
      <Stack>
        <Title order={2} size="h4">Что изменится при других параметрах</Title>
        <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }}>
          {methodology.parameters.map((parameter) => isNumber(parameter) ? (
            <TextInput key={parameter.name} label={parameter.title} placeholder={parameter.value} defaultValue={parameter.value} onBlur={(event) => set(parameter, event.currentTarget.value.trim())} onKeyDown={(event) => event.key === 'Enter' && set(parameter, event.currentTarget.value.trim())} />
          ) : (
            <Select key={parameter.name} label={parameter.title} data={[...new Set([parameter.value, ...parameter.other])]} defaultValue={parameter.value} onChange={(value) => value && set(parameter, value)} allowDeselect={false} />
          ))}
        </SimpleGrid>
        {trial.error && <Failure error={trial.error} />}
        {after && !trial.error && (
          <>
            <Text aria-live="polite">В перечне сейчас {before.size}, станет {after.size}.</Text>
            <Group align="start" gap="xl">
              <Names title="Войдут" listings={[...after.values()].filter((one) => !before.has(one.school))} />
              <Names title="Выйдут" listings={[...before.values()].filter((one) => !after.has(one.school))} />
            </Group>
          </>
        )}
        <Text size="sm" c="dimmed">Перечень не меняется: здесь только проба.</Text>
        <Group><Button variant="default" size="xs" onClick={() => { setSettings({}); trial.reset(); }}>Вернуть как было</Button></Group>
      </Stack>
    </Card>
  );
}
