import { Anchor, Box, Group, Loader, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router-dom';
import { read } from '../api/client';
import type { ExplainedListing, MethodologyHead } from '../api/types';
import { sentence } from '../format';
import { Failure } from './states';
import { reliabilityText, VerdictBadge } from './verdicts';

/** A methodology that judges teachers: how many of them are listed. */
function OfTeachers({ listings }: { listings: ExplainedListing[] }) {
  const count = (verdict: string) => listings.filter((one) => one.verdict === verdict).length;
  const unknown = count('unknown');
  return <Text size="sm">Педагогов в перечне {count('listed')} из {listings.length}{unknown > 0 && `; недостаточно данных ${unknown}`}</Text>;
}

/** «пограничная (34,0 %)» where it was computed; what a missing answer lacks is in the sentence. */
function OfSchool({ one }: { one: ExplainedListing }) {
  const probable = one.probability === undefined ? '' : reliabilityText(one);
  return (
    <>
      <Group gap="xs"><VerdictBadge listing={one} />{probable && <Text size="sm">{probable}</Text>}</Group>
      <Text size="sm" c="dimmed">{one.summary}</Text>
    </>
  );
}

function Verdict({ methodology, school, year, ready }: { methodology: MethodologyHead; school: string; year: string; ready: boolean }) {
  const { data, error } = useQuery({
    queryKey: ['explanation', methodology.id, school, year],
    queryFn: () => read('/methodologies/{methodology}/schools/{school}', { path: { methodology: methodology.id, school }, query: { year: Number(year) } }),
    enabled: ready,
  });
  const first = data?.listings[0];
  return (
    <Box component="li" className="verdict">
      <Anchor component={Link} to={`/identification/${methodology.id}/${encodeURIComponent(school)}?year=${year}`}>{methodology.title}</Anchor>
      {error ? <Failure error={error} /> : !data ? <Loader size="xs" role="status" aria-label="Загрузка" /> : !first ? (
        <Text size="sm" c="dimmed">{sentence(data.reason ?? '')}</Text>
      ) : first.teacher ? <OfTeachers listings={data.listings} /> : <OfSchool one={first} />}
    </Box>
  );
}

/** What each methodology concludes about the school; asked for when the rest of the page is there. */
export function SchoolVerdicts({ methodologies, school, year, ready }: { methodologies: MethodologyHead[]; school: string; year: string; ready: boolean }) {
  return (
    <Stack component="ul" gap={0} className="verdicts">
      {methodologies.map((one) => <Verdict key={one.id} methodology={one} school={school} year={year} ready={ready && year !== ''} />)}
    </Stack>
  );
}
