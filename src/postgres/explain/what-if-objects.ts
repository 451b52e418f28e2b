import * as z from 'zod';
import {ok, type Outcome} from '../../core/outcome.ts';
import type {Session} from '../../core/session.ts';
import {quoteIdentifier} from '../../core/sql/quote.ts';
import {readStatements} from '../catalog/definition/statements.ts';
import {readRows, type ReadOptions} from '../catalog/read.ts';
import {routineSql, typeSql} from '../catalog/sql/definition/others.ts';
import {objectsSql} from './sql/what-if-objects.ts';

/** Names in a statement, without their schemas. */
export interface UsedNames {
  readonly functions: readonly string[];
  readonly types: readonly string[];
}

/** An object beside the tables: a type, a function, an extension, a collation. */
export interface NeededObject {
  /** For the reader: `function public.slug`. */
  readonly what: string;
  readonly schema: string;
  /** Absent for what cannot be written in SQL: a function in C, a base type. */
  readonly statement?: string;
}

const object = z.object({
  kind: z.enum(['extension', 'collation', 'type', 'routine']),
  oid: z.coerce.number(),
  name: z.string(),
  schema: z.string(),
  detail: z.string(),
});
type FoundObject = z.infer<typeof object>;

/** @returns what the relations and names need, in an order in which most of it can be made */
export async function readObjects(
  session: Session,
  oids: readonly number[],
  {functions, types}: UsedNames,
  options: ReadOptions,
): Promise<Outcome<readonly NeededObject[]>> {
  const found = await readRows(session, objectsSql, [oids, functions, types], object, options);
  if (!found.ok) return found;
  const objects: NeededObject[] = [];
  for (const each of found.value) {
    const statement = await statementOf(session, each, options);
    if (!statement.ok) return statement;
    const word = each.kind === 'routine' ? 'function' : each.kind;
    objects.push({
      what: `${word} ${each.schema}.${each.name}`,
      schema: each.schema,
      ...(statement.value === undefined ? {} : {statement: statement.value}),
    });
  }
  return ok(objects);
}

async function statementOf(
  session: Session,
  {kind, oid, name, schema, detail}: FoundObject,
  options: ReadOptions,
): Promise<Outcome<string | undefined>> {
  const place = `${quoteIdentifier(schema)}.${quoteIdentifier(name)}`;
  switch (kind) {
    case 'extension':
      return ok(
        `CREATE EXTENSION IF NOT EXISTS ${quoteIdentifier(name)} WITH SCHEMA ${quoteIdentifier(schema)} CASCADE`,
      );
    case 'collation':
      // which one matters little without rows: not C, and nondeterministic where the original is
      return ok(
        detail === ''
          ? `CREATE COLLATION IF NOT EXISTS ${place} (PROVIDER = libc, LOCALE = 'en_US')`
          : `CREATE COLLATION IF NOT EXISTS ${place} (PROVIDER = icu, LOCALE = 'und', DETERMINISTIC = false)`,
      );
    case 'type':
    case 'routine': {
      if (detail === 'b' || (detail === 'c' && kind === 'routine') || detail === 'internal')
        return ok(undefined);
      const made = await readStatements(session, kind === 'type' ? typeSql : routineSql, oid, options);
      return made.ok ? ok(made.value[0]?.statements[0]) : made;
    }
    default:
      return kind satisfies never;
  }
}
