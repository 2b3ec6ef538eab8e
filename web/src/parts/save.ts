import type { EChartsType } from 'echarts/core';
import type { Cell, Column } from './table';

function today(): string {
  return new Date().toLocaleDateString('ru-RU');
}

function save(blob: Blob, name: string, ending: string) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = `${name.replace(/[\\/:*?"<>|]/g, '_')}, ${today()}.${ending}`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

function svgOf(chart: EChartsType, background: string): string {
  const svg = chart.renderToSVGString();
  return svg.replace(/(<svg[^>]*>)/, `$1<rect width="100%" height="100%" fill="${background}"/>`);
}

export function saveSvg(chart: EChartsType, name: string, background: string) {
  save(new Blob([svgOf(chart, background)], { type: 'image/svg+xml' }), name, 'svg');
}

/** Twice as many points as on the screen, for print. */
export function savePng(chart: EChartsType, name: string, background: string) {
  const image = new Image();
  image.onload = () => {
    const canvas = document.createElement('canvas');
    canvas.width = chart.getWidth() * 2;
    canvas.height = chart.getHeight() * 2;
    canvas.getContext('2d')!.drawImage(image, 0, 0, canvas.width, canvas.height);
    URL.revokeObjectURL(image.src);
    canvas.toBlob((blob) => blob && save(blob, name, 'png'));
  };
  image.src = URL.createObjectURL(new Blob([svgOf(chart, background)], { type: 'image/svg+xml' }));
}

/** As spreadsheets of people expect it: semicolons, comma of decimals; no cell becomes a formula. */
function csvCell(cell: Cell): string {
  if (cell === undefined) return '';
  if (typeof cell === 'boolean') return cell ? 'да' : 'нет';
  if (typeof cell === 'number') return String(cell).replace('.', ',');
  const text = /^\s*[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
  return /[;"\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

export function saveCsv(columns: Column[], rows: Cell[][], name: string) {
  const lines = [columns.map((one) => csvCell(one.title)), ...rows.map((row) => row.map(csvCell))];
  save(new Blob(['\ufeff' + lines.map((line) => line.join(';')).join('\r\n') + '\r\n'], { type: 'text/csv' }), name, 'csv');
}
