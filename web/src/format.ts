const percentFormat = new Intl.NumberFormat('ru-RU', { style: 'percent', minimumFractionDigits: 1, maximumFractionDigits: 1 });
const numberFormat = new Intl.NumberFormat('ru-RU', { maximumFractionDigits: 2 });
const decimalFormat = new Intl.NumberFormat('ru-RU', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
/** A minus as it is printed; what is rounded to nothing has none. */
const minus = (text: string) => text.replace(/^-(?=[0,]+(\D|$))(?!.*[1-9])/, '').replace(/^-/, '\u2212');
const plurals = new Intl.PluralRules('ru-RU');

/** 0.317 -> «31,7 %». */
export const percent = (share: number) => minus(percentFormat.format(share));

export const number = (value: number) => minus(numberFormat.format(value));

/** A measured number with its two decimals, so that columns stand under each other. */
export const decimal = (value: number) => minus(decimalFormat.format(value));

/** «21 школа», «3 школы», «5 школ». */
export function counted(count: number, one: string, few: string, many: string): string {
  const form = plurals.select(count);
  return `${number(count)}\u00a0${form === 'one' ? one : form === 'few' ? few : many}`;
}

/** A value with its unit, as tables show it. */
export function measured(value: number, unit: string): string {
  return unit === 'share' || unit === 'points' ? percent(value) : number(value);
}

const dayFormat = new Intl.DateTimeFormat('ru-RU', { day: '2-digit', month: '2-digit', year: 'numeric' });
const momentFormat = new Intl.DateTimeFormat('ru-RU', { day: '2-digit', month: '2-digit', year: 'numeric', hour: '2-digit', minute: '2-digit' });

/** «2024-11-25» -> «25.11.2024»: a day is the same everywhere. */
export const day = (iso: string) => dayFormat.format(new Date(`${iso.slice(0, 10)}T12:00:00`));

/** A time of the server, ISO 8601 or seconds since 1970, by the clock on the wall. */
export const moment = (time: string | number) => momentFormat.format(new Date(typeof time === 'number' ? time * 1000 : time));

/** «1,2 МБ». */
export function size(bytes: number): string {
  if (bytes < 1024) return `${number(bytes)}\u00a0Б`;
  return bytes < 1024 * 1024 ? `${number(Math.round(bytes / 102.4) / 10)}\u00a0КБ` : `${number(Math.round(bytes / 104857.6) / 10)}\u00a0МБ`;
}

/** «Причина, которую назвал сервер.» */
export const sentence = (text: string) => (text === '' ? '' : `${text[0]!.toUpperCase()}${text.slice(1)}${/[.!?]$/.test(text) ? '' : '.'}`);

/** «Населённый пункт: 0 село, 1 посёлок, 2 город»: the title and the words of its numbers. */
export function coded(title: string): { title: string; words: Record<string, string> } {
  const found = title.match(/^(.+): (\d [^,:]+(?:, \d [^,:]+)+)$/);
  if (!found) return { title, words: {} };
  return { title: found[1]!, words: Object.fromEntries(found[2]!.split(', ').map((one) => [one.slice(0, 1), one.slice(2)])) };
}

/** «Математика» inside of a phrase: «математика»; «ОБЖ» stays. */
export const inPhrase = (word: string) => (/^\p{Lu}\p{Lu}/u.test(word) ? word : word.charAt(0).toLowerCase() + word.slice(1));
