import {ok, type Outcome} from '../../core/outcome.ts';
import type {History, MigrationStatus, Position, Status} from '../../core/migrations/migration.ts';
import {statesOf} from '../../core/migrations/states.ts';
import type {Session} from '../../core/session.ts';
import type {Parser} from '../../core/sql/parser.ts';
import type {StatusHints} from '../framework.ts';
import {findElsewhere, locateTable, readPosition} from './bookkeeping.ts';
import {compareIds} from '../../core/golang-migrate/grammar.ts';
import {lockKeys} from './lock-keys.ts';
import {findHolder} from '../shared/advisory-lock.ts';
import {findNeverRan} from './never-ran.ts';
import type {Settings} from './settings.ts';

/** See `Project.status`. */
export async function readStatus(
  parser: Parser,
  session: Session,
  history: History,
  settings: Settings,
  hints: StatusHints,
): Promise<Outcome<Status>> {
  const table = await locateTable(session, settings);
  if (!table.ok) return table;
  const read = await readPosition(session, table.value);
  if (!read.ok) return read;
  const elsewhere = await findElsewhere(session, table.value);
  if (!elsewhere.ok) return elsewhere;
  const {position, exists} = read.value;
  const neverRan = await findNeverRan(parser, session, history, position, hints);
  if (!neverRan.ok) return neverRan;
  const {schema, name, quoted} = table.value;
  const keys = lockKeys(schema, name, session.server.database);
  const runner = position.kind === 'failed' ? await findHolder(session, keys) : undefined;
  const states = statesOf(history.migrations, position, neverRan.value, compareIds);
  return ok({
    position,
    ...(runner === undefined ? {} : {runner}),
    bookkeeping: {
      table: quoted,
      exists,
      elsewhere: elsewhere.value,
      lockKeys: keys.map(String),
    },
    migrations: markRunning(runner !== undefined, markFirst(position, states)),
    problems: history.problems,
  });
}

/** A failed first down leaves (-1, dirty), which no file has as its version: the first migration is the failed one. */
function markFirst(position: Position, states: readonly MigrationStatus[]): readonly MigrationStatus[] {
  if (position.kind !== 'failed' || position.id !== '-1') return states;
  return states.map((status, index) => (index === 0 ? {...status, state: {kind: 'failed'}} : status));
}

/** A migration in the middle of a run has the same mark as a failed one; only the lock tells them apart. */
function markRunning(running: boolean, states: readonly MigrationStatus[]): readonly MigrationStatus[] {
  if (!running) return states;
  return states.map(status =>
    status.state.kind === 'failed' ? {...status, state: {kind: 'running'}} : status,
  );
}
