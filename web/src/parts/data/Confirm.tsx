import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { Failure } from '../states';

/** Asks before something is taken back. */
export function Confirm({ title, children, action, opened, loading, error, onYes, onNo }: {
  title: string;
  children: ReactNode;
  action: string;
  opened: boolean;
  loading: boolean;
  error: unknown;
  onYes: () => void;
  onNo: () => void;
}) {
  return (
    <Modal opened={opened} onClose={onNo} title={title} closeButtonProps={{ 'aria-label': 'Закрыть' }} attributes={{ header: { role: 'presentation' } }}>
      <Stack>
        <Text>{children}</Text>
        {error !== null && error !== undefined && <Failure error={error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onNo} data-autofocus>Не отменять</Button>
          <Button color="red.9" loading={loading} onClick={onYes}>{action}</Button>
        </Group>
      </Stack>
    </Modal>
  );
}
