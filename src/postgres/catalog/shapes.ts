import * as z from 'zod';

/** An oid, or another number that drivers may send as text. */
export const number = z.coerce.number();

/** What every named object of the catalog has. */
export const named = {
  oid: number,
  schema: z.string(),
  name: z.string(),
  owner: z.string(),
  comment: z.string().exactOptional(),
};

/** By `pg_class.relkind`, but for indexes. */
export const relationKinds = {
  r: 'table',
  p: 'partitioned-table',
  v: 'view',
  m: 'materialized-view',
  f: 'foreign-table',
  S: 'sequence',
} as const;
