import type * as z from 'zod';
import {fail, ok, type Outcome} from '../../core/outcome.ts';
import type {Queryable, Row, Signal} from '../../core/session.ts';

export interface ReadOptions {
  readonly signal?: Signal;
  /** Milliseconds to wait for a lock that another session holds; 1000 unless told. */
  readonly lockTimeout?: number;
}

interface Reading extends ReadOptions {
  /** `session` keeps the user's own, for what depends on it; nothing may be deparsed then. */
  readonly searchPath?: 'empty' | 'session';
}

type Failed = Extract<Outcome<never>, {readonly ok: false}>;

/**
 * Reads rows of the catalog in one statement, with two settings that hold for this statement only:
 * an empty `search_path`, so that every name the server deparses is qualified, and a `lock_timeout`, because the
 * deparsing functions (`pg_get_expr`, `pg_get_viewdef`, …) and `pg_total_relation_size` lock what they look at and
 * would wait for as long as somebody else holds ACCESS EXCLUSIVE (observed on 14–18).
 *
 * The settings sit in an uncorrelated subquery: the planner makes it a one-time filter above the whole statement,
 * which is checked before the first row is asked for. `set_config(…, true)` ends with the transaction, and so with
 * the statement, as long as the session is not inside a transaction block.
 *
 * @param sql one SELECT with every name qualified, since it is parsed under the user's search_path
 * @param shape what a row must look like; columns that are null are absent
 * @returns the rows in the order of `sql`; a `locked` failure after the lock timeout (SQLSTATE 55P03)
 */
export async function readRows<T>(
  db: Queryable,
  sql: string,
  params: readonly unknown[],
  shape: z.ZodType<T>,
  {signal, lockTimeout = 1000, searchPath = 'empty'}: Reading = {},
): Promise<Outcome<readonly T[]>> {
  const result = await db.query(settled(sql, {lockTimeout, searchPath}), params, signal);
  if (!result.ok) return lockedFailure(result);
  return ok(result.value.rows.map(row => shape.parse(withoutNulls(row))));
}

/** Reads one row; `undefined` when there is none, as for an object that was dropped meanwhile. */
export async function readRow<T>(
  db: Queryable,
  sql: string,
  params: readonly unknown[],
  shape: z.ZodType<T>,
  options: ReadOptions = {},
): Promise<Outcome<T | undefined>> {
  const rows = await readRows(db, sql, params, shape, options);
  return rows.ok ? ok(rows.value[0]) : rows;
}

function settled(sql: string, {lockTimeout, searchPath}: Required<Omit<Reading, 'signal'>>): string {
  const path = searchPath === 'empty' ? `pg_catalog.set_config('search_path', '', true),` : '';
  return `SELECT r.* FROM (${sql}
  ) AS r WHERE (SELECT pg_catalog.concat(${path}
    pg_catalog.set_config('lock_timeout', '${Math.round(lockTimeout)}', true))) IS NOT NULL`;
}

/** Gives a lock timeout (55P03) a reason and words of its own; any other failure is left as it is. */
export function lockedFailure(failed: Failed): Failed {
  const {server} = failed.failure;
  if (server?.sqlState !== '55P03') return failed;
  return fail('locked', 'Another session holds a lock on this object, so it cannot be read now.', {
    advice: 'Try again when the other session (a migration, a VACUUM FULL) is done.',
    server,
  });
}

function withoutNulls(row: Row): Row {
  return Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null));
}
