import { BarChart, CustomChart, LineChart, ScatterChart } from 'echarts/charts';
import { AriaComponent, GridComponent, LegendComponent, MarkAreaComponent, MarkLineComponent, TooltipComponent } from 'echarts/components';
import { init, use, type EChartsType } from 'echarts/core';
import { LabelLayout } from 'echarts/features';
import { SVGRenderer } from 'echarts/renderers';
import { useEffect, useRef, type RefObject } from 'react';
import type { ChartOption } from './chart_options';

use([BarChart, CustomChart, LineChart, ScatterChart, AriaComponent, GridComponent, LegendComponent, MarkAreaComponent, MarkLineComponent, TooltipComponent, LabelLayout, SVGRenderer]);

const ruler = document.createElement('canvas').getContext('2d')!;
ruler.font = "13px 'Golos Text Variable', system-ui, sans-serif";
const lineOfLegend = 24;

/** What the drawing leaves for its legend, which takes more lines where there is less room. */
function roomOf(option: ChartOption, width: number): ChartOption {
  const { legend, grid, series } = option as { legend?: { data?: { name: string }[] }; grid?: { top: number }; series?: { name?: string }[] };
  if (!legend || !grid) return {};
  const names = [...new Set((legend.data ?? series ?? []).flatMap((one) => (one.name ? [one.name] : [])))];
  let lines = 1;
  let taken = 0;
  for (const name of names) {
    const item = ruler.measureText(name).width + 26 + 5 + 12;
    if (taken > 0 && taken + item > width - 12) {
      lines += 1;
      taken = 0;
    }
    taken += item;
  }
  return { grid: { top: Math.max(grid.top, lines * lineOfLegend + 28) } };
}

/** The drawing itself; loaded only where a chart is looked at. */
export default function ChartCanvas({ option, height, label, drawn }: { option: ChartOption; height: number; label: string; drawn: RefObject<EChartsType | null> }) {
  const place = useRef<HTMLDivElement>(null);
  const shown = useRef<ChartOption | null>(null);
  useEffect(() => {
    const chart = init(place.current!, null, { renderer: 'svg' });
    drawn.current = chart;
    const watcher = new ResizeObserver(() => {
      chart.resize();
      if (shown.current) chart.setOption(roomOf(shown.current, chart.getWidth()));
    });
    watcher.observe(place.current!);
    return () => {
      watcher.disconnect();
      drawn.current = null;
      chart.dispose();
    };
  }, [drawn]);
  useEffect(() => {
    const chart = drawn.current;
    if (!chart) return;
    shown.current = option;
    chart.setOption(option, { notMerge: true });
    chart.setOption(roomOf(option, chart.getWidth()));
  }, [drawn, option]);
  useEffect(() => {
    drawn.current?.resize();
  }, [drawn, height]);
  return <div ref={place} role="img" aria-label={label} style={{ width: '100%', height }} />;
}
