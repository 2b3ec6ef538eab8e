import { Button, Paper, Stack, Text } from '@mantine/core';
import { useRef, useState, type DragEvent } from 'react';

/** Where files are dropped or chosen. */
export function DropZone({ onFiles, disabled }: { onFiles: (files: File[]) => void; disabled: boolean }) {
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);

  function drop(event: DragEvent) {
    event.preventDefault();
    setOver(false);
    if (!disabled) onFiles([...event.dataTransfer.files]);
  }

  return (
    <Paper
      withBorder
      p="lg"
      className="drop-zone"
      data-over={over || undefined}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(!disabled);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <Stack align="center" gap="xs">
        <Text ta="center">Перетащите сюда файлы Excel, CSV или Parquet</Text>
        <Button onClick={() => input.current?.click()} disabled={disabled}>Выбрать файлы</Button>
        <Text size="sm" c="dimmed" ta="center">Вид каждого файла определится по его содержанию. Пока вы не подтвердите загрузку, в базе ничего не изменится.</Text>
      </Stack>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        aria-label="Файлы для загрузки"
        accept=".xlsx,.csv,.txt,.parquet"
        onChange={(event) => {
          onFiles([...(event.currentTarget.files ?? [])]);
          event.currentTarget.value = ''; // The same file, mended, may be chosen again.
        }}
      />
    </Paper>
  );
}
