import * as z from 'zod';
import type {LockHolder, Target} from '../../core/lint/target.ts';
import {ok, type Outcome} from '../../core/outcome.ts';
import type {TargetFacts} from '../../core/rehearse/report.ts';
import type {Queryable, Session, Signal} from '../../core/session.ts';
import type {QualifiedName} from '../../core/sql/objects.ts';
import {readRows, type ReadOptions} from '../catalog/read.ts';
import {number} from '../catalog/shapes.ts';
import {lookAtWrites, trafficOf, type WritesLook} from '../rehearse/facts.ts';
import {qualifiedName} from '../rehearse/relations.ts';
import {readHolders, type Holders} from './read-holders.ts';
import {relationRow, relationsOf, type RelationRow} from './relation-rows.ts';
import {activitySql} from './sql/activity.ts';
import {relationsSql} from './sql/relations.ts';
import {sizesSql} from './sql/sizes.ts';

export interface ReadTargetOptions {
  /** The connection's. */
  readonly name: string;
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly signal?: Signal;
  /** What was read of the same database before: writes are then counted between the two. */
  readonly previous?: ReadTarget;
}

/** A target, and what the next reading compares with. */
export interface ReadTarget extends Target {
  holders(name: QualifiedName): readonly LockHolder[];
  readonly writes: WritesLook;
}

const sizeRow = z.object({oid: z.string(), bytes: number, heap: number, rows: number.exactOptional()});
const activityRow = z.object({
  path: z.array(z.string()),
  block: number,
  locking: z.array(z.string()).exactOptional(),
  longest: z.number().exactOptional(),
});

interface Read {
  readonly activity: z.infer<typeof activityRow>;
  readonly rows: readonly RelationRow[];
  /** By oid. */
  readonly sizes: ReadonlyMap<string, TargetFacts>;
  readonly writes: WritesLook;
  readonly holders: Holders;
}

/**
 * Reads what linting wants to know of a database, in five statements. Any role that can connect may. Of a table that
 * another session has in ACCESS EXCLUSIVE mode what would wait is left out: defaults, expressions and the exact size.
 * @param db outside of a transaction
 * @returns a `locked` failure where a table was locked in that very moment
 */
export async function readTarget(db: Session, options: ReadTargetOptions): Promise<Outcome<ReadTarget>> {
  const reading: ReadOptions = options.signal ? {signal: options.signal} : {};
  const activity = await readRows(db, activitySql, [], activityRow, {...reading, searchPath: 'session'});
  if (!activity.ok) return activity;
  const rows = await readRows(db, relationsSql, [], relationRow, reading);
  if (!rows.ok) return rows;
  const sizes = await readSizes(db, rows.value, reading);
  if (!sizes.ok) return sizes;
  const writes = await lookAtWrites(db, reading);
  if (!writes.ok) return writes;
  const [first = {path: [], block: 0}] = activity.value;
  const oids = rows.value.map(({oid}) => oid);
  const holders = await readHolders(db, oids, first.locking ?? [], reading);
  if (!holders.ok) return holders;
  const read = {
    activity: first,
    rows: rows.value,
    sizes: sizes.value,
    writes: writes.value,
    holders: holders.value,
  };
  return ok(targetOf(Math.trunc(db.server.versionNumber / 10_000), options, read));
}

async function readSizes(
  db: Queryable,
  rows: readonly RelationRow[],
  reading: ReadOptions,
): Promise<Outcome<Read['sizes']>> {
  const sized = rows.filter(({busy, kind}) => !busy && kind !== 'v').map(({oid}) => oid);
  const sizes = await readRows(db, sizesSql, [sized], sizeRow, reading);
  return sizes.ok ? ok(new Map(sizes.value.map(({oid, ...size}) => [oid, size]))) : sizes;
}

function targetOf(major: number, {name, now, previous}: ReadTargetOptions, read: Read): ReadTarget {
  const {activity, rows, writes} = read;
  const byName = new Map(rows.map(row => [qualifiedName(row.schema, row.name), row]));
  const relations = relationsOf(rows);
  const keyOf = (asked: QualifiedName): string =>
    (asked.schema === undefined ? activity.path : [asked.schema])
      .map(schema => qualifiedName(schema, asked.name))
      .find(key => byName.has(key)) ?? '';
  return {
    name,
    major,
    readAt: now,
    writes,
    relation: asked => relations.get(byName.get(keyOf(asked))?.oid ?? ''),
    facts: asked => {
      const key = keyOf(asked);
      const row = byName.get(key);
      const size = row && (read.sizes.get(row.oid) ?? estimated(row, activity.block));
      return size && {...size, ...trafficOf(key, previous?.writes ?? writes, writes)};
    },
    holders: asked => read.holders.get(byName.get(keyOf(asked))?.oid ?? '') ?? [],
    ...(activity.longest === undefined ? {} : {longestTransaction: activity.longest}),
  };
}

/** As of the last VACUUM or ANALYZE; -1 rows mean that there was none. */
function estimated({pages, rows}: RelationRow, block: number): TargetFacts {
  return {bytes: pages * block, heap: pages * block, ...(rows < 0 ? {} : {rows})};
}
