import {compareIds} from '../../core/goose/grammar.ts';
import {inApplicationOrder} from '../../core/goose/application-order.ts';
import type {History, HistoryProblem, MigrationStatus, Status} from '../../core/migrations/migration.ts';
import type {LinearPosition} from '../../core/migrations/position.ts';
import {isApplied, positionOf, statesOfRecords} from '../../core/migrations/recorded.ts';
import {ok, type Outcome} from '../../core/outcome.ts';
import type {Queryable} from '../../core/session.ts';
import {locateTable, readApplied, type AppliedVersion} from './bookkeeping.ts';
import {lockKey} from './lock-key.ts';
import type {Settings} from './settings.ts';

/** What the bookkeeping says of a history. */
interface Known {
  readonly migrations: readonly MigrationStatus[];
  /** At the version that was applied last, as `goose version` says. */
  readonly position: LinearPosition;
  /** The applied versions in the order in which they were applied, which is the order of rolling back. */
  readonly mark: string;
}

/** See `Project.status`. */
export async function readStatus(
  session: Queryable,
  history: History,
  {table, allowMissing}: Settings,
): Promise<Outcome<Status>> {
  const located = await locateTable(session, table);
  if (!located.ok) return located;
  const known = await readKnown(session, history, table);
  if (!known.ok) return known;
  const {shown, exists, elsewhere} = located.value;
  const {position, migrations, mark} = known.value;
  return ok({
    position,
    bookkeeping: {table: shown, exists, elsewhere, lockKeys: [lockKey.toString()], mark},
    migrations,
    problems: [...history.problems, ...(allowMissing ? [] : lateOnes(migrations))],
  });
}

/** Reads the bookkeeping again, for a run that is about to begin or has ended. */
export async function readKnown(
  session: Queryable,
  history: History,
  table: string,
): Promise<Outcome<Known>> {
  const applied = await readApplied(session, table);
  return applied.ok ? ok(knownOf(history, applied.value)) : applied;
}

function knownOf({migrations}: History, applied: readonly AppliedVersion[]): Known {
  const records = new Map(applied.map(({id, at}) => [id, {kind: 'applied' as const, at}]));
  const states = statesOfRecords(migrations, records, (one, other) => compareIds(one.id, other.id));
  const ids = applied.map(({id}) => id);
  return {
    migrations: states.map(entry => withCurrent(entry, ids.at(-1))),
    position: positionOf(inApplicationOrder(states, ids)),
    mark: ids.join(','),
  };
}

function withCurrent(entry: MigrationStatus, last: string | undefined): MigrationStatus {
  if (entry.state.kind !== 'applied') return entry;
  return {...entry, state: {kind: 'applied', current: entry.migration.id === last}};
}

/** @returns the pending migrations that are older than the newest version that is applied */
export function findLate(migrations: readonly MigrationStatus[]): readonly MigrationStatus[] {
  const newest = migrations.findLastIndex(isApplied);
  return migrations.slice(0, Math.max(0, newest)).filter(({state}) => state.kind === 'pending');
}

function lateOnes(migrations: readonly MigrationStatus[]): readonly HistoryProblem[] {
  const newest = migrations.findLast(isApplied)?.migration.label;
  return findLate(migrations).map(({migration: {id, label, up}}) => ({
    kind: 'other',
    id,
    paths: up === undefined ? [] : [up],
    refused: false,
    words: `${label} is older than ${newest}, which is applied. goose applies nothing any more until the file has a newer version, unless it is told to allow missing ones.`,
  }));
}
