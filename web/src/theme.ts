import { createTheme, type CSSVariablesResolver, type MantineColorsTuple } from '@mantine/core';

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
  // Words on filled buttons are black where white ones are read badly: on the lighter blue of the dark scheme.
  autoContrast: true,
  luminanceThreshold: 0.2,
  // The colour of a notice stands in its field; its title is read like any text.
  components: { Alert: { styles: { label: { color: 'var(--mantine-color-text)' } } } },
});

/** Quiet texts and links that are still read easily: contrast of 4,5 and more on every background of ours. */
export const colors: CSSVariablesResolver = () => ({
  variables: {},
  light: { '--mantine-color-dimmed': '#545d66', '--mantine-color-anchor': '#1f5485', '--mantine-color-placeholder': '#666f77' },
  dark: { '--mantine-color-dimmed': '#a9b1b8', '--mantine-color-anchor': '#8fc0ec', '--mantine-color-office-filled': '#356ba1', '--mantine-color-office-filled-hover': '#2a5f92' },
});
