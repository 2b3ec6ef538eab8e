import { Badge } from '@mantine/core';
import type { Listing, Reliability, Verdict } from '../api/types';
import { counted, percent } from '../format';

const colors: Record<Verdict, string> = {
  listed: 'red.9',
  watch: 'orange',
  not_listed: 'gray',
  unknown: 'blue',
  excluded: 'gray',
};

const words: Record<Reliability, string> = {
  sure: 'выявлена уверенно',
  unsure: 'выявлена, ненадёжно',
  borderline: 'пограничная',
  none: 'не выявлена',
  no_data: 'нет данных',
};

export function VerdictBadge({ listing }: { listing: Pick<Listing, 'verdict' | 'verdict_title'> }) {
  return (
    <Badge color={colors[listing.verdict]} variant={listing.verdict === 'listed' ? 'filled' : 'light'} tt="none" miw="max-content">
      {listing.verdict_title}
    </Badge>
  );
}

/** Some methodologies judge teachers, not schools. */
export const ofTeachers = (listings: { teacher?: string }[]) => listings.some((one) => one.teacher);

/** «5 школ» or «5 педагогов»: what the methodology judges. */
export const judged = (count: number, teachers: boolean) =>
  teachers ? counted(count, 'педагог', 'педагога', 'педагогов') : counted(count, 'школа', 'школы', 'школ');

/** Never the number alone: what it means stands beside it. */
export function reliabilityText(listing: Listing): string {
  if (listing.reliability === 'no_data') return words.no_data;
  if (listing.probability === undefined) return '—';
  return `${words[listing.reliability]} (${percent(listing.probability)})`;
}
