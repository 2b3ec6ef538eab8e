import { Autocomplete, Stack, Text } from '@mantine/core';
import type { Parameter } from '../api/types';

interface Properties {
  parameters: Parameter[];
  onChange: (name: string, value: string) => void;
}

/** The parameters of a text with the readings that its source allows. */
export function MethodologyParameters({ parameters, onChange }: Properties) {
  return (
    <Stack gap="sm">
      {parameters.map((one) => (
        <Autocomplete
          key={`${one.name} ${one.value}`}
          label={one.title}
          description={[one.clause && `пункт ${one.clause}`, one.why].filter(Boolean).join('. ')}
          defaultValue={one.value}
          data={[...new Set([one.value, ...one.other])]}
          filter={({ options }) => options}
          onOptionSubmit={(value) => onChange(one.name, value)}
          onBlur={(event) => event.currentTarget.value !== one.value && onChange(one.name, event.currentTarget.value)}
        />
      ))}
      {parameters.length === 0 && <Text size="sm">Параметры появятся, когда текст будет понят.</Text>}
    </Stack>
  );
}
