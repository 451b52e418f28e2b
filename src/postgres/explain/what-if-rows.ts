import type * as z from 'zod';
import {ok, type Outcome} from '../../core/outcome.ts';
import type {Queryable, Signal} from '../../core/session.ts';

/**
 * Reads rows inside a transaction, whose settings stay as they are.
 * @param shape what a row must look like; columns that are null are absent
 */
export async function rowsIn<T>(
  db: Queryable,
  query: {readonly sql: string; readonly params?: readonly unknown[]},
  shape: z.ZodType<T>,
  signal?: Signal,
): Promise<Outcome<readonly T[]>> {
  const result = await db.query(query.sql, query.params ?? [], signal);
  if (!result.ok) return result;
  return ok(
    result.value.rows.map(row =>
      shape.parse(Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null))),
    ),
  );
}
