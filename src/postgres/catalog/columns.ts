import * as z from 'zod';
import {ok, type Outcome} from '../../core/outcome.ts';
import type {Column, ColumnFill} from '../../core/catalog/table-parts.ts';
import type {Queryable} from '../../core/session.ts';
import {readRows, type ReadOptions} from './read.ts';
import {number} from './shapes.ts';
import {columnsSql} from './sql/table-parts.ts';

const row = z.object({
  position: number,
  name: z.string(),
  type: z.string(),
  nullable: z.boolean(),
  identity: z.enum(['', 'a', 'd']),
  generated: z.enum(['', 's', 'v']),
  expression: z.string().exactOptional(),
  inPrimaryKey: z.boolean(),
  collation: z.string().exactOptional(),
  comment: z.string().exactOptional(),
});

/** @param relation oid of a table, view, materialized view, foreign table or composite type's relation */
export async function listColumns(
  db: Queryable,
  relation: number,
  options: ReadOptions = {},
): Promise<Outcome<readonly Column[]>> {
  const rows = await readRows(db, columnsSql, [relation], row, options);
  if (!rows.ok) return rows;
  return ok(
    rows.value.map(({identity, generated, expression, ...column}) => ({
      ...column,
      fill: fill(identity, generated, expression),
    })),
  );
}

function fill(identity: '' | 'a' | 'd', generated: '' | 's' | 'v', expression?: string): ColumnFill {
  if (identity !== '') return {kind: 'identity', always: identity === 'a'};
  if (expression === undefined) return {kind: 'nothing'};
  if (generated === '') return {kind: 'default', expression};
  return {kind: 'generated', expression, storage: generated === 's' ? 'stored' : 'virtual'};
}
