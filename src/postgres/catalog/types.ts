import * as z from 'zod';
import {ok, type Outcome} from '../../core/outcome.ts';
import type {DataType} from '../../core/catalog/data-type.ts';
import {filterPattern} from '../../core/catalog/filter.ts';
import {pageOf, type Page, type PageRequest} from '../../core/catalog/page.ts';
import type {Queryable} from '../../core/session.ts';
import {readRows, type ReadOptions} from './read.ts';
import {named} from './shapes.ts';
import {typesSql} from './sql/types.ts';

const typeRow = z.object({
  ...named,
  kind: z.enum(['e', 'd', 'c', 'r']),
  labels: z.array(z.string()),
  base: z.string().exactOptional(),
  nullable: z.boolean(),
  checks: z.array(z.string()),
  attributes: z.array(z.object({name: z.string(), type: z.string()})).exactOptional(),
  subtype: z.string().exactOptional(),
});

/** A page of a schema's enums, domains, composite types and ranges; those of extensions are left out. */
export async function listTypes(
  db: Queryable,
  schema: string,
  request: PageRequest & ReadOptions,
): Promise<Outcome<Page<DataType>>> {
  const {after, limit, filter} = request;
  const params = [schema, after?.name ?? null, limit + 1, filterPattern(filter)];
  const rows = await readRows(db, typesSql, params, typeRow, request);
  return rows.ok ? ok(pageOf(rows.value.map(toType), limit)) : rows;
}

function toType(row: z.infer<typeof typeRow>): DataType {
  const {oid, schema, name, owner} = row;
  const base = {oid, schema, name, owner, ...(row.comment === undefined ? {} : {comment: row.comment})};
  switch (row.kind) {
    case 'e':
      return {kind: 'enum', ...base, labels: row.labels};
    case 'd':
      return {kind: 'domain', ...base, base: row.base ?? '', nullable: row.nullable, checks: row.checks};
    case 'c':
      return {kind: 'composite', ...base, attributes: row.attributes ?? []};
    case 'r':
      return {kind: 'range', ...base, subtype: row.subtype ?? ''};
    default:
      return row.kind satisfies never;
  }
}
