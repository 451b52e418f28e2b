import * as z from 'zod';
import {ok, type Outcome} from '../../core/outcome.ts';
import {containsPattern, prefixPattern} from '../../core/catalog/filter.ts';
import type {FoundKind, FoundObject} from '../../core/catalog/object.ts';
import type {Queryable} from '../../core/session.ts';
import {readRows, type ReadOptions} from './read.ts';
import {number, relationKinds} from './shapes.ts';
import {findSql} from './sql/find.ts';

const kinds = {
  ...relationKinds,
  F: 'function',
  P: 'procedure',
  A: 'aggregate',
  W: 'window-function',
} as const satisfies Record<string, FoundKind>;

const foundRow = z.object({
  oid: number,
  schema: z.string(),
  name: z.string(),
  kind: z.enum(['r', 'p', 'v', 'm', 'f', 'S', 'F', 'P', 'A', 'W']),
  partition: z.boolean(),
  identityArguments: z.string().exactOptional(),
});

export interface FindOptions extends ReadOptions {
  readonly limit: number;
}

/**
 * Finds relations and functions by a part of their name, in any case, in all schemas of users.
 * @param text what somebody typed; an empty text finds nothing
 * @returns the best matches first
 */
export async function findRelations(
  db: Queryable,
  text: string,
  options: FindOptions,
): Promise<Outcome<readonly FoundObject[]>> {
  if (text === '') return ok([]);
  const params = [text, containsPattern(text), prefixPattern(text), options.limit];
  const rows = await readRows(db, findSql, params, foundRow, options);
  return rows.ok ? ok(rows.value.map(({kind, ...found}) => ({...found, kind: kinds[kind]}))) : rows;
}
