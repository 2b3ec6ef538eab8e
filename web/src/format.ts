const percentFormat = new Intl.NumberFormat('ru-RU', { style: 'percent', minimumFractionDigits: 1, maximumFractionDigits: 1 });
const numberFormat = new Intl.NumberFormat('ru-RU', { maximumFractionDigits: 2 });
const decimalFormat = new Intl.NumberFormat('ru-RU', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
const minus = (text: string) => text.replace(/^-/, '\u2212');
const plurals = new Intl.PluralRules('ru-RU');

/** 0.317 -> «31,7 %». */
export const percent = (share: number) => percentFormat.format(share);

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
