import { createTheme, type MantineColorsTuple } from '@mantine/core';

const office: MantineColorsTuple = [
  '#eef4fa', '#dbe6f1', '#b4cbe2', '#8aafd3', '#6897c6', '#5288be', '#447fb9', '#356ba1', '#2a5f92', '#1a4f7f',
];

export const theme = createTheme({
  primaryColor: 'office',
  primaryShade: { light: 8, dark: 5 },
  colors: { office },
  fontFamily: "'Golos Text Variable', system-ui, sans-serif",
  headings: { fontFamily: "'Golos Text Variable', system-ui, sans-serif", fontWeight: '600' },
  defaultRadius: 'sm',
});
