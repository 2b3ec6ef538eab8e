import type { EChartsCoreOption } from 'echarts/core';
import { number, percent } from '../format';

export type ChartOption = EChartsCoreOption;

/** What charts are drawn with, of light and of dark pages; shapes and patterns tell apart what colours do. */
export interface Palette {
  text: string;
  quiet: string;
  grid: string;
  background: string;
  lines: string[];
}

export const light: Palette = {
  text: '#1f2933',
  quiet: '#545d66',
  grid: '#d3d9de',
  background: '#ffffff',
  lines: ['#1a4f7f', '#b3541e', '#2f7d4f', '#7a4aa0', '#8a6d00'],
};

export const dark: Palette = {
  text: '#e3e7ea',
  quiet: '#a9b1b8',
  grid: '#454c52',
  background: '#242424',
  lines: ['#8fc0ec', '#f0a878', '#86d3a4', '#cda6ec', '#e0c65c'],
};

export const symbols = ['circle', 'diamond', 'triangle', 'rect', 'roundRect'];
export const dashes: ('solid' | 'dashed' | 'dotted')[] = ['solid', 'dashed', 'dotted'];

/** What all charts have in common. Texts of the data stay texts: nothing of them becomes markup. */
export function base(palette: Palette, patterns = false): ChartOption {
  return {
    animation: false,
    textStyle: { fontFamily: "'Golos Text Variable', system-ui, sans-serif", color: palette.text },
    color: palette.lines,
    grid: { left: 8, right: 16, top: 40, bottom: 8, containLabel: true },
    legend: { top: 0, left: 0, type: 'plain', textStyle: { color: palette.text, fontSize: 13 }, itemWidth: 26 },
    tooltip: {
      trigger: 'item',
      renderMode: 'richText',
      confine: true,
      backgroundColor: palette.background,
      borderColor: palette.quiet,
      textStyle: { color: palette.text },
    },
    aria: { enabled: true, label: { enabled: false }, decal: { show: patterns, decals: decals(palette) } },
  };
}

function decals(palette: Palette) {
  const color = palette.background === light.background ? 'rgba(255,255,255,0.65)' : 'rgba(0,0,0,0.5)';
  return [
    { symbol: 'none' },
    { symbol: 'rect', color, dashArrayX: [1, 0], dashArrayY: [2, 5], rotation: -Math.PI / 4 },
    { symbol: 'circle', color, dashArrayX: [[6, 6], [0, 6, 6, 0]], dashArrayY: [5, 0], symbolSize: 0.6 },
    { symbol: 'rect', color, dashArrayX: [1, 0], dashArrayY: [3, 6], rotation: 0 },
  ];
}

export function axis(palette: Palette, more: Record<string, unknown>): Record<string, unknown> {
  return {
    nameLocation: 'middle',
    nameTextStyle: { color: palette.quiet },
    axisLine: { show: true, lineStyle: { color: palette.quiet } },
    axisLabel: { color: palette.text, hideOverlap: true },
    splitLine: { lineStyle: { color: palette.grid } },
    ...more,
  };
}

/** An axis of shares: «20 %». */
export function shares(palette: Palette, more: Record<string, unknown> = {}): Record<string, unknown> {
  return axis(palette, {
    type: 'value',
    min: 0,
    axisLabel: { color: palette.text, hideOverlap: true, formatter: (value: number) => `${number(Math.round(value * 1000) / 10)}\u00a0%` },
    ...more,
  });
}

/** Upright whiskers from low to high; data [x, low, high]. */
export function whiskers(name: string, color: string, data: (number | string)[][], along: 'x' | 'y' = 'y') {
  return {
    type: 'custom',
    name,
    silent: true,
    z: 3,
    itemStyle: { color },
    encode: along === 'y' ? { x: 0, y: [1, 2] } : { y: 0, x: [1, 2] },
    data,
    renderItem: (_: unknown, api: any) => {
      const at = api.value(0);
      const ends = [api.value(1), api.value(2)].map((value) => api.coord(along === 'y' ? [at, value] : [value, at]));
      const [[x1, y1], [x2, y2]] = ends;
      const style = { stroke: color, lineWidth: 1.5, fill: 'none' };
      const half = 4;
      const cap = (x: number, y: number) => ({
        type: 'line',
        style,
        shape: along === 'y' ? { x1: x - half, y1: y, x2: x + half, y2: y } : { x1: x, y1: y - half, x2: x, y2: y + half },
      });
      return { type: 'group', children: [{ type: 'line', style, shape: { x1, y1, x2, y2 } }, cap(x1, y1), cap(x2, y2)] };
    },
  };
}

/** Signs of points in a legend keep their form: those of the library would be stretched to the width of an item. */
const forms: Record<string, string> = {
  diamond: 'path://M10 0L20 10L10 20L0 10z',
  triangle: 'path://M10 0L20 20H0z',
  rect: 'path://M0 0H20V20H0z',
};

const beam = 'path://M0 0h10v2h-4v16h4v2h-10v-2h4v-16h-4z';

/** A legend in which lines without points are lines, and whiskers look like whiskers. */
export function legend(palette: Palette, series: { name?: string; type?: string; symbol?: string }[]) {
  const names = new Map<string, object>();
  for (const one of series) {
    if (!one.name || names.has(one.name)) continue;
    names.set(one.name, { name: one.name, ...(one.type === 'custom' && { icon: beam }), ...(one.type === 'scatter' && { icon: forms[one.symbol ?? ''] ?? one.symbol }), ...(one.symbol === 'none' && { itemStyle: { opacity: 0 } }) });
  }
  return { top: 0, left: 0, itemWidth: 26, textStyle: { color: palette.text, fontSize: 13 }, data: [...names.values()] };
}

export function interval(low?: number, high?: number): string {
  return low === undefined || high === undefined ? '' : ` (95\u00a0% ДИ ${percent(low)} – ${percent(high)})`;
}
