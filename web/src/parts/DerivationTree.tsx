import { Anchor, Text } from '@mantine/core';
import { useState } from 'react';
import { Link } from 'react-router-dom';
import type { DerivationNode } from '../api/types';

const marks: Record<string, string> = { met: '✓', not_met: '✗', unknown: '?' };

function Words({ node }: { node: DerivationNode }) {
  return (
    <>
      {node.outcome && <span className={`outcome ${node.outcome}`} aria-hidden>{marks[node.outcome] ?? '–'}</span>}
      {node.text}
      {node.outcome_title && <Text span c="dimmed" size="sm"> {node.outcome_title}</Text>}
    </>
  );
}

function Sources({ node, school }: { node: DerivationNode; school: string }) {
  return (
    <ul className="tree">
      {node.sources!.map((source) => (
        <li key={source}>
          <Text span size="sm">Источник: {source}. </Text>
          {node.work && <Anchor size="sm" className="no-print" component={Link} to={`/schools/${encodeURIComponent(school)}/protocol?procedure=${encodeURIComponent(node.work)}&year=${node.year}`}>Показать строки</Anchor>}
        </li>
      ))}
    </ul>
  );
}

/** A node that opens and closes; what is closed is not in the page, but is printed when open. */
function Branch({ node, school, depth, opened }: { node: DerivationNode; school: string; depth: number; opened: boolean }) {
  const [open, setOpen] = useState(opened);
  if (!node.parts && !node.sources) return <li className="leaf"><Words node={node} /></li>;
  return (
    <li>
      <details open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary><Words node={node} /></summary>
        {open && node.sources && <Sources node={node} school={school} />}
        {open && node.parts && <Branches nodes={node.parts} school={school} depth={depth + 1} />}
      </details>
    </li>
  );
}

function Branches({ nodes, school, depth }: { nodes: DerivationNode[]; school: string; depth: number }) {
  // What decides is open at once; the rest is a click away.
  return <ul className="tree">{nodes.map((one, i) => <Branch key={i} node={one} school={school} depth={depth} opened={one.outcome === 'met' && depth < 3} />)}</ul>;
}

/** Why: conditions above what makes them, down to the rows of files. */
export function DerivationTree({ nodes, school }: { nodes: DerivationNode[]; school: string }) {
  return <Branches nodes={nodes} school={school} depth={0} />;
}
