import { Stack, Tabs, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { read } from '../api/client';
import { useChoice } from '../parts/choices';
import { History } from '../parts/data/History';
import { Templates } from '../parts/data/Templates';
import { Wizard } from '../parts/data/Wizard';
import { Failure, Waiting } from '../parts/states';

export default function DataPage() {
  const [tab, setTab] = useChoice('tab', 'import');
  const kinds = useQuery({
    queryKey: ['file-kinds'],
    queryFn: async () => (await read('/file-kinds', {})).kinds,
    staleTime: Infinity,
  });
  if (kinds.error) return <Failure error={kinds.error} />;
  if (!kinds.data) return <Waiting />;
  return (
    <Stack maw={1280}>
      <Title order={1} size="h2">Данные</Title>
      <Tabs value={tab} onChange={(value) => setTab(value ?? 'import')} keepMounted={false}>
        <Tabs.List mb="md">
          <Tabs.Tab value="import">Загрузка</Tabs.Tab>
          <Tabs.Tab value="history">История</Tabs.Tab>
          <Tabs.Tab value="templates">Шаблоны</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="import"><Wizard kinds={kinds.data} /></Tabs.Panel>
        <Tabs.Panel value="history"><History /></Tabs.Panel>
        <Tabs.Panel value="templates"><Templates kinds={kinds.data} /></Tabs.Panel>
      </Tabs>
    </Stack>
  );
}
