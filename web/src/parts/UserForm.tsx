import { Alert, Button, MultiSelect, Select, Stack, Switch, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { FormEvent } from 'react';
import { Problem, read } from '../api/client';
import type { Role, Territory, UserForm as Form } from '../api/types';
import { may, usePerson } from '../app/session';
import { sentence } from '../format';
import { Failure } from './states';

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

const labels = {
  name: 'Фамилия, имя, отчество',
  login: 'Имя для входа',
  role: 'Роль',
  territory: 'Территория',
  school: 'Школа',
  assigned: 'Школы куратора',
  reason: 'Почему',
};
type Field = keyof typeof labels;
type Wrong = Partial<Record<Field, string>>;

/** What the server found wrong, by the field that it names; null where it says something else as well. */
function wrongIn(error: unknown): Wrong | null {
  if (!(error instanceof Problem)) return null;
  const found = error.errors.map((one) => [one.code === 'login_taken' ? 'login' : one.column ?? '', sentence(one.message)] as const);
  return found.length > 0 && found.every(([field]) => field in labels) ? Object.fromEntries(found) : null;
}

/** A refusal: which fields to look at, or what it says itself. */
function Refusal({ error, wrong }: { error: unknown; wrong: Wrong | null }) {
  if (!error) return null;
  if (!wrong) return <Failure error={error} />;
  return <Alert color="red" variant="light" role="alert" title="Запись не сохранена">Исправьте отмеченное: {Object.keys(wrong).map((field) => `«${labels[field as Field]}»`).join(', ')}.</Alert>;
}

interface Properties {
  form: Form;
  territories: Territory[];
  onChange: (form: Form) => void;
  onSubmit: () => void;
  busy: boolean;
  /** Why it was not saved. */
  error?: unknown;
  button: string;
  /** An existing account: closing it and the reason of a change. */
  existing?: boolean;
}

/** What an account holds; which fields there are follows from the role. */
export function UserForm({ form, territories, onChange, onSubmit, busy, error, button, existing = false }: Properties) {
  const ofSchool = ['school_head', 'deputy_head', 'teacher'].includes(form.role);
  const wrong = wrongIn(error);
  const marked = (field: Field) => ({ label: labels[field], error: wrong?.[field] });
  function submit(event: FormEvent) {
    event.preventDefault();
    onSubmit();
  }
  return (
    <form onSubmit={submit}>
      <Stack>
        <Refusal error={error} wrong={wrong} />
        <TextInput {...marked('name')} required maxLength={100} value={form.name} onChange={(e) => onChange({ ...form, name: e.currentTarget.value })} />
        <TextInput {...marked('login')} description="От 3 до 40 знаков: строчные латинские буквы, цифры, точка, дефис и подчёркивание" required maxLength={40} value={form.login} onChange={(e) => onChange({ ...form, login: e.currentTarget.value })} />
        <Select {...marked('role')} data={roles} value={form.role} allowDeselect={false} onChange={(value) => value && onChange({ ...form, role: value as Role, school: '', assigned: [] })} />
        {!ofSchool && (
          <Select {...marked('territory')} description="Пусто: все территории" clearable data={territories.map((one) => ({ value: one.id, label: one.name }))} value={form.territory || null} onChange={(value) => onChange({ ...form, territory: value ?? '' })} />
        )}
        {ofSchool && <SchoolChoice error={wrong?.school} value={form.school} onChange={(school) => onChange({ ...form, school })} />}
        {form.role === 'curator' && <AssignedChoice error={wrong?.assigned} value={form.assigned ?? []} onChange={(assigned) => onChange({ ...form, assigned })} />}
        {existing && (
          <>
            <Switch label="Запись действует" description="Закрытая запись не входит, её сеансы и ссылки прекращаются" checked={form.active ?? true} onChange={(e) => onChange({ ...form, active: e.currentTarget.checked })} />
            <TextInput {...marked('reason')} description="Основание изменения, остаётся в журнале" maxLength={300} value={form.reason ?? ''} onChange={(e) => onChange({ ...form, reason: e.currentTarget.value })} />
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
function SchoolChoice({ value, error, onChange }: { value: string; error?: string | undefined; onChange: (school: string) => void }) {
  const schools = useSchools();
  if (!schools.data) return <TextInput label="Код школы" error={error} required value={value} onChange={(e) => onChange(e.currentTarget.value)} />;
  return <Select label={labels.school} error={error} required searchable data={schools.data.map((one) => ({ value: one.id, label: one.name }))} value={value || null} onChange={(chosen) => onChange(chosen ?? '')} />;
}

function AssignedChoice({ value, error, onChange }: { value: string[]; error?: string | undefined; onChange: (schools: string[]) => void }) {
  const schools = useSchools();
  if (!schools.data) {
    return (
      <TextInput label={labels.assigned} error={error} description="Коды через запятую" value={value.join(', ')}
        onChange={(e) => onChange(e.currentTarget.value.split(',').map((one) => one.trimStart()))} />
    );
  }
  return <MultiSelect label={labels.assigned} error={error} searchable hidePickedOptions data={schools.data.map((one) => ({ value: one.id, label: one.name }))} value={value} onChange={onChange} />;
}
