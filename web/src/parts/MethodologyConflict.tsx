import { Alert, Button, Group, Text } from '@mantine/core';
import { lineChanges } from './methodologyText';

interface Properties {
  base: string;
  latest: string;
  onTake: () => void;
  onKeep: () => void;
}

/** Somebody saved meanwhile: what that person changed, line by line, and what to do with it. */
export function MethodologyConflict({ base, latest, onTake, onKeep }: Properties) {
  const changes = lineChanges(base, latest).filter((one) => one.kind !== 'same');
  return (
    <Alert role="alert" title="Пока вы правили, методику сохранил другой человек">
      <Text size="sm">Вот его изменения. Ваш текст цел и остаётся в окне ниже.</Text>
      <ul className="line-changes" aria-label="Чужие изменения">
        {changes.length === 0 && <li>Строки не изменились.</li>}
        {changes.map((one, i) => (
          <li key={i}><b>{one.kind === 'added' ? 'стало' : 'было'}</b> <code>{one.text.trim() || '(пустая строка)'}</code></li>
        ))}
      </ul>
      <Group gap="xs">
        <Button variant="default" size="xs" onClick={onTake}>Взять его текст вместо моего</Button>
        <Button variant="default" size="xs" onClick={onKeep}>Оставить мой текст и сохранять поверх</Button>
      </Group>
    </Alert>
  );
}
