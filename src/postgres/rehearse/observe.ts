import * as z from 'zod';
import {ok, type Outcome} from '../../core/outcome.ts';
import {modeOf} from '../../core/rehearse/locks.ts';
import type {ObservedLock, RowsTouched} from '../../core/rehearse/report.ts';
import type {Session, Signal} from '../../core/session.ts';
import {
  countersShape,
  fileShape,
  heldShape,
  kindOf,
  qualifiedName,
  relationShape,
  type Counters,
  type HeldRow,
  type KnownRelation,
} from './relations.ts';
import {filesSql} from './sql/alone.ts';
import {heldSql, pendingCountersSql, relationsSql} from './sql/observe.ts';

/** What one statement did to the relations, as its own backend shows it. */
export interface Observation {
  readonly locks: readonly ObservedLock[];
  readonly rewrites: readonly string[];
  readonly scans: readonly string[];
  readonly rows: readonly RowsTouched[];
}

export interface LookOptions {
  /**
   * `always`: any new file of a table is a rewrite. `unless-emptied`: a new file without a transient copy beside it is
   * what TRUNCATE makes. `never`: the statement is a TRUNCATE.
   */
  readonly rewrites: 'always' | 'unless-emptied' | 'never';
  readonly signal?: Signal | undefined;
}

const none: Omit<Counters, 'oid'> = {scans: 0, inserted: 0, updated: 0, deleted: 0};
const strongest = 8;
const manyMade = 200;
/** Weaker ones on an index are what every use of its table takes. */
const weakestOnIndex = 4;

/**
 * Watches a session's own locks, files and counters. Call order: `prepare` before the file, outside of a transaction or
 * in its first one; `begin` in each transaction before its first statement; `look` after each statement.
 */
export class Observer {
  readonly #session: Session;
  #known = new Map<string, KnownRelation>();
  #files = new Map<string, string>();
  #held = new Map<string, number>();
  #counters = new Map<string, Omit<Counters, 'oid'>>();
  /** Nothing more is to be seen of these. */
  readonly #settled = new Set<string>();
  #made = 0;

  constructor(session: Session) {
    this.#session = session;
  }

