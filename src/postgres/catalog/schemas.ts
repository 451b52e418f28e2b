import * as z from 'zod';
import {ok, type Outcome} from '../../core/outcome.ts';
import type {Extension, Schema} from '../../core/catalog/schema.ts';
import type {Queryable} from '../../core/session.ts';
import {readRows, type ReadOptions} from './read.ts';
import {number} from './shapes.ts';
import {extensionsSql} from './sql/extensions.ts';
import {schemasSql} from './sql/schemas.ts';

const schemaRow = z.object({
  oid: number,
  name: z.string(),
  owner: z.string(),
  comment: z.string().exactOptional(),
  usable: z.boolean(),
  in_search_path: z.boolean(),
  tables: number,
  views: number,
  materialized_views: number,
  foreign_tables: number,
  sequences: number,
  functions: number,
  types: number,
});

const extensionRow = z.object({
  oid: number,
  name: z.string(),
  schema: z.string(),
  version: z.string(),
  availableVersion: z.string().exactOptional(),
  comment: z.string().exactOptional(),
});

/** @returns the schemas of users, those of the search_path first and in its order, then `public`, then by name. */
export async function listSchemas(
  db: Queryable,
  options: ReadOptions = {},
): Promise<Outcome<readonly Schema[]>> {
  const rows = await readRows(db, schemasSql, [], schemaRow, {...options, searchPath: 'session'});
  return rows.ok ? ok(rows.value.map(toSchema)) : rows;
}

/** @returns the installed extensions by name. */
export async function listExtensions(
  db: Queryable,
  options: ReadOptions = {},
): Promise<Outcome<readonly Extension[]>> {
  return readRows(db, extensionsSql, [], extensionRow, options);
}

function toSchema(row: z.infer<typeof schemaRow>): Schema {
  const {in_search_path: inSearchPath, oid, name, owner, usable} = row;
  const counts = {
    tables: row.tables,
    views: row.views,
    materializedViews: row.materialized_views,
    foreignTables: row.foreign_tables,
    sequences: row.sequences,
    functions: row.functions,
    types: row.types,
  };
  const comment = row.comment === undefined ? {} : {comment: row.comment};
  return {oid, name, owner, usable, inSearchPath, counts, ...comment};
}
