import { Anchor, Breadcrumbs, Code, Group, Stack, Table, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from 'react-router-dom';
import { read } from '../api/client';
import { SaveMenu } from '../parts/DataTable';
import { MethodologyActions } from '../parts/MethodologyActions';
import { Scrolled } from '../parts/Scrolled';
import { Failure, Waiting } from '../parts/states';

/** Rules that are named by a letter are called so everywhere: «условие A». */
const letter = /^\p{Lu}$/u;

/** The heading of a table and its files. */
function Part({ title, id, part }: { title: string; id: string; part: string }) {
  return (
    <Group justify="space-between">
      <Title order={2} size="h3">{title}</Title>
      <SaveMenu path={`/methodologies/${encodeURIComponent(id)}`} fields={{ part }} />
    </Group>
  );
}

/** A methodology as its source leaves it: rules, parameters, and what is open in it. */
export default function MethodologyPage() {
  const { methodology = '' } = useParams();
  const { data, error } = useQuery({
    queryKey: ['methodology', methodology],
    queryFn: () => read('/methodologies/{methodology}', { path: { methodology } }),
  });
  if (error) return <Failure error={error} />;
  if (!data) return <Waiting />;
  const parameterTitle = (name: string) => data.parameters.find((one) => one.name === name)?.title;
  return (
    <Stack maw={1000}>
      <Breadcrumbs><Anchor component={Link} to="/methodologies">Методики</Anchor><Text>Методика</Text></Breadcrumbs>
      <Title order={1} size="h2">{data.title}</Title>
      <MethodologyActions methodology={data} />
      <Text>{data.issuer}. Версия {data.version}.</Text>
      <Part title="Правила" id={data.id} part="rules" />
      <Scrolled minWidth={300} label="Правила">
        <Table>
          <Table.Thead><Table.Tr><Table.Th>Правило</Table.Th><Table.Th>Пункт</Table.Th></Table.Tr></Table.Thead>
          <Table.Tbody>
            {data.rules.map((one) => (
              <Table.Tr key={one.id}>
                <Table.Td>
                  {letter.test(one.id) && <Text span inherit fw={600}>Условие {one.id}. </Text>}{one.title}{one.flag && ' (отметка, в перечень не включает)'}
                  <details><summary>Условие на языке правил</summary><Code block>{one.when}</Code></details>
                </Table.Td>
                <Table.Td>{one.clause || '—'}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Scrolled>
      <Part title="Параметры" id={data.id} part="parameters" />
      <Scrolled minWidth={600} label="Параметры">
        <Table>
          <Table.Thead><Table.Tr><Table.Th>Параметр</Table.Th><Table.Th>Значение</Table.Th><Table.Th>Другие прочтения</Table.Th><Table.Th>Почему есть выбор</Table.Th></Table.Tr></Table.Thead>
          <Table.Tbody>
            {data.parameters.map((one) => (
              <Table.Tr key={one.name}>
                <Table.Td>{one.title}{one.clause && <Text size="xs" c="dimmed">пункт {one.clause}</Text>}</Table.Td>
                <Table.Td>{one.value_title}</Table.Td>
                <Table.Td>{one.other.map((other) => other.title).join('; ')}</Table.Td>
                <Table.Td>{one.why}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Scrolled>
      {data.notes.length > 0 && <Part title="Что в источнике открыто или противоречиво" id={data.id} part="notes" />}
      <Stack gap={6}>
        {data.notes.map((one, i) => (
          <Text key={i}>{one.clause && <Text span fw={600}>{one.clause}: </Text>}{one.what}{one.parameter && `. Решает параметр «${parameterTitle(one.parameter) ?? one.parameter}».`}</Text>
        ))}
      </Stack>
      <details>
        <summary>Методика как данные</summary>
        <pre className="source" tabIndex={0}>{data.text}</pre>
      </details>
    </Stack>
  );
}
