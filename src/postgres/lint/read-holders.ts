import * as z from 'zod';
import type {LockHolder} from '../../core/lint/target.ts';
import {ok, type Outcome} from '../../core/outcome.ts';
import {modeOf} from '../../core/rehearse/locks.ts';
import type {Queryable} from '../../core/session.ts';
import {readRows, type ReadOptions} from '../catalog/read.ts';
import {holdersSql} from './sql/holders.ts';

const holderRow = z.object({
  oid: z.string(),
  levels: z.array(z.number()),
  pid: z.number().exactOptional(),
  application: z.string().exactOptional(),
  user: z.string().exactOptional(),
  state: z.string().exactOptional(),
  seconds: z.number().exactOptional(),
});

/** By the relation's oid. */
export type Holders = ReadonlyMap<string, readonly LockHolder[]>;

/**
 * Reads who has had locks on relations for more than a moment.
 * @param seen virtual ids of the transactions that held a lock a moment ago
 */
export async function readHolders(
  db: Queryable,
  oids: readonly string[],
  seen: readonly string[],
  reading: ReadOptions,
): Promise<Outcome<Holders>> {
  const rows = await readRows(db, holdersSql, [oids, seen], holderRow, reading);
  if (!rows.ok) return rows;
  const holders = new Map<string, readonly LockHolder[]>();
  for (const row of rows.value) holders.set(row.oid, [...(holders.get(row.oid) ?? []), holderOf(row)]);
  return ok(holders);
}

function holderOf({oid: _oid, levels, ...who}: z.infer<typeof holderRow>): LockHolder {
  return {modes: levels.toSorted((a, b) => b - a).map(modeOf), ...who};
}
