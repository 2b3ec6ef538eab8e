import type { ImportFile, ImportReport } from '../../api/types';
import { counted, number } from '../../format';

export const rowsWord = (count: number) => counted(count, 'строка', 'строки', 'строк');

export function size(bytes: number): string {
  if (bytes < 1024) return counted(bytes, 'байт', 'байта', 'байт');
  return bytes < 1024 * 1024 ? `${number(Math.round(bytes / 1024))}\u00a0КБ` : `${number(Math.round(bytes / 1024 / 102.4) / 10)}\u00a0МБ`;
}

/** What of a file could be stored at all. */
export const hasSomething = (file: ImportFile) => {
  const report = file.report;
  return !!report && report.added + report.changed + report.vanished > 0 && report.objection?.code !== 'file_refused';
};

export interface FileState {
  word: string;
  color: string;
  why?: string;
}

/** What to do about a file that was not understood, on this page. */
const unread: Record<string, string> = {
  kind_unknown: 'Вид файла не распознан: ни одна из первых строк не похожа на заголовки известных видов. Выберите вид сами или сравните файл с шаблоном на вкладке «Шаблоны».',
  headings_missing: 'В первых строках нет заголовков этого вида. Выберите другой вид или сравните файл с шаблоном на вкладке «Шаблоны».',
};

/** A file's state in a word, and why where the word is not enough. */
export function stateOf(file: ImportFile): FileState {
  if (file.trouble) return { word: 'не прочитан', color: 'red', why: unread[file.trouble.code] ?? told(file.trouble) };
  const report = file.report;
  if (!report) return { word: 'ещё не проверен', color: 'gray' };
  if (report.import) return { word: 'загружен', color: 'green' };
  if (report.objection?.code === 'file_refused') {
    return { word: 'не подходит', color: 'red', why: 'Похоже, это не тот файл или вид файла выбран неверно: причины — в перечне ошибок.' };
  }
  if (report.objection?.code === 'nothing_left') return { word: 'нет верных строк', color: 'red' };
  if (report.errors > 0) return { word: 'есть ошибки', color: 'orange' };
  if (report.rows === 0) return { word: 'нет строк', color: 'gray' };
  if (!hasSomething(file)) return { word: 'уже загружен', color: 'gray', why: 'Всё, что есть в файле, уже есть в базе.' };
  if (report.mass_change) return { word: 'много изменений', color: 'orange' };
  return { word: 'можно загружать', color: 'green' };
}

export const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

export function told(error: { message: string; expected?: string; found?: string }): string {
  const expected = error.expected ? ` Ожидается: ${error.expected}.` : '';
  const found = error.found ? ` Найдено: «${error.found}».` : '';
  const message = capital(error.message);
  return `${message}${/[.!?]$/.test(message) ? '' : '.'}${expected}${found}`;
}

/** «новых 12, изменится 3, исчезнет 1, без изменений 20». */
export function changesOf(report: ImportReport): string {
  const parts = [
    [report.added, 'новых'],
    [report.changed, 'изменится'],
    [report.vanished, 'исчезнет'],
    [report.unchanged, 'без изменений'],
    [report.refused, 'с ошибками'],
  ] as const;
  const met = parts.filter(([count]) => count > 0).map(([count, word]) => `${word} ${number(count)}`);
  return met.length > 0 ? met.join(', ') : 'строк с данными нет';
}
