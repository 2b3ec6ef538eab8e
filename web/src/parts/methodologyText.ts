/** Changes of a methodology's text that need no understanding of its rules: lines are found by their place in YAML. */

/** The text under another name; everything else stays. */
export function renamed(text: string, id: string, title: string): string {
  return text
    .replace(/^(document:\s*\n(?:.*\n)*? {2}id: ).*$/m, (_, before: string) => before + id)
    .replace(/^(document:\s*\n(?:.*\n)*? {2}title: ).*$/m, (_, before: string) => before + title);
}

/** The items of «[a, [b, c]]» on one line; null for anything else. */
function itemsOf(list: string): string[] | null {
  const inner = list.trim().match(/^\[(.*)\]$/)?.[1];
  if (inner === undefined) return null;
  const items = [''];
  let depth = 0;
  for (const symbol of inner) {
    depth += symbol === '[' ? 1 : symbol === ']' ? -1 : 0;
    if (symbol === ',' && depth === 0) items.push('');
    else items[items.length - 1] += symbol;
  }
  return items.map((one) => one.trim());
}

/** The other readings of a parameter when it takes one of them: its former value stands among them, so that nothing is lost. */
function swapOther(lines: string[], from: number, before: string, value: string) {
  for (let i = from; i < lines.length && /^ {4}/.test(lines[i]!); ++i) {
    const items = lines[i]!.startsWith('    other:') ? itemsOf(lines[i]!.slice('    other:'.length)) : null;
    if (items?.includes(value)) lines[i] = `    other: [${items.map((one) => (one === value ? before : one)).join(', ')}]`;
  }
}

/** The text with another value of a parameter; null when its line is not found. */
export function withParameter(text: string, name: string, value: string): string | null {
  const lines = text.split('\n');
  const begin = lines.findIndex((line) => /^parameters:\s*$/.test(line));
  if (begin < 0) return null;
  let inside = false;
  for (let i = begin + 1; i < lines.length; ++i) {
    const line = lines[i]!;
    if (/^\S/.test(line) && !line.startsWith('#')) return null; // The next section.
    if (/^ {2}\S/.test(line)) inside = line.startsWith(`  ${name}:`);
    else if (inside && /^ {4}value:/.test(line)) {
      const before = line.slice('    value:'.length).trim();
      lines[i] = `    value: ${value}`;
      swapOther(lines, i + 1, before, value);
      return lines.join('\n');
    }
  }
  return null;
}

export interface LineChange {
  kind: 'same' | 'added' | 'removed';
  text: string;
}

/** What became of the lines of `before` in `after`: the longest common sequence, what changed between. */
export function lineChanges(before: string, after: string): LineChange[] {
  const left = before.split('\n');
  const right = after.split('\n');
  const width = right.length + 1;
  const common = new Uint32Array((left.length + 1) * width);
  for (let i = left.length - 1; i >= 0; --i) {
    for (let j = right.length - 1; j >= 0; --j) {
      common[i * width + j] = left[i] === right[j]
        ? common[(i + 1) * width + j + 1]! + 1
        : Math.max(common[(i + 1) * width + j]!, common[i * width + j + 1]!);
    }
  }
  const changes: LineChange[] = [];
  let i = 0;
  let j = 0;
  while (i < left.length || j < right.length) {
    if (i < left.length && j < right.length && left[i] === right[j]) {
      changes.push({ kind: 'same', text: left[i]! });
      ++i;
      ++j;
    } else if (j >= right.length || (i < left.length && common[(i + 1) * width + j]! >= common[i * width + j + 1]!)) {
      changes.push({ kind: 'removed', text: left[i++]! });
    } else {
      changes.push({ kind: 'added', text: right[j++]! });
    }
  }
  return changes;
}
