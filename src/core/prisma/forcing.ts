import {ok, type Outcome} from '../outcome.ts';
import type {Position} from '../migrations/migration.ts';
import {idToRecord} from '../migrations/to-record.ts';
import {compareNames} from './names.ts';
import {isFailed, recordsOf, type MigrationRow} from './records.ts';

/** What has to be written so that the rows say that a history is applied up to a migration. */
export interface Forcing {
  /** Failed, and now marked as rolled back. */
  readonly rolledBack: readonly string[];
  /** Recorded as applied without having run. */
  readonly applied: readonly string[];
  /** Applied, and now without that row. */
  readonly forgotten: readonly string[];
}

/**
 * While a migration is failed, naming it or the one before it resolves that failure and touches nothing else, as
 * “resolve --applied” and “resolve --rolled-back” do.
 * @param names of the history, in order
 * @param edited names whose row has the checksum of another text: with them what is recorded becomes what the files say,
 *   so that rows without a file go
 * Failures: `missing-file`, `invalid-input` (a failed position)
 */
export function forcingTo(
  position: Position,
  names: readonly string[],
  rows: readonly MigrationRow[],
  edited?: ReadonlySet<string>,
): Outcome<Forcing> {
  const named = idToRecord(position, names, 'Prisma');
  if (!named.ok) return named;
  const target = named.value;
  const failed = [...new Set(rows.filter(isFailed).map(({name}) => name))];
  const [only] = failed;
  if (failed.length === 1 && only !== undefined) {
    if (target === only) return ok({rolledBack: failed, applied: failed, forgotten: []});
    if (target === names.findLast(name => compareNames(name, only) < 0))
      return ok({rolledBack: failed, applied: [], forgotten: []});
  }
  return ok({rolledBack: failed, ...exactly(target, names, rows, edited)});
}

function exactly(
  target: string | undefined,
  names: readonly string[],
  rows: readonly MigrationRow[],
  edited: ReadonlySet<string> | undefined,
): Pick<Forcing, 'applied' | 'forgotten'> {
  const done = [...recordsOf(rows)].filter(([, {kind}]) => kind !== 'failed').map(([name]) => name);
  const known = new Set(done);
  const wanted = target === undefined ? [] : names.slice(0, names.indexOf(target) + 1);
  const beyond = (name: string): boolean => target === undefined || compareNames(name, target) > 0;
  const files = new Set(names);
  return {
    applied: wanted.filter(name => !known.has(name) || edited?.has(name) === true),
    forgotten: done.filter(name => beyond(name) || (edited && (!files.has(name) || edited.has(name)))),
  };
}
