import { Anchor, Stack, Text } from '@mantine/core';
import { Link } from 'react-router-dom';
import { counted, decimal, percent } from '../format';
import { DataTable, useTable } from '../parts/DataTable';

interface More {
  reason: string;
  hidden: number;
  comparison?: { own: number; mean: number; comparable: number; difference: number; low: number; high: number; lower_share: number };
}

function words(one: NonNullable<More['comparison']>): string {
  const verdict = one.low > 0 ? 'выше, чем в похожих школах' : one.high < 0 ? 'ниже, чем в похожих школах' : 'такой же, как в похожих школах: разница не больше случайной';
  return `Результат ${decimal(one.own)}, в похожих школах в среднем ${decimal(one.mean)}: разница ${decimal(one.difference)} (95\u00a0% ДИ ${decimal(one.low)} … ${decimal(one.high)}). Результат ${verdict}. Ниже него результат ${percent(one.lower_share)} похожих школ.`;
}

/** The schools nearest by conditions, and the result beside theirs. */
export function ComparableSchools({ school, year }: { school: string; year: string }) {
  const path = `/schools/${encodeURIComponent(school)}/comparable`;
  const { data } = useTable<More>(path, { year });
  return (
    <Stack gap="sm">
      {data?.comparison && <Text size="sm">{words(data.comparison)}</Text>}
      {data?.reason && <Text size="sm">{data.reason[0]!.toUpperCase() + data.reason.slice(1)}.</Text>}
      {data && data.hidden > 0 && <Text size="sm">{counted(data.hidden, 'школа', 'школы', 'школ')} других учреждений здесь не названы: вам видна только ваша территория.</Text>}
      {data && data.rows.length > 0 && (
        <DataTable path={path} fields={{ year }} sortName="comparable" cells={{ school_name: (row) => <Anchor component={Link} to={`/schools/${encodeURIComponent(String(row.school))}?year=${year}`}>{row.school_name}</Anchor> }} forms={['школа', 'школы', 'школ']} empty="Похожих школ нет." />
      )}
      <Text size="sm" c="dimmed">Похожие — ближайшие по условиям (социальный паспорт, размер, место), но не по результатам. Результат — в стандартных отклонениях учеников: 0 — средний по всем школам.</Text>
    </Stack>
  );
}
