import * as z from 'zod/mini';
import {ok, type Outcome} from '../../core/outcome.ts';
import type {Queryable, Signal} from '../../core/session.ts';

/** Rows that travel as one text; larger ones would hold the event loop while they are parsed. */
const together = 500;

const Chunk = z.object({rows: z.string(), ms: z.number()});

/** What asking has cost until now. */
export interface Meter {
  serverMs: number;
  rows: number;
  statements: number;
}

export interface AskOptions {
  readonly signal?: Signal;
  readonly pause?: () => Promise<void>;
}

/**
 * Runs one SELECT whose rows become JSON on the server, and adds to the meter how long the server took for it.
 * @param meter `serverMs` is the time from the statement's arrival until its last row was made; for no rows, the round trip
 */
export async function askRows<T>(
  db: Queryable,
  sql: string,
  params: readonly unknown[],
  shape: z.ZodMiniType<T>,
  meter: Meter,
  {signal, pause}: AskOptions,
): Promise<Outcome<readonly T[]>> {
  const begin = performance.now();
  const result = await db.query(inChunks(sql), params, signal);
  meter.statements += 1;
  if (!result.ok) return result;
  const chunks = result.value.rows.map(row => Chunk.parse(row));
  meter.serverMs += chunks.at(-1)?.ms ?? performance.now() - begin;
  const rows: T[] = [];
  for (const [index, chunk] of chunks.entries()) {
    if (index > 0) await pause?.();
    const parsed: unknown = JSON.parse(chunk.rows);
    rows.push(...z.array(shape).parse(parsed));
  }
  meter.rows += rows.length;
  return ok(rows);
}

function inChunks(sql: string): string {
  return `SELECT pg_catalog.json_strip_nulls(pg_catalog.json_agg(pg_catalog.to_json(n.r) ORDER BY n.number))::text AS rows,
    (extract(epoch FROM pg_catalog.clock_timestamp() - pg_catalog.statement_timestamp()) * 1000)::float8 AS ms
    FROM (SELECT r, pg_catalog.row_number() OVER () AS number FROM (${sql}) AS r) AS n
    GROUP BY (n.number - 1) / ${together} ORDER BY (n.number - 1) / ${together}`;
}
