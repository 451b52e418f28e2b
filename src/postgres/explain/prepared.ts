import {queryOfCreate} from '../../core/explain/gate/unwrap.ts';
import type {Outcome} from '../../core/outcome.ts';
import type {Session, Signal} from '../../core/session.ts';
import {positionOfOffset} from '../../core/sql/positions.ts';
import {shifted} from './failures.ts';

export interface PrepareOptions {
  /** Types of the parameters; `unknown` leaves one to be inferred. All are inferred without them. */
  readonly types?: readonly string[];
  readonly signal?: Signal | undefined;
}

/**
 * Prepares a statement inside the open transaction, and takes it away again: a prepared statement outlives ROLLBACK.
 * Of a CREATE TABLE AS, which cannot be prepared, its query is. Afterwards the transaction is usable, also when
 * something failed. The extended protocol carries the text, which refuses several statements (42601).
 * @param work is given the statement's name
 * @returns what `work` does; the server's failure of PREPARE, with its position counted in `sql`
 */
export async function withPrepared<T>(
  session: Session,
  sql: string,
  {types = [], signal}: PrepareOptions,
  work: (name: string) => Promise<Outcome<T>>,
): Promise<Outcome<T>> {
  const name = `howdah_${crypto.randomUUID().replaceAll('-', '')}`;
  const saved = await session.script(`SAVEPOINT ${name}`);
  if (!saved.ok) return saved;
  const {start, end} = queryOfCreate(sql);
  const prefix = `PREPARE ${name}${types.length === 0 ? '' : `(${types.join(', ')})`} AS `;
  const prepared = await session.query(`${prefix}${sql.slice(start, end)}`, [], signal);
  try {
    return prepared.ok
      ? await work(name)
      : shifted(prepared, prefix.length + 1 - positionOfOffset(sql, start));
  } finally {
    await session.script(`ROLLBACK TO SAVEPOINT ${name}`);
    if (prepared.ok) await session.script(`DEALLOCATE ${name}`);
  }
}
