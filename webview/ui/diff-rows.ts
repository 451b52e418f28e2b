import {diffArrays, diffWordsWithSpace} from 'diff';

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
/** Share of a line that is also in the other one, from which on their words are compared. */
const alike = 0.4;

/** @returns both texts line by line, with the lines that stand for each other beside each other. */
export function diffRows(before: string, after: string): readonly DiffRow[] {
  const old = linesOf(before);
  const now = linesOf(after);
  const runs = diffArrays([...old], [...now], {comparator: sameButForComma, timeout}) ?? [
    {count: old.length, removed: true, added: false},
    {count: now.length, removed: false, added: true},
  ];
  const rows: DiffRow[] = [];
  let removed: readonly string[] = [];
  let [from, to] = [0, 0];
  const flush = (added: readonly string[]): void => {
    rows.push(...paired(removed, added));
    removed = [];
  };
  for (const {count, removed: isRemoved, added: isAdded} of runs) {
    const left = isAdded ? [] : old.slice(from, (from += count));
    const right = isRemoved ? [] : now.slice(to, (to += count));
    if (isAdded) flush(right);
    else {
      flush([]);
      if (isRemoved) removed = left;
      else rows.push(...left.map((line, index) => together(line, right[index] ?? '')));
    }
  }
  flush([]);
  return rows;
}

/** The last of several columns has none, so that one more makes it another line and still the same column. */
function sameButForComma(left: string, right: string): boolean {
  return left.replace(/,$/, '') === right.replace(/,$/, '');
}

function together(before: string, after: string): DiffRow {
  if (before === after) return {kind: 'same', before: whole(before), after: whole(after)};
  return {kind: 'changed', ...within(before, after)};
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
  const common = words.reduce((sum, word) => (word.added || word.removed ? sum : sum + word.value.length), 0);
  // Two lines that only happen to stand beside each other have no words in common worth showing.
  if (common < Math.max(before.length, after.length) * alike) {
    return {before: whole(before), after: whole(after)};
  }
  const side = (other: 'added' | 'removed', own: 'added' | 'removed'): readonly LinePart[] =>
    words.filter(word => !word[other]).map(word => ({text: word.value, changed: word[own]}));
  return {before: side('added', 'removed'), after: side('removed', 'added')};
}

function whole(text: string): readonly LinePart[] {
  return [{text, changed: false}];
}

function linesOf(text: string): readonly string[] {
  return text.replace(/\n$/, '').split('\n');
}
