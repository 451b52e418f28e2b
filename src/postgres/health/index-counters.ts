import type * as z from 'zod/mini';
import {amount, moment, oid, record} from '../../core/health/shape.ts';
import {ok, type Outcome} from '../../core/outcome.ts';
import type {Session} from '../../core/session.ts';
import {askRows, type AskOptions, type Meter} from './ask.ts';
import {clockSql, indexCountersSql} from './sql/index-counters.ts';

const Counter = record({oid, scans: amount, tuplesRead: amount});
export type IndexCounter = z.infer<typeof Counter>;
const Clock = record({at: moment});

/** A backend tells what it scanned up to a minute late, so a look goes back so many milliseconds before the last one. */
const lateness = 120_000;

export interface CountersRead {
  /** By the server's clock. */
  readonly at: number;
  readonly counters: readonly IndexCounter[];
}

/**
 * Reads how often indexes were scanned: two short statements, each a transaction of its own, without any lock on a table.
 * @param since when they were read last, by the server's clock; from PostgreSQL 16 on only what was scanned since is sent
 */
export async function readIndexCounters(
  db: Session,
  since: number | undefined,
  options: AskOptions,
): Promise<Outcome<CountersRead>> {
  const meter: Meter = {serverMs: 0, rows: 0, statements: 0};
  const sql = indexCountersSql(db.server.versionNumber);
  const from = since === undefined ? null : since - lateness;
  const clock = await askRows(db, clockSql, [], Clock, meter, options);
  if (!clock.ok) return clock;
  const counters = await askRows(db, sql, [from], Counter, meter, options);
  if (!counters.ok) return counters;
  return ok({at: clock.value[0]?.at ?? 0, counters: counters.value});
}