  /** Remembers which relations there are: what comes later is new. */
  async prepare(signal?: Signal): Promise<Outcome<void>> {
    const rows = await this.#read(relationsSql, relationShape, signal);
    if (!rows.ok) return rows;
    this.#known = new Map(
      rows.value.map(({oid, schema, name, kind, table}) => [
        oid,
        {name: qualifiedName(schema, name), kind, isNew: false, ...(table === null ? {} : {table})},
      ]),
    );
    this.#files = new Map(rows.value.map(({oid, file}) => [oid, file]));
    return ok(undefined);
  }

  /** Begins to count: nothing is held, and what earlier transactions counted does not count. */
  async begin(signal?: Signal): Promise<Outcome<void>> {
    const rows = await this.#read(pendingCountersSql, countersShape, signal);
    if (!rows.ok) return rows;
    this.#held.clear();
    this.#counters = new Map(rows.value.map(({oid, ...counters}) => [oid, counters]));
    return ok(undefined);
  }

  /** @returns what has changed since the last look, or since `begin` */
  async look({rewrites, signal}: LookOptions): Promise<Outcome<Observation>> {
    const rows = await this.#read(heldSql, heldShape, signal, [[...this.#settled]]);
    return rows.ok ? ok(this.#compare(rows.value, rewrites)) : rows;
  }

  isNew(oid: string): boolean {
    return this.#known.get(oid)?.isNew ?? true;
  }

  /** @returns tables, or else indexes, that have another file than at the last look; outside of a transaction */
  async movedFiles(signal?: Signal): Promise<Outcome<readonly string[]>> {
    const rows = await this.#read(filesSql, fileShape, signal);
    if (!rows.ok) return rows;
    const moved = rows.value.filter(({oid, file}) => !this.isNew(oid) && this.#files.get(oid) !== file);
    for (const {oid, file} of moved) this.#files.set(oid, file);
    return ok(this.#rewritten(new Set(moved.map(({oid}) => oid))));
  }

  #compare(rows: readonly HeldRow[], how: LookOptions['rewrites']): Observation {
    const transient = rows.some(
      ({oid, name}) => name === null && !this.#known.has(oid) && !this.#held.has(oid),
    );
    const moved = new Set(rows.filter(row => this.#hasNewFile(row)).map(({oid}) => oid));
    const copied = how === 'always' || (how === 'unless-emptied' && transient);
    for (const row of rows) this.#learn(row);
    const own = rows.flatMap(row => {
      const relation = this.#known.get(row.oid);
      return relation ? [{row, relation}] : [];
    });
    const observation = {
      locks: this.#newLocks(own),
      rewrites: copied ? this.#rewritten(moved) : this.#rewritten(moved, 'indexes'),
      scans: own
        .filter(({row, relation}) => !relation.isNew && isStored(relation) && (copied || !moved.has(row.oid)))
        .filter(({row}) => row.scans > this.#before(row.oid).scans)
        .map(({relation}) => relation.name),
      rows: own.flatMap(({row, relation}) => touched(relation, row, this.#before(row.oid))),
    };
    for (const {oid, level, scans, inserted, updated, deleted} of rows) {
      this.#held.set(oid, Math.max(level, this.#held.get(oid) ?? 0));
      this.#counters.set(oid, {scans, inserted, updated, deleted});
    }
    for (const row of rows) this.#settle(row);
    return observation;
  }

  /** Where a file makes hundreds of tables, asking for all of them after each statement would take the most time. */
  #settle({oid, level}: HeldRow): void {
    const relation = this.#known.get(oid);
    if (relation?.isNew === true && level === strongest) this.#made += 1;
    if (!relation || (relation.isNew && level === strongest && this.#made > manyMade)) this.#settled.add(oid);
  }

  #newLocks(own: readonly Own[]): readonly ObservedLock[] {
    return own
      .filter(
        ({row, relation}) => row.level > (this.#held.get(row.oid) ?? 0) && isWorthTelling(row, relation),
      )
      .toSorted((a, b) => b.row.level - a.row.level || Number(a.relation.isNew) - Number(b.relation.isNew))
      .map(({row, relation}) => ({
        relation: relation.name,
        kind: kindOf(relation.kind),
        mode: modeOf(row.level),
        isNew: relation.isNew,
      }));
  }

  #hasNewFile({oid, file}: HeldRow): boolean {
    const before = this.#files.get(oid);
    return before !== undefined && file !== null && file !== before && this.#known.get(oid)?.isNew === false;
  }

  /** TOAST and what is temporary stays unknown. */
  #learn({oid, schema, name, kind, file, persistence}: HeldRow): void {
    if (schema === 'pg_toast') return;
    if (schema === null || name === null || kind === null || file === null || persistence === 't') return;
    if (!this.#known.has(oid)) this.#known.set(oid, {name: qualifiedName(schema, name), kind, isNew: true});
    this.#files.set(oid, file);
  }

  /** Tables, and indexes whose table was left as it is. */
  #rewritten(moved: ReadonlySet<string>, which: 'all' | 'indexes' = 'all'): readonly string[] {
    return [...moved].flatMap(oid => {
      const relation = this.#known.get(oid);
      if (!relation) return [];
      const isIndex = relation.table !== undefined;
      if (isIndex ? moved.has(relation.table ?? '') : which === 'indexes') return [];
      return isIndex || isStored(relation) ? [relation.name] : [];
    });
  }

  #before(oid: string): Omit<Counters, 'oid'> {
    return this.#counters.get(oid) ?? none;
  }

  async #read<T>(
    sql: string,
    shape: z.ZodType<T>,
    signal?: Signal,
    params: readonly unknown[] = [],
  ): Promise<Outcome<readonly T[]>> {
    const result = await this.#session.query(sql, params, signal);
    return result.ok ? ok(z.array(shape).parse(result.value.rows)) : result;
  }
}

interface Own {
  readonly row: HeldRow;
  readonly relation: KnownRelation;
}

function isStored({kind}: KnownRelation): boolean {
  return kind === 'r' || kind === 'm';
}

function isWorthTelling({level}: HeldRow, {kind}: KnownRelation): boolean {
  return kindOf(kind) !== 'index' || level >= weakestOnIndex;
}

function touched(
  {name, kind}: KnownRelation,
  row: HeldRow,
  before: Omit<Counters, 'oid'>,
): readonly RowsTouched[] {
  if (!isStored({name, kind, isNew: false})) return [];
  const [inserted, updated, deleted] = [
    row.inserted - before.inserted,
    row.updated - before.updated,
    row.deleted - before.deleted,
  ].map(count => Math.max(0, count));
  return inserted || updated || deleted
    ? [{relation: name, inserted: inserted ?? 0, updated: updated ?? 0, deleted: deleted ?? 0}]
    : [];
}
