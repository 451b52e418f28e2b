import * as z from 'zod';
import {fail, ok, type Outcome} from '../../core/outcome.ts';
import type {Cell, FirstRows} from '../../core/catalog/rows.ts';
import type {Queryable, QueryResult, Signal} from '../../core/session.ts';
import {quoteIdentifier} from '../../core/sql/quote.ts';
import {lockedFailure, readRows, type ReadOptions} from './read.ts';
import {readableColumnsSql} from './sql/rows.ts';

export interface RelationName {
  readonly schema: string;
  readonly name: string;
}

export interface RowsOptions extends ReadOptions {
  /** Rows at most; 100 unless told. */
  readonly limit?: number;
  /** Characters of a value at most, and bytes of a bytea; 10,000 unless told. */
  readonly longest?: number;
}

const columnRow = z.object({
  schema: z.string(),
  relation: z.string(),
  name: z.string().exactOptional(),
  type: z.string().exactOptional(),
  bytes: z.boolean().exactOptional(),
  readable: z.boolean().exactOptional(),
});

interface ReadableColumn {
  readonly name: string;
  readonly type: string;
  readonly bytes: boolean;
  readonly readable: boolean;
}

/**
 * Counts the rows of a relation, in a read-only transaction.
 * @param db a session that nothing else uses meanwhile: a transaction block is opened and ended on it
 * @returns the exact number as of now, which for a large table takes as long as reading it
 */
export async function countRows(
  db: Queryable,
  relation: RelationName,
  options: ReadOptions = {},
): Promise<Outcome<bigint>> {
  const result = await readOnly(db, options, signal =>
    db.query(`SELECT pg_catalog.count(*)::text AS count FROM ${qualified(relation)}`, [], signal),
  );
  return result.ok ? ok(z.object({count: z.coerce.bigint()}).parse(result.value.rows[0]).count) : result;
}

/**
 * Reads some rows as text, in a read-only transaction, in no particular order.
 * The server makes the text (every type has one) and cuts long values, so a page of large documents stays small;
 * of a bytea it reads only the beginning.
 * @param db a session that nothing else uses meanwhile: a transaction block is opened and ended on it
 * @param relation oid of a table, view, materialized view or foreign table
 */
export async function firstRows(
  db: Queryable,
  relation: number,
  options: RowsOptions = {},
): Promise<Outcome<FirstRows>> {
  const {limit = 100, longest = 10_000} = options;
  const described = await readRows(db, readableColumnsSql, [relation], columnRow, options);
  if (!described.ok) return described;
  const first = described.value[0];
  if (!first) return fail('invalid-input', 'This table no longer exists.', {advice: 'Refresh the tree.'});
  const columns = described.value.flatMap(toColumn);
  const shown = columns.filter(({readable}) => readable);
  const sql = `SELECT ARRAY[${shown.map(column => textOf(column, longest)).join(', ')}]::text[] AS cells
    FROM ${qualified({schema: first.schema, name: first.relation})} AS r LIMIT ${limit + 1}`;
  const result = await readOnly(db, options, signal => db.query(sql, [], signal));
  if (!result.ok) return result;
  return ok({
    columns: shown.map(({name, type}) => ({name, type})),
    rows: result.value.rows.slice(0, limit).map(row => toCells(row, shown, longest)),
    more: result.value.rows.length > limit,
    hidden: columns.filter(({readable}) => !readable).map(({name}) => name),
  });
}

/** One more than the longest is asked for, to know whether the value goes on. */
function textOf({name, bytes}: ReadableColumn, longest: number): string {
  const value = `r.${quoteIdentifier(name)}`;
  return bytes
    ? `'\\x' || pg_catalog.encode(pg_catalog.substr(${value}, 1, ${longest + 1}), 'hex')`
    : `pg_catalog.left(${value}::text, ${longest + 1})`;
}

const cellsRow = z.object({cells: z.array(z.string().nullable())});

function toCells(row: unknown, columns: readonly ReadableColumn[], longest: number): readonly Cell[] {
  return cellsRow.parse(row).cells.map((text, index) => {
    if (text === null) return null;
    return columns[index]?.bytes ? cutAt(text, 2 + 2 * longest) : cutAt(text, longest);
  });
}

/** The server counts characters; a JavaScript string may need two units for one. */
function cutAt(text: string, longest: number): Cell {
  if (text.length <= longest) return {text, cut: false};
  const characters = Array.from(text);
  if (characters.length <= longest) return {text, cut: false};
  return {text: characters.slice(0, longest).join(''), cut: true};
}

function toColumn({name, type, bytes, readable}: z.infer<typeof columnRow>): readonly ReadableColumn[] {
  if (name === undefined || type === undefined) return [];
  return [{name, type, bytes: bytes ?? false, readable: readable ?? false}];
}

function qualified({schema, name}: RelationName): string {
  return `${quoteIdentifier(schema)}.${quoteIdentifier(name)}`;
}

/** Runs one query between BEGIN READ ONLY and ROLLBACK; waits for locks no longer than `lockTimeout`, 5 s unless told. */
async function readOnly(
  db: Queryable,
  {signal, lockTimeout = 5000}: ReadOptions,
  run: (signal?: Signal) => Promise<Outcome<QueryResult>>,
): Promise<Outcome<QueryResult>> {
  const begun = await db.query('BEGIN TRANSACTION READ ONLY', [], signal);
  if (!begun.ok) return begun;
  const limited = await db.query(`SET LOCAL lock_timeout = ${Math.round(lockTimeout)}`);
  const result = limited.ok ? await run(signal) : limited;
  await db.query('ROLLBACK');
  return result.ok ? result : lockedFailure(result);
}
