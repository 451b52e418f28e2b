import type {
  History,
  HistoryProblem,
  Migration,
  MigrationStatus,
  Status,
} from '../../core/migrations/migration.ts';
import {statesOfRecords} from '../../core/migrations/recorded.ts';
import {compareFileNames} from '../../core/node-pg-migrate/file-names.ts';
import {orderProblem} from '../../core/node-pg-migrate/order.ts';
import {ok, type Outcome} from '../../core/outcome.ts';
import type {Session} from '../../core/session.ts';
import {findElsewhere, readingOf, readRows, tableOf} from './bookkeeping.ts';
import type {Settings} from './settings.ts';

/** See `Project.status`. */
export async function readStatus(
  session: Session,
  history: History,
  settings: Settings,
): Promise<Outcome<Status>> {
  const rows = await readRows(session, settings);
  if (!rows.ok) return rows;
  const elsewhere = await findElsewhere(session, settings);
  if (!elsewhere.ok) return elsewhere;
  const {exists, recorded} = rows.value;
  const {position, mark} = readingOf(recorded);
  const records = new Map(recorded.map(({name, runOn}) => [name, {kind: 'applied' as const, at: runOn}]));
  const names = recorded.map(({name}) => name);
  const wrongOrder = settings.checkOrder ? orderProblem(names, history.migrations) : undefined;
  return ok({
    position,
    bookkeeping: {
      table: tableOf(settings),
      exists,
      elsewhere: elsewhere.value,
      ...(settings.lock ? {lockKeys: [String(settings.lockValue)]} : {}),
      mark,
    },
    migrations: inRunOrder(statesOfRecords(history.migrations, records, byName), names, wrongOrder),
    problems: [...history.problems, ...(wrongOrder === undefined ? [] : [wrongOrder])],
  });
}

function byName(one: Migration, other: Migration): number {
  return compareFileNames(one.id, other.id);
}

/**
 * The tool rolls back in the order in which migrations were run, whatever their names are. Where it refuses that order,
 * the files' own shows what is wrong.
 */
function inRunOrder(
  all: readonly MigrationStatus[],
  names: readonly string[],
  refused: HistoryProblem | undefined,
): readonly MigrationStatus[] {
  const last = names.at(-1);
  const marked = all.map(status =>
    status.state.kind === 'applied'
      ? {...status, state: {kind: 'applied' as const, current: status.migration.id === last}}
      : status,
  );
  if (refused) return marked;
  const place = new Map(names.map((name, index) => [name, index]));
  const placeOf = ({migration: {id}}: MigrationStatus): number => place.get(id) ?? names.length;
  return marked.toSorted((one, other) => placeOf(one) - placeOf(other));
}
