import { Select, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useCallback } from 'react';
import { read, type AnswerOf } from '../api/client';
import { counted } from '../format';
import { axis, base, type Palette } from '../parts/chart_options';
import { Chart } from '../parts/Chart';
import { useChoice } from '../parts/choices';
import { fileAddress } from '../parts/DataTable';
import { Empty, Failure, Waiting } from '../parts/states';

type Work = AnswerOf<'/schools/{school}/scores'>['works'][number];

/** Which part of the marks a score belongs to: 0 below the first border. */
const bandOf = (work: Work, score: number) => work.borders.filter((one) => score >= one.score).length;

function bandTitles(work: Work): string[] {
  if (work.borders.length === 0) return ['Ученики'];
  if (work.borders.length === 1) return ['Ниже границы', 'На границе и выше'];
  return ['Отметка «2»', ...work.borders.map((one) => one.title.replace('отметка', 'Отметка'))];
}

/** How many pupils have each score, with the official borders of marks. */
export function ScoreHistogram({ school, name, year }: { school: string; name: string; year: string }) {
  const path = `/schools/${encodeURIComponent(school)}/scores`;
  const { data, error } = useQuery({
    queryKey: ['scores', school, year],
    queryFn: async () => (await read('/schools/{school}/scores', { path: { school }, query: { year: Number(year) } })).works,
  });
  const [chosen, setWork] = useChoice('scores', '');
  const work = data?.find((one) => one.work === chosen) ?? data?.[0];
  const draw = useCallback((palette: Palette, narrow: boolean) => {
    if (!work) return {};
    const titles = bandTitles(work);
    const steps = narrow ? [8, 16, 40] : [14, 28, 64];
    const step = [1, 2, 5][steps.findIndex((most) => work.counts.length <= most)] ?? 10;
    const marks = work.counts.map((_, score) => score).filter((score) => score % step === 0);
    return {
      ...base(palette, true),
      grid: { left: 8, right: 16, top: 76, bottom: 28, containLabel: true },
      xAxis: axis(palette, { type: 'value', name: 'Балл', nameGap: 24, min: -1, max: work.counts.length, splitLine: { show: false }, axisTick: { customValues: marks }, axisLabel: { color: palette.text, hideOverlap: true, customValues: marks } }),
      yAxis: axis(palette, { type: 'value', minInterval: 1 }),
      series: titles.map((title, band) => ({
        type: 'bar', name: title, stack: 'scores', barWidth: '86%',
        data: work.counts.map((pupils, score) => [score, bandOf(work, score) === band ? pupils : 0]),
        itemStyle: { borderColor: palette.text, borderWidth: 0.5 },
        tooltip: { formatter: ({ value }: { value: number[] }) => `${counted(value[0]!, 'балл', 'балла', 'баллов')}: ${counted(value[1]!, 'ученик', 'ученика', 'учеников')}` },
        ...(band === 0 && {
          markLine: {
            silent: true, symbol: 'none', lineStyle: { color: palette.text, type: 'dashed' },
            data: work.borders.map((one) => ({ xAxis: one.score - 0.5, label: { color: palette.text, formatter: `${one.score}` } })),
          },
        }),
      })),
    };
  }, [work]);
  if (error) return <Failure error={error} />;
  if (!data) return <Waiting />;
  if (!work) return <Empty>Баллов за этот год нет: загружены только отметки или сводные формы.</Empty>;
  const pupils = work.counts.reduce((sum, one) => sum + one, 0);
  const borders = work.borders.map((one) => `${one.title} — с ${one.score}`).join(', ');
  return (
    <Stack>
      <Select label="Работа" data={data.map((one) => ({ value: one.work, label: one.procedure }))} value={work.work} onChange={(value) => value && setWork(value)} allowDeselect={false} searchable className="no-print" />
      <Chart
        title={`Распределение баллов: ${work.procedure}`}
        description={`${name}. ${work.procedure}: ${counted(pupils, 'ученик', 'ученика', 'учеников')} по баллам от 0 до ${work.counts.length - 1}.${borders && ` Границы: ${borders}.`}`}
        note={borders ? `Границы (${work.borders_of}): ${borders}.` : 'Официальные границы отметок для этой работы неизвестны.'}
        table={{ columns: [{ code: 'score', title: 'Балл', style: 'whole' }, { code: 'pupils', title: 'Учеников', style: 'whole' }], rows: work.counts.map((one, score) => [score, one]) }}
        draw={draw}
        workbook={fileAddress(path, { year }, 'xlsx')}
      />
    </Stack>
  );
}
