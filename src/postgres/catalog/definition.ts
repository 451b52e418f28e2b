import type {DefinableKind, ObjectReference} from '../../core/catalog/object.ts';
import {ok, type Outcome} from '../../core/outcome.ts';
import type {Queryable} from '../../core/session.ts';
import {relationDefinition} from './definition/relation.ts';
import {gone, ownerLine, readStatements} from './definition/statements.ts';
import type {ReadOptions} from './read.ts';
import {extensionSql, routineSql, schemaSql, typeSql} from './sql/definition/others.ts';
import {
  constraintStatementsSql,
  indexStatementsSql,
  policyStatementsSql,
  triggerStatementsSql,
} from './sql/definition/parts.ts';

const statementsSql: Record<Exclude<DefinableKind, 'relation'>, string> = {
  routine: routineSql,
  type: typeSql,
  extension: extensionSql,
  schema: schemaSql,
  index: indexStatementsSql('i.indexrelid = $1::oid'),
  constraint: constraintStatementsSql('k.oid = $1::oid'),
  trigger: triggerStatementsSql('t.oid = $1::oid'),
  policy: policyStatementsSql('p.oid = $1::oid'),
};

/**
 * Reads the SQL that would make an object as it is, with every name qualified: run on a database that has what the
 * object refers to, it makes the same object.
 *
 * A table comes with its columns, defaults, constraints, indexes, extended statistics, rules, triggers, policies,
 * the sequences its columns own, and comments. Not in it: privileges, the owner (named in a comment line), data,
 * security labels, and publications. A base type, which takes functions written in C, has no definition here.
 *
 * Failures: `locked` while another session holds ACCESS EXCLUSIVE on the object for more than a second,
 * `invalid-input` when it no longer exists or is of a kind without definition.
 */
export async function readDefinition(
  db: Queryable,
  object: ObjectReference,
  options: ReadOptions = {},
): Promise<Outcome<string>> {
  const statements =
    object.kind === 'relation'
      ? await relationDefinition(db, object.oid, options)
      : await simpleDefinition(db, statementsSql[object.kind], object.oid, options);
  return statements.ok ? ok(`${statements.value.join('\n\n')}\n`) : statements;
}

async function simpleDefinition(
  db: Queryable,
  sql: string,
  oid: number,
  options: ReadOptions,
): Promise<Outcome<readonly string[]>> {
  const read = await readStatements(db, sql, oid, options);
  if (!read.ok) return read;
  const made = read.value[0];
  if (!made) return gone();
  return ok([...(made.owner === undefined ? [] : [ownerLine(made.owner)]), ...made.statements]);
}
