import {fail, ok, type Outcome} from '../../core/outcome.ts';
import type {Queryable} from '../../core/session.ts';
import {markSql} from './sql/mark.ts';

/**
 * @returns a text that stays the same while nothing is committed. Sequences are part of it, because a rollback does not
 * take them back
 */
export async function readMark(db: Queryable): Promise<Outcome<string>> {
  const marked = await db.query(markSql);
  if (!marked.ok) return marked;
  const mark = marked.value.rows[0]?.['mark'];
  return typeof mark === 'string' ? ok(mark) : fail('unsupported', 'The embedded PostgreSQL gives no mark.');
}
