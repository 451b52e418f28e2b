import * as z from 'zod';
import {grouped} from '../../core/grouped.ts';
import {fail, ok, type Outcome} from '../../core/outcome.ts';
import type {ColumnOfRows, DatabaseRows, SequencePosition, TableRows} from '../../core/reshape/rows.ts';
import {bookkeepingRules} from '../../core/schema/compare/bookkeeping.ts';
import type {Queryable} from '../../core/session.ts';
import {columnsSql, sequencesSql} from './sql/rows.ts';

const Columns = z.array(
  z.object({
    table: z.string(),
    name: z.string(),
    random: z.boolean(),
    identity: z.boolean(),
    moment: z.boolean(),
  }),
);
const Sequences = z.array(z.object({name: z.string(), last: z.string(), called: z.boolean()}));
const Cells = z.record(z.string(), z.string().nullable());

/** More than migrations write; whoever has more is told. */
const mostRows = 20_000;

/**
 * Reads what is in the tables of a database that was led there by migrations, without the books of tools.
 * Failures: `unsupported` for a table with more than 20,000 rows
 */
export async function readRows(db: Queryable, books: readonly string[] = []): Promise<Outcome<DatabaseRows>> {
  const left = [...bookkeepingRules.map(({name = ''}) => name.slice('*.'.length)), ...books];
  const columns = await db.query(columnsSql, [left]);
  if (!columns.ok) return columns;
  const found = grouped(Columns.parse(columns.value.rows), ({table}) => table);
  const tables: TableRows[] = [];
  for (const [table, own] of found) {
    const rows = await rowsOf(db, table, own);
    if (!rows.ok) return rows;
    tables.push(rows.value);
  }
  const sequences = await sequencesOf(db, left);
  return sequences.ok ? ok({tables, sequences: sequences.value}) : sequences;
}

async function rowsOf(
  db: Queryable,
  table: string,
  columns: readonly (ColumnOfRows & {readonly table: string})[],
): Promise<Outcome<TableRows>> {
  const names = columns.map(({name}, index) => `${name}::text AS c${index}`);
  const read = await db.query(`SELECT ${names.join(', ')} FROM ONLY ${table} LIMIT ${mostRows + 1}`);
  if (!read.ok) return read;
  if (read.value.rows.length > mostRows)
    return fail('unsupported', `The migrations write more than ${mostRows} rows into ${table}.`, {
      advice: 'Load data of that size outside of migrations.',
    });
  const rows = read.value.rows.map(row => {
    const cells = Cells.parse(row);
    return columns.map((_, index) => cells[`c${index}`] ?? null);
  });
  return ok({table, columns, rows});
}

async function sequencesOf(
  db: Queryable,
  left: readonly string[],
): Promise<Outcome<readonly SequencePosition[]>> {
  const names = await db.query(sequencesSql, [left]);
  if (!names.ok) return names;
  const all = names.value.rows.map(({name}) => String(name));
  if (all.length === 0) return ok([]);
  const selects = all.map(
    name =>
      `SELECT '${name.replaceAll("'", "''")}' AS name, last_value::text AS last, is_called AS called FROM ${name}`,
  );
  const read = await db.query(`SELECT * FROM (${selects.join(' UNION ALL ')}) AS positions WHERE called`);
  return read.ok ? ok(Sequences.parse(read.value.rows)) : read;
}
