import {formatBytes} from '../../catalog/format.ts';
import {enumeratedInShort} from '../../words.ts';
import type {Subject} from '../finding.ts';
import type {IndexedTable, IndexesPart, IndexRow} from '../parts/indexes.ts';
import {keyText} from './definition.ts';

const day = 86_400_000;

/** Bytes from which on an index that is not needed is worth a warning. */
export const large = 10 * 1024 * 1024;

/** @returns whole days since the counters began; nothing when nobody knows */
export function countedDays({since}: IndexesPart, now: number): number | undefined {
  return since === undefined ? undefined : Math.max(0, Math.floor((now - since) / day));
}

/** What counters of scans are worth: since when they count, and who else counts. */
export function counterEvidence(part: IndexesPart, now: number): readonly string[] {
  const {since, standbys} = part;
  const days = countedDays(part, now);
  const began =
    since === undefined || days === undefined
      ? 'When the counters began is not known.'
      : `The counters count since ${new Date(since).toISOString().slice(0, 10)}, ${days === 1 ? '1 day' : `${days} days`}.`;
  if (standbys.length === 0) return [began];
  const [are, their] = standbys.length === 1 ? ['has', 'it was'] : ['have', 'they were'];
  return [
    began,
    `${enumeratedInShort(standbys)} ${are} counters of ${standbys.length === 1 ? 'its' : 'their'} own, and ${their} not asked.`,
  ];
}

export function sizeEvidence({bytes, partitioned}: IndexRow, {exact}: IndexesPart): string {
  const whole = partitioned ? 'All its partitions’ indexes take' : 'It takes';
  return exact
    ? `${whole} ${formatBytes(bytes)}.`
    : `${whole} about ${formatBytes(bytes)}, by the pages of the last VACUUM or ANALYZE.`;
}

/** Entries that writes made in each index since the counters began: a HOT update makes none. */
export function entriesWritten({inserted, updated, hotUpdated}: IndexedTable): number {
  return inserted + Math.max(0, updated - hotUpdated);
}

/** @returns rows as of the last ANALYZE, or as counted since there was none */
export function rowsOf({rows, inserted, deleted}: IndexedTable): number {
  return rows ?? Math.max(0, inserted - deleted);
}

/** @returns `orders (customer_id, created_at DESC) WHERE …` */
export function keysOf({table, keys, include, predicate}: IndexRow): string {
  const carried = include.length > 0 ? ` INCLUDE (${include.join(', ')})` : '';
  return `${table} (${keys.map(keyText).join(', ')})${carried}${predicate === undefined ? '' : ` WHERE ${predicate}`}`;
}

export function indexSubject({schema, name, table}: IndexRow): Subject {
  return {kind: 'index', schema, name, table};
}
