import {positionOfHeads} from '../../core/alembic/heads.ts';
import {readRows, type AlembicHistory} from '../../core/alembic/history.ts';
import type {Position, Status} from '../../core/migrations/migration.ts';
import {ok, type Outcome} from '../../core/outcome.ts';
import type {Queryable} from '../../core/session.ts';
import type {ProjectOptions} from '../framework.ts';
import {readBooks, readHeads} from './bookkeeping.ts';

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

/** The position alone, for before and after a run. */
export async function readPosition(
  session: Queryable,
  {graph}: AlembicHistory,
  options: ProjectOptions,
): Promise<Outcome<Position>> {
  const heads = await readHeads(session, options, id => graph.nodes.has(id));
  return heads.ok ? ok(positionOfHeads(graph, heads.value)) : heads;
}
