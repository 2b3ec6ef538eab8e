import { Text } from '@mantine/core';
import { useEffect, useRef, useState, type ReactNode } from 'react';

/** A place in which a wide table is moved sideways, with the keyboard too; what is out of sight is told of by shadows and a word. */
export function Scrolled({ minWidth, label, maxHeight, children }: { minWidth: number; label: string; maxHeight?: number; children: ReactNode }) {
  const place = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const [more, setMore] = useState({ left: false, right: false });
  function look() {
    if (!place.current) return; // A size may be told of after the table is gone.
    const { scrollLeft, scrollWidth, clientWidth } = place.current;
    const next = { left: scrollLeft > 1, right: scrollWidth - clientWidth - scrollLeft > 1 };
    setMore((now) => (now.left === next.left && now.right === next.right ? now : next));
  }
  useEffect(() => {
    const watcher = new ResizeObserver(look);
    watcher.observe(place.current!);
    watcher.observe(content.current!);
    return () => watcher.disconnect();
  }, []);
  return (
    <div>
      {(more.left || more.right) && <Text size="xs" c="dimmed" mb={4} className="no-print">Таблица шире экрана: её можно двигать вбок.</Text>}
      <div className="scrolled" data-left={more.left || undefined} data-right={more.right || undefined}>
        <div ref={place} className="scrolled-place" tabIndex={0} role="region" aria-label={label} style={maxHeight ? { maxHeight, overflowY: 'auto' } : undefined} onScroll={look}>
          <div ref={content} style={{ minWidth }}>{children}</div>
        </div>
      </div>
    </div>
  );
}
