import * as z from 'zod';
import type {FoundObject} from '../../core/catalog/object.ts';
import {ok, type Outcome} from '../../core/outcome.ts';
import type {Queryable} from '../../core/session.ts';
import {readRows, type ReadOptions} from './read.ts';
import {number, relationKinds} from './shapes.ts';
import {pathToRelationSql} from './sql/path-to-relation.ts';

const row = z.object({
  oid: number,
  schema: z.string(),
  name: z.string(),
  kind: z.enum(['r', 'p', 'v', 'm', 'f', 'S']),
  partition: z.boolean(),
});

/** What a plan calls a table or an index. */
export interface NamedRelation {
  /** Null where the plan does not say: along the search path. */
  readonly schema: string | null;
  readonly name: string;
  readonly kind: 'relation' | 'index';
}

/**
 * @returns the tables to go through to a relation, or to the table of an index: the table that it is a partition of at
 * any level, then the next level, at last itself; nothing where there is none of that name
 */
export async function pathToRelation(
  db: Queryable,
  {schema, name, kind}: NamedRelation,
  options: ReadOptions = {},
): Promise<Outcome<readonly FoundObject[]>> {
  const rows = await readRows(db, pathToRelationSql, [schema, name, kind === 'index'], row, {
    ...options,
    searchPath: 'session',
  });
  return rows.ok ? ok(rows.value.map(found => ({...found, kind: relationKinds[found.kind]}))) : rows;
}
