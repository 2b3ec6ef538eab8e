import { Button, MultiSelect, Select, Stack, Switch, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { FormEvent } from 'react';
import { read } from '../api/client';
import type { Role, Territory, UserForm as Form } from '../api/types';
import { may, usePerson } from '../app/session';

const roles: { value: Role; label: string }[] = [
  { value: 'municipal_coordinator', label: 'Муниципальный координатор' },
  { value: 'regional_coordinator', label: 'Региональный координатор' },
  { value: 'federal_coordinator', label: 'Федеральный координатор' },
  { value: 'methodologist', label: 'Методист' },
  { value: 'school_head', label: 'Руководитель школы' },
  { value: 'deputy_head', label: 'Заместитель руководителя' },
  { value: 'teacher', label: 'Педагог' },
  { value: 'curator', label: 'Куратор' },
  { value: 'auditor', label: 'Наблюдатель' },
  { value: 'administrator', label: 'Администратор' },
];

interface Properties {
  form: Form;
  territories: Territory[];
  onChange: (form: Form) => void;
  onSubmit: () => void;
  busy: boolean;
  button: string;
  /** An existing account: closing it and the reason of a change. */
  existing?: boolean;
}

/** What an account holds; which fields there are follows from the role. */
export function UserForm({ form, territories, onChange, onSubmit, busy, button, existing = false }: Properties) {
  const ofSchool = ['school_head', 'deputy_head', 'teacher'].includes(form.role);
  function submit(event: FormEvent) {
    event.preventDefault();
    onSubmit();
  }
  return (
    <form onSubmit={submit}>
      <Stack>
        <TextInput label="Фамилия, имя, отчество" required value={form.name} onChange={(e) => onChange({ ...form, name: e.currentTarget.value })} />
        <TextInput label="Имя для входа" description="Строчные латинские буквы и цифры" required value={form.login} onChange={(e) => onChange({ ...form, login: e.currentTarget.value })} />
        <Select label="Роль" data={roles} value={form.role} allowDeselect={false} onChange={(value) => value && onChange({ ...form, role: value as Role, school: '', assigned: [] })} />
        {!ofSchool && (
          <Select label="Территория" description="Пусто: все территории" clearable data={territories.map((one) => ({ value: one.id, label: one.name }))} value={form.territory || null} onChange={(value) => onChange({ ...form, territory: value ?? '' })} />
        )}
        {ofSchool && <SchoolChoice value={form.school} onChange={(school) => onChange({ ...form, school })} />}
        {form.role === 'curator' && <AssignedChoice value={form.assigned ?? []} onChange={(assigned) => onChange({ ...form, assigned })} />}
        {existing && (
          <>
            <Switch label="Запись действует" description="Закрытая запись не входит, её сеансы и ссылки прекращаются" checked={form.active ?? true} onChange={(e) => onChange({ ...form, active: e.currentTarget.checked })} />
            <TextInput label="Почему" description="Основание изменения, остаётся в журнале" maxLength={300} value={form.reason ?? ''} onChange={(e) => onChange({ ...form, reason: e.currentTarget.value })} />
          </>
        )}
        <Button type="submit" loading={busy}>{button}</Button>
      </Stack>
    </form>
  );
}

function useSchools() {
  const person = usePerson();
  return useQuery({ queryKey: ['schools', ''], queryFn: async () => (await read('/schools', { query: {} })).schools, enabled: may(person, 'read_schools') });
}

/** An administrator sees no schools: a code is typed where there is nothing to choose from. */
function SchoolChoice({ value, onChange }: { value: string; onChange: (school: string) => void }) {
  const schools = useSchools();
  if (!schools.data) return <TextInput label="Код школы" required value={value} onChange={(e) => onChange(e.currentTarget.value)} />;
  return <Select label="Школа" required searchable data={schools.data.map((one) => ({ value: one.id, label: one.name }))} value={value || null} onChange={(chosen) => onChange(chosen ?? '')} />;
}

function AssignedChoice({ value, onChange }: { value: string[]; onChange: (schools: string[]) => void }) {
  const schools = useSchools();
  if (!schools.data) {
    return (
      <TextInput label="Школы куратора" description="Коды через запятую" value={value.join(', ')}
        onChange={(e) => onChange(e.currentTarget.value.split(',').map((one) => one.trimStart()))} />
    );
  }
  return <MultiSelect label="Школы куратора" searchable hidePickedOptions data={schools.data.map((one) => ({ value: one.id, label: one.name }))} value={value} onChange={onChange} />;
}
