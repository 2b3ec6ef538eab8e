import { Select } from '@mantine/core';
import type { MethodologyHead } from '../api/types';
import { useChoice, useMethodologies, useTerritories } from './choices';

/** The year of the page, in its address; the newest one where none is chosen. */
export function useYear(): [string, (year: string) => void] {
  const territories = useTerritories();
  return useChoice('year', String(territories.data?.years[0]?.year ?? ''));
}

export function YearSelect({ value, onChange }: { value: string; onChange: (year: string) => void }) {
  const territories = useTerritories();
  return <Select label="Учебный год" w={150} data={(territories.data?.years ?? []).map((one) => ({ value: String(one.year), label: one.title }))} value={value || null} onChange={(year) => year && onChange(year)} allowDeselect={false} />;
}

export function TerritorySelect({ value, onChange, label = 'Территория' }: { value: string; onChange: (territory: string) => void; label?: string }) {
  const territories = useTerritories();
  return <Select label={label} w={280} maw="100%" clearable placeholder="Все" data={(territories.data?.territories ?? []).map((one) => ({ value: one.id, label: one.name }))} value={value || null} onChange={(territory) => onChange(territory ?? '')} />;
}

/** Methodologies to choose from; those of one's own are marked. */
export const methodologyChoices = (all: MethodologyHead[]) => all.map((one) => ({ value: one.id, label: one.own ? `${one.title} — своя` : one.title }));

/** `listing`: only those that make a list. */
export function MethodologySelect({ value, onChange, listing = false }: { value: string; onChange: (methodology: string) => void; listing?: boolean }) {
  const methodologies = useMethodologies();
  return <Select label="Методика" w={360} maw="100%" data={methodologyChoices((methodologies.data ?? []).filter((one) => !listing || one.lists || one.official_list || one.id === value))} value={value} onChange={(id) => id && onChange(id)} allowDeselect={false} />;
}
