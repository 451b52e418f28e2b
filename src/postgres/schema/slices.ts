import type {Row} from '../../core/session.ts';
import {number, text} from './values.ts';

export type Pause = () => Promise<void>;

const size = 200;

/** Lets others have their turn: the extension host is shared. */
export const nextTurn: Pause = () => new Promise(resolve => void setImmediate(resolve));

/** Calls `use` for each item, with a pause after each slice of them. */
export async function inSlices<T>(items: readonly T[], pause: Pause, use: (item: T) => void): Promise<void> {
  for (let from = 0; from < items.length; from += size) {
    for (const item of items.slice(from, from + size)) use(item);
    if (from + size < items.length) await pause();
  }
}

/** @returns the rows of each relation, or of whatever else a column of them names by its oid */
export async function grouped(
  rows: readonly Row[],
  column: string,
  pause: Pause,
): Promise<ReadonlyMap<number, Row[]>> {
  const groups = new Map<number, Row[]>();
  await inSlices(rows, pause, row => {
    const oid = number(row[column]);
    const group = groups.get(oid);
    if (group) group.push(row);
    else groups.set(oid, [row]);
  });
  return groups;
}

/** In the order of names, because oids are others in every database. */
export function byName(rows: readonly Row[] = []): readonly Row[] {
  return rows.length < 2 ? rows : rows.toSorted((a, b) => (text(a['name']) < text(b['name']) ? -1 : 1));
}
