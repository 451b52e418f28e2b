import type {SchemaKind} from '../objects.ts';

/** Which step goes first among those that do not wait for another: what others are likely to use comes early. */
const byKind: Partial<Record<SchemaKind, number>> = {
  database: 0,
  role: 0,
  schema: 1,
  extension: 2,
  language: 3,
  collation: 3,
  type: 4,
  domain: 4,
  sequence: 5,
  table: 6,
  column: 7,
  index: 8,
  constraint: 8,
  statistics: 9,
  view: 10,
  'materialized view': 10,
  // After what a body may use, which no dependency tells.
  function: 11,
  trigger: 13,
  rule: 13,
  policy: 13,
};

export const rankOf = (kind: SchemaKind): number => byKind[kind] ?? 12;

/** What stands between transactions comes after all that can be done in the first one. */
export const ranks = {drop: -1, lastDrop: 14, outside: 20, afterOutside: 21, apart: 30} as const;

/** What waits for a statement outside a transaction comes after all of these, so that they part as little as possible. */
export function followingRank(rank: number, before: number): number {
  return before < ranks.outside || rank > ranks.outside ? rank : Math.max(rank, ranks.afterOutside);
}
