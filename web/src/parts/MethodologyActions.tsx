import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { Link, useNavigate } from 'react-router-dom';
import { act, readVersion } from '../api/client';
import type { Methodology } from '../api/types';
import { may, usePerson } from '../app/session';
import { Failure } from './states';

/** Copying any methodology, changing and deleting one's own. */
export function MethodologyActions({ methodology }: { methodology: Methodology }) {
  const person = usePerson();
  const [copying, setCopying] = useState(false);
  const [deleting, setDeleting] = useState(false);
  if (!may(person, 'edit_methodologies')) return null;
  return (
    <Group gap="xs" className="no-print">
      <Button variant="default" onClick={() => setCopying(true)}>Скопировать</Button>
      {methodology.own && <Button component={Link} to={`/methodologies/${methodology.id}/edit`}>Изменить</Button>}
      {methodology.own && <Button variant="default" onClick={() => setDeleting(true)}>Удалить</Button>}
      <CopyDialog methodology={methodology} opened={copying} onClose={() => setCopying(false)} />
      <DeleteDialog methodology={methodology} opened={deleting} onClose={() => setDeleting(false)} />
    </Group>
  );
}

interface Dialog {
  methodology: Methodology;
  opened: boolean;
  onClose: () => void;
}

const closing = { closeButtonProps: { 'aria-label': 'Закрыть' }, attributes: { header: { role: 'presentation' } } } as const;

function CopyDialog({ methodology, opened, onClose }: Dialog) {
  const navigate = useNavigate();
  const [id, setId] = useState(`${methodology.id}-own`);
  const [title, setTitle] = useState(`${methodology.title} (копия)`);
  const wrong = !/^[a-z][a-z0-9-]{2,59}$/.test(id);
  function submit(event: FormEvent) {
    event.preventDefault();
    if (!wrong) navigate(`/methodologies/${id}/edit?${new URLSearchParams({ from: methodology.id, title })}`);
  }
  return (
    <Modal opened={opened} onClose={onClose} title="Копия методики" {...closing}>
      <form onSubmit={submit}>
        <Stack>
          <TextInput label="Код" description="Строчные латинские буквы, цифры и черта" required value={id} error={wrong && 'От 3 до 60 знаков, сначала буква'} onChange={(event) => setId(event.currentTarget.value)} />
          <TextInput label="Название" required value={title} onChange={(event) => setTitle(event.currentTarget.value)} />
          <Button type="submit" disabled={wrong}>Перейти к правке</Button>
        </Stack>
      </form>
    </Modal>
  );
}

function DeleteDialog({ methodology, opened, onClose }: Dialog) {
  const queries = useQueryClient();
  const navigate = useNavigate();
  const remove = useMutation({
    mutationFn: async () => {
      const path = { methodology: methodology.id };
      const { version } = await readVersion('/methodologies/{methodology}', { path });
      return act('delete', '/methodologies/{methodology}', { path, ifMatch: version });
    },
    onSuccess: async () => {
      navigate('/methodologies');
      await queries.invalidateQueries({ queryKey: ['methodologies'] });
    },
  });
  return (
    <Modal opened={opened} onClose={onClose} title="Удалить методику?" {...closing}>
      <Stack>
        {remove.error && <Failure error={remove.error} />}
        <Text>«{methodology.title}» больше не будет в списке методик. Сохранённые тексты останутся в рабочей папке.</Text>
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>Отмена</Button>
          <Button color="red" loading={remove.isPending} onClick={() => remove.mutate()}>Удалить</Button>
        </Group>
      </Stack>
    </Modal>
  );
}
