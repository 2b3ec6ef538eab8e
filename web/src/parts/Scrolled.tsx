import { Table } from '@mantine/core';
import type { ReactNode } from 'react';

/** A place in which a wide table is moved sideways, with the keyboard too. */
export function Scrolled({ minWidth, label, maxHeight, children }: { minWidth: number; label: string; maxHeight?: number; children: ReactNode }) {
  return (
    <Table.ScrollContainer minWidth={minWidth} type="native" tabIndex={0} role="region" aria-label={label} mah={maxHeight} style={maxHeight ? { overflowY: 'auto' } : undefined}>
      {children}
    </Table.ScrollContainer>
  );
}
