import { Select, Stack, Text, TextInput } from '@mantine/core';
import type { Parameter } from '../api/types';

interface Properties {
  parameters: Parameter[];
  onChange: (name: string, value: string) => void;
}

/** What may be chosen instead of a number, in words. */
export const readings = (parameter: Parameter) => [
  { value: parameter.value, label: parameter.value_title },
  ...parameter.other.filter((one) => one.value !== parameter.value).map((one) => ({ value: one.value, label: one.title })),
];

const spaces = /[\s\u00a0]+/g;

/** A number as people write it, with its unit, as a methodology writes it: «25», «25,5 %», «3 года» for a value in years. */
export function numberAs(parameter: Parameter, typed: string): string {
  const text = typed.trim().replaceAll(spaces, ' ');
  if (text === parameter.value_title.replaceAll(spaces, ' ')) return parameter.value;
  const known = parameter.other.find((one) => one.title.replaceAll(spaces, ' ') === text);
  if (known) return known.value;
  const number = text.match(/^[\u2212-]?\d+(?:[,.]\d+)?/)?.[0];
  const unit = parameter.value.match(/^\S+ (.+)$/)?.[1];
  if (!number || !unit) return text;
  const rest = text.slice(number.length).trim();
  const own = parameter.value_title.replaceAll(spaces, ' ').replace(/^\S+ ?/, '');
  // Of «20 процедур» the first letters are enough: the ending follows the number.
  const same = rest === '' || rest === unit || (own !== '' && rest.slice(0, 2) === own.slice(0, 2)) || (unit === 'years' && /^(год|лет)/.test(rest));
  return same ? `${number.replace(',', '.').replace('\u2212', '-')} ${unit}` : text;
}

/** A number with its unit; what the source names beside it stands below. */
export function NumberField({ parameter, description, onSet }: { parameter: Parameter; description?: string; onSet: (value: string) => void }) {
  const take = (typed: string) => onSet(numberAs(parameter, typed));
  const also = parameter.other.length > 0 && `в источнике также ${parameter.other.map((one) => one.title).join(', ')}`;
  return (
    <TextInput
      label={parameter.title}
      description={[description, also].filter(Boolean).join('. ') || undefined}
      placeholder={parameter.value_title}
      defaultValue={parameter.value_title}
      onBlur={(event) => take(event.currentTarget.value)}
      onKeyDown={(event) => event.key === 'Enter' && take(event.currentTarget.value)}
    />
  );
}

/** The parameters of a text with the readings that its source allows. */
export function MethodologyParameters({ parameters, onChange }: Properties) {
  const change = (one: Parameter, value: string) => value !== '' && value !== one.value && onChange(one.name, value);
  const about = (one: Parameter) => [one.clause && `пункт ${one.clause}`, one.why].filter(Boolean).join('. ');
  return (
    <Stack gap="sm">
      {parameters.map((one) => one.number ? (
        <NumberField key={`${one.name} ${one.value}`} parameter={one} description={about(one)} onSet={(value) => change(one, value)} />
      ) : (
        <Select key={`${one.name} ${one.value}`} label={one.title} description={about(one)} data={readings(one)} defaultValue={one.value} allowDeselect={false} onChange={(value) => value && change(one, value)} />
      ))}
      {parameters.length === 0 && <Text size="sm">Параметры появятся, когда текст будет понят.</Text>}
    </Stack>
  );
}
