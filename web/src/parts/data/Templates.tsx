import { Accordion, Button, Group, Stack, Table, Text } from '@mantine/core';
import type { FileKind } from '../../api/types';
import { Scrolled } from '../Scrolled';

/** Every kind of file: what it is, its template, its columns. */
export function Templates({ kinds }: { kinds: FileKind[] }) {
  return (
    <Accordion variant="separated" order={2}>
      {kinds.map((kind) => (
        <Accordion.Item key={kind.kind} value={kind.kind}>
          <Accordion.Control>
            <Text fw={600}>{kind.title}</Text>
            <Text size="sm" c="dimmed">{kind.description}</Text>
          </Accordion.Control>
          <Accordion.Panel>
            <Stack>
              <Group>
                {kind.has_template && <Button component="a" variant="default" href={`/api/v1/file-kinds/${kind.kind}/template`} download>Скачать шаблон</Button>}
              </Group>
              {kind.columns.length > 0 && (
                <Scrolled minWidth={520} label={`Столбцы: ${kind.title}`}>
                  <Table striped aria-label={`Столбцы: ${kind.title}`}>
                    <Table.Thead>
                      <Table.Tr><Table.Th>Столбец</Table.Th><Table.Th>Что в нём</Table.Th><Table.Th>Обязателен</Table.Th><Table.Th>Пример</Table.Th></Table.Tr>
                    </Table.Thead>
                    <Table.Tbody>
                      {kind.columns.map((column) => (
                        <Table.Tr key={column.title}>
                          <Table.Td>{column.title}</Table.Td>
                          <Table.Td>{column.description}</Table.Td>
                          <Table.Td>{column.required ? 'да' : 'нет'}</Table.Td>
                          <Table.Td>{column.example || '—'}</Table.Td>
                        </Table.Tr>
                      ))}
                    </Table.Tbody>
                  </Table>
                </Scrolled>
              )}
            </Stack>
          </Accordion.Panel>
        </Accordion.Item>
      ))}
    </Accordion>
  );
}
