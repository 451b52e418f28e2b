import type {ExactIndex} from '../../../core/health/indexes/exact-sizes.ts';
import {maybe, record, amount, text} from '../../../core/health/shape.ts';
import {ok, type Outcome} from '../../../core/outcome.ts';
import type {Session} from '../../../core/session.ts';
import {askRows, type Meter} from '../ask.ts';
import {beginReading, type BeginOptions} from '../begin-reading.ts';
import {exactIndexesSql} from '../sql/index-parts.ts';

export interface ExactOptions extends BeginOptions {
  /** Asks for `pg_get_indexdef` as well, which takes twice as long. */
  readonly definitions?: boolean;
  /** Called between pieces of work, so that the event loop is not held. */
  readonly pause?: () => Promise<void>;
  /** Gets each piece as soon as it is there. */
  readonly onPiece?: (indexes: readonly ExactIndex[]) => void;
}

/** Indexes of one statement: it takes some 30 ms, so nobody waits long for a cancelled one. */
const together = 1000;

const Exact = record({oid: amount, bytes: amount, definition: maybe(text)});

/**
 * Reads exact sizes of indexes. One that is locked exclusively, was dropped, or belongs to a partitioned table is left
 * out; a partitioned one has the sum of its partitions' indexes, which `withExactSizes` makes.
 * @param db outside of a transaction; nothing else uses it meanwhile
 * @param meter what it costs is added to it
 */
export async function readExactIndexes(
  db: Session,
  oids: readonly number[],
  options: ExactOptions = {},
  meter: Meter = {serverMs: 0, rows: 0, statements: 0},
): Promise<Outcome<readonly ExactIndex[]>> {
  const all: ExactIndex[] = [];
  for (let from = 0; from < oids.length; from += together) {
    if (from > 0) await options.pause?.();
    const piece = await readPiece(db, oids.slice(from, from + together), options, meter);
    if (!piece.ok) return piece;
    all.push(...piece.value);
    options.onPiece?.(piece.value);
  }
  return ok(all);
}

async function readPiece(
  db: Session,
  oids: readonly number[],
  options: ExactOptions,
  meter: Meter,
): Promise<Outcome<readonly ExactIndex[]>> {
  const begun = await beginReading(db, options);
  if (!begun.ok) return begun;
  const params = [oids, options.definitions === true];
  const rows = await askRows(db, exactIndexesSql, params, Exact, meter, options);
  // A rollback would count among those of the programs.
  const ended = await db.script(rows.ok ? 'COMMIT' : 'ROLLBACK');
  return ended.ok ? rows : ended;
}
