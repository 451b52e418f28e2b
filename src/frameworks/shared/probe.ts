import {ok, type Outcome} from '../../core/outcome.ts';
import type {Queryable} from '../../core/session.ts';
import {quoteName, type DatabaseObject} from '../../core/sql/objects.ts';
import {probeObjectsSql} from './sql/probe-objects.ts';

/** What the catalog says of one object. */
export interface Probed {
  readonly found: boolean;
  /** An index that CREATE INDEX CONCURRENTLY has left behind unfinished. */
  readonly invalid: boolean;
}

/** Asks for all objects in one query. */
export async function probe(
  session: Queryable,
  objects: readonly DatabaseObject[],
): Promise<Outcome<readonly Probed[]>> {
  const wanted = objects.map((object, place) => ({place, ...rowOf(object)}));
  const asked = await session.query(probeObjectsSql, [JSON.stringify(wanted)]);
  if (!asked.ok) return asked;
  return ok(asked.value.rows.map(row => ({found: row['found'] === true, invalid: row['invalid'] === true})));
}

function rowOf(object: DatabaseObject): Readonly<Record<string, string | undefined>> {
  switch (object.kind) {
    case 'enum value':
      return {kind: object.kind, owner: quoteName(object.type), part: object.name};
    case 'row security':
      return {kind: object.kind, owner: quoteName(object.table)};
    case 'column':
    case 'not null':
    case 'constraint':
    case 'trigger':
    case 'policy':
      return {kind: object.kind, owner: quoteName(object.table), part: object.name};
    case 'type':
    case 'schema':
      return {kind: object.kind, name: quoteName(object.name)};
    case 'function':
    case 'extension':
      return {kind: object.kind, schema: object.name.schema, part: object.name.name};
    case 'table':
    case 'view':
    case 'materialized view':
    case 'sequence':
    case 'index':
      return {kind: 'relation', name: quoteName(object.name)};
    default:
      return object satisfies never;
  }
}
