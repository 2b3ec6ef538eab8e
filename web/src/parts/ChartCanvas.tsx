import { BarChart, CustomChart, LineChart, ScatterChart } from 'echarts/charts';
import { AriaComponent, GridComponent, LegendComponent, MarkAreaComponent, MarkLineComponent, TooltipComponent } from 'echarts/components';
import { init, use, type EChartsType } from 'echarts/core';
import { LabelLayout } from 'echarts/features';
import { SVGRenderer } from 'echarts/renderers';
import { useEffect, useRef, type RefObject } from 'react';
import type { ChartOption } from './chart_options';

use([BarChart, CustomChart, LineChart, ScatterChart, AriaComponent, GridComponent, LegendComponent, MarkAreaComponent, MarkLineComponent, TooltipComponent, LabelLayout, SVGRenderer]);

/** The drawing itself; loaded only where a chart is looked at. */
export default function ChartCanvas({ option, height, label, drawn }: { option: ChartOption; height: number; label: string; drawn: RefObject<EChartsType | null> }) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const chart = init(place.current!, null, { renderer: 'svg' });
    drawn.current = chart;
    const watcher = new ResizeObserver(() => chart.resize());
    watcher.observe(place.current!);
    return () => {
      watcher.disconnect();
      drawn.current = null;
      chart.dispose();
    };
  }, [drawn]);
  useEffect(() => {
    drawn.current?.setOption(option, { notMerge: true });
  }, [drawn, option]);
  useEffect(() => {
    drawn.current?.resize();
  }, [drawn, height]);
  return <div ref={place} role="img" aria-label={label} style={{ width: '100%', height }} />;
}
