import { Anchor, Breadcrumbs, Button, Card, Group, SegmentedControl, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams, useSearchParams } from 'react-router-dom';
import { read } from '../api/client';
import type { DerivationNode, ExplainedListing, ExplainedRule } from '../api/types';
import { sentence } from '../format';
import { useChoice } from '../parts/choices';
import { DerivationTree } from '../parts/DerivationTree';
import { Failure, Waiting } from '../parts/states';
import { VerdictBadge } from '../parts/verdicts';

/** A rule that concerns the school as the top of its tree; its sentence says the outcome already. */
const treeOf = (rule: ExplainedRule): DerivationNode => ({ text: rule.text, outcome: rule.outcome, ...(rule.tree && { parts: [rule.tree] }) });

function Reasons({ one }: { one: ExplainedListing }) {
  const concerned = one.rules.filter((rule) => rule.outcome !== 'not_applicable');
  const others = one.rules.filter((rule) => rule.outcome === 'not_applicable');
  return (
    <Stack gap="sm">
      <Text fw={600}>{one.summary}</Text>
      {one.notes.map((note) => <Text key={note} size="sm">Примечание: {note}.</Text>)}
      {one.reliability_text && <Text size="sm">{one.reliability_text}</Text>}
      <DerivationTree nodes={concerned.map(treeOf)} school={one.school} />
      {others.length > 0 && <Text size="sm" c="dimmed">Не применяются к этой школе: {others.map((rule) => rule.text.replace(/: [^:]*$/, '')).join('; ')}.</Text>}
    </Stack>
  );
}

/** Why a school stands where it stands, down to the rows of the source files. */
export default function ExplanationPage() {
  const { methodology = '', school = '' } = useParams();
  const year = useSearchParams()[0].get('year') ?? '';
  const [form, setForm] = useChoice('form', 'tree');
  const { data, error } = useQuery({
    queryKey: ['explanation', methodology, school, year],
    queryFn: () => read('/methodologies/{methodology}/schools/{school}', { path: { methodology, school }, query: year ? { year: Number(year) } : {} }),
  });
  if (error) return <Failure error={error} />;
  if (!data) return <Waiting />;
  return (
    <Stack maw={1000}>
      <Breadcrumbs className="no-print">
        <Anchor component={Link} to={`/identification?methodology=${methodology}&year=${data.year}`}>Выявление</Anchor>
        <Text>Обоснование</Text>
      </Breadcrumbs>
      <Group justify="space-between">
        <Title order={1} size="h2">{data.listings[0]?.school_name ?? 'Обоснование'}</Title>
        <Group gap="xs" className="no-print">
          <SegmentedControl size="xs" aria-label="Вид обоснования" value={form} onChange={setForm} data={[{ value: 'tree', label: 'По шагам' }, { value: 'text', label: 'Текстом' }]} />
          <Button size="xs" variant="default" onClick={() => window.print()}>Печать</Button>
        </Group>
      </Group>
      {data.reason && <Text>{sentence(data.reason)}</Text>}
      {data.listings.map((one) => (
        <Card key={one.teacher ?? one.school} withBorder>
          <Stack gap="sm">
            <Group><VerdictBadge listing={one} /><Text size="sm">{data.year_title} учебный год{one.teacher ? `, педагог ${one.teacher}` : ''}</Text></Group>
            {form === 'tree' ? <Reasons one={one} /> : <p className="derivation">{one.text}</p>}
          </Stack>
        </Card>
      ))}
      <Text size="xs" c="dimmed">{data.methodology_text}</Text>
      <Anchor component={Link} to={`/schools/${encodeURIComponent(school)}?year=${data.year}`} className="no-print">Страница школы</Anchor>
    </Stack>
  );
}
