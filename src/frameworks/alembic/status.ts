import {readRows, type AlembicHistory} from '../../core/alembic/history.ts';
import type {Status} from '../../core/migrations/migration.ts';
import {ok, type Outcome} from '../../core/outcome.ts';
import type {Queryable} from '../../core/session.ts';
import type {ProjectOptions} from '../framework.ts';
import {readBooks} from './bookkeeping.ts';

/** See `Project.status`. Asks the server alone: no Python runs. */
export async function readStatus(
  session: Queryable,
  history: AlembicHistory,
  options: ProjectOptions,
): Promise<Outcome<Status>> {
  const books = await readBooks(session, options, id => history.graph.nodes.has(id));
  if (!books.ok) return books;
  const {rows, ...bookkeeping} = books.value;
  return ok({...readRows(history, rows), bookkeeping});
}
