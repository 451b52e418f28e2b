import {diffLines, diffWordsWithSpace} from 'diff';

/** A part of a line; `changed` is what the other side does not have. */
export interface LinePart {
  readonly text: string;
  readonly changed: boolean;
}

/** A line of the text before and what stands there after; one of them is absent for what was added or removed. */
export interface DiffRow {
  readonly kind: 'same' | 'changed' | 'removed' | 'added';
  readonly before?: readonly LinePart[];
  readonly after?: readonly LinePart[];
}

/** Milliseconds for one text: two that have nothing in common need no finer comparison. */
const timeout = 500;

/** @returns both texts line by line, with the lines that stand for each other beside each other. */
export function diffRows(before: string, after: string): readonly DiffRow[] {
  const runs = diffLines(ended(before), ended(after), {timeout}) ?? [
    {value: ended(before), removed: true, added: false},
    {value: ended(after), removed: false, added: true},
  ];
  const rows: DiffRow[] = [];
  let removed: readonly string[] = [];
  const flush = (added: readonly string[]): void => {
    rows.push(...paired(removed, added));
    removed = [];
  };
  for (const run of runs) {
    const lines = linesOf(run.value);
    if (run.removed) {
      flush([]);
      removed = lines;
    } else if (run.added) flush(lines);
    else {
      flush([]);
      rows.push(...lines.map(line => ({kind: 'same', before: whole(line), after: whole(line)}) as const));
    }
  }
  flush([]);
  return rows;
}

function paired(removed: readonly string[], added: readonly string[]): readonly DiffRow[] {
  const count = Math.max(removed.length, added.length);
  return Array.from({length: count}, (_, index): DiffRow => {
    const before = removed[index];
    const after = added[index];
    if (before === undefined) return {kind: 'added', after: whole(after ?? '')};
    if (after === undefined) return {kind: 'removed', before: whole(before)};
    return {kind: 'changed', ...within(before, after)};
  });
}

function within(before: string, after: string): Required<Pick<DiffRow, 'before' | 'after'>> {
  const words = diffWordsWithSpace(before, after);
  const side = (other: 'added' | 'removed', own: 'added' | 'removed'): readonly LinePart[] =>
    words.filter(word => !word[other]).map(word => ({text: word.value, changed: word[own]}));
  return {before: side('added', 'removed'), after: side('removed', 'added')};
}

function whole(text: string): readonly LinePart[] {
  return [{text, changed: false}];
}

/** A last line without its end would differ from the same line with one. */
function ended(text: string): string {
  return text === '' || text.endsWith('\n') ? text : `${text}\n`;
}

function linesOf(text: string): readonly string[] {
  return text.split('\n').slice(0, -1);
}
