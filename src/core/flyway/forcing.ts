import {ok, type Outcome} from '../outcome.ts';
import type {Position} from '../migrations/migration.ts';
import {idToRecord} from '../migrations/to-record.ts';
import {activeRows, idOfRow, type HistoryRow} from './records.ts';
import {compareIds, compareVersions, isRepeatable} from './versions.ts';

/** What has to be written so that the rows say that a history is applied up to a version. */
export interface Forcing {
  /** Ranks of rows to delete: failed ones, and those of later versions. */
  readonly removed: readonly number[];
  /** Ids to record as applied without having run. */
  readonly added: readonly string[];
  /** Rows without a file that count no more, as `repair` says it: by another row, of type `DELETE`. */
  readonly deleted: readonly HistoryRow[];
  /** By id the rows that take over what the files say now, as `repair` does. */
  readonly aligned: ReadonlyMap<string, HistoryRow>;
}

/**
 * While a migration is failed, naming it or the one before it touches only that.
 * @param ids of the files, in order
 * @param asFilesSay whether what has no file is to count no more
 * Failures: `missing-file`, `invalid-input` (a failed position)
 */
export function forcingTo(
  position: Position,
  ids: readonly string[],
  rows: readonly HistoryRow[],
  asFilesSay = false,
): Outcome<Forcing> {
  const named = idToRecord(position, ids, 'Flyway');
  if (!named.ok) return named;
  const target = named.value;
  const failed = rows.filter(({success}) => !success);
  const broken = new Set(failed.flatMap(row => idOfRow(row) ?? []));
  const [only] = broken;
  const before = only === undefined ? undefined : ids.findLast(id => compareIds(id, only) < 0);
  const removed = failed.map(({rank}) => rank);
  if (only !== undefined && broken.size === 1 && (target === before || target === only))
    return ok({removed, added: target === only ? [only] : [], deleted: [], aligned: new Map()});
  const beyond = (id: string): boolean =>
    !isRepeatable(id) && (target === undefined || compareIds(id, target) > 0);
  const active = new Map([...activeRows(rows)].filter(([, {success}]) => success));
  const later = rows.filter(row => {
    const id = idOfRow(row);
    return id !== undefined && row.success && (target === undefined || beyond(id));
  });
  const wanted = new Set(target === undefined ? [] : ids.filter(id => compareIds(id, target) <= 0));
  const baseline = [...active].find(([, {type}]) => type === 'BASELINE')?.[0];
  const covered = (id: string): boolean =>
    active.has(id) ||
    (baseline !== undefined && !isRepeatable(id) && !beyond(baseline) && compareVersions(id, baseline) <= 0);
  const known = new Set(ids);
  const gone = [...active].filter(([id, {type}]) => type === 'SQL' && !known.has(id) && !beyond(id));
  return ok({
    deleted: target === undefined || !asFilesSay ? [] : gone.map(([, row]) => row),
    removed: [...new Set([...removed, ...later.map(({rank}) => rank)])],
    added: [...wanted].filter(id => !covered(id)),
    aligned: new Map(
      [...active].filter(([id, {type}]) => wanted.has(id) && type === 'SQL' && !isRepeatable(id)),
    ),
  });
}
