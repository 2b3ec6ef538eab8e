/** Changes of a methodology's text that need no understanding of its rules: lines are found by their place in YAML. */

/** The text under another name; everything else stays. */
export function renamed(text: string, id: string, title: string): string {
  return text
    .replace(/^(document:\s*\n(?:.*\n)*? {2}id: ).*$/m, (_, before: string) => before + id)
    .replace(/^(document:\s*\n(?:.*\n)*? {2}title: ).*$/m, (_, before: string) => before + title);
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
      lines[i] = `    value: ${value}`;
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
