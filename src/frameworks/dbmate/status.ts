import {createHash} from 'node:crypto';
import {compareNames} from '../../core/dbmate/grammar.ts';
import type {History, MigrationStatus, Status} from '../../core/migrations/migration.ts';
import type {LinearPosition} from '../../core/migrations/position.ts';
import {positionOf, statesOfRecords} from '../../core/migrations/recorded.ts';
import {ok, type Outcome} from '../../core/outcome.ts';
import type {Queryable} from '../../core/session.ts';
import {findElsewhere, locateTable, readVersions, type Table} from './bookkeeping.ts';
import {nameOf} from './history.ts';
import {lockKey} from './lock-key.ts';
import type {Settings} from './settings.ts';

/** What the bookkeeping says of a history. */
interface Known {
  readonly migrations: readonly MigrationStatus[];
  readonly position: LinearPosition;
  /** As in `Bookkeeping.mark`. */
  readonly mark: string;
}

/** See `Project.status`. */
export async function readStatus(
  session: Queryable,
  history: History,
  settings: Settings,
): Promise<Outcome<Status>> {
  const table = await locateTable(session, settings);
  if (!table.ok) return table;
  const versions = await readVersions(session, table.value);
  if (!versions.ok) return versions;
  const elsewhere = await findElsewhere(session, table.value);
  if (!elsewhere.ok) return elsewhere;
  const {migrations, position, mark} = knownOf(history, versions.value ?? []);
  return ok({
    position,
    bookkeeping: {
      table: table.value.quoted,
      exists: versions.value !== undefined,
      elsewhere: elsewhere.value,
      lockKeys: [lockKey.toString()],
      mark,
    },
    migrations,
    problems: history.problems,
  });
}

/** Reads the bookkeeping again, for a run that is about to begin or has ended. */
export async function readKnown(session: Queryable, history: History, table: Table): Promise<Outcome<Known>> {
  const versions = await readVersions(session, table);
  return versions.ok ? ok(knownOf(history, versions.value ?? [])) : versions;
}

function knownOf({migrations}: History, versions: readonly string[]): Known {
  const records = new Map(versions.map(version => [version, {kind: 'applied' as const}]));
  const states = statesOfRecords(migrations, records, (one, other) =>
    compareNames(nameOf(one), nameOf(other)),
  );
  return {
    migrations: states,
    position: positionOf(states),
    mark: createHash('sha256').update(versions.join('\n')).digest('base64url'),
  };
}
