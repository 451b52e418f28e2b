import {field, list, text, written} from '../../../sql/objects.ts';
import {quoteWhereNeeded} from '../../../sql/quote.ts';
import {extentOf, nodesOf} from '../../../explain/syntax-tree.ts';
import type {Relation} from '../../model/schema.ts';
import type {LintStatement} from '../../statement.ts';
import type {DataChange} from './data-change.ts';

const rowsOfBatch = 10_000;

/**
 * The same UPDATE or DELETE in a loop that walks along the primary key and commits each batch, so that rows are locked
 * for a moment only and VACUUM can follow.
 * @returns a DO block that has to run outside of a transaction; undefined where the table has no key of one column, or
 * where the statement is more than an UPDATE or DELETE
 */
export function inBatches(
  statement: LintStatement,
  change: DataChange,
  relation: Relation | undefined,
): string | undefined {
  const key = relation && batchKey(relation);
  const isPlain =
    change.isWhole &&
    !['withClause', 'returningClause', 'returningList', 'sourceRelation'].some(each => each in change.node);
  if (!key || !isPlain || change.command === 'INSERT') return undefined;
  if (setsKey(change, key) || readsItself(change)) return undefined;
  const table = written(change.name);
  const alias = field(field(change.node, 'relation'), 'alias')['aliasname'];
  const column = `${typeof alias === 'string' ? quoteWhereNeeded(alias) : table}.${key}`;
  const range = `${column} >= batch_from AND (batch_next IS NULL OR ${column} < batch_next)`;
  return batchLoop(table, key, narrowed(statement, change, range));
}

/**
 * @param key the primary key's only column, in quotes where it needs them
 * @param change an UPDATE or DELETE of the rows from `batch_from` up to `batch_next`, which is NULL in the last batch
 * @returns a DO block that commits each batch
 */
export function batchLoop(table: string, key: string, change: string): string {
  const dollars = change.includes('$$') ? '$batches$' : '$$';
  return `DO ${dollars}
DECLARE
  batch_from ${table}.${key}%TYPE := (SELECT ${key} FROM ${table} ORDER BY ${key} LIMIT 1);
  batch_next ${table}.${key}%TYPE;
BEGIN
  WHILE batch_from IS NOT NULL LOOP
    batch_next := (SELECT ${key} FROM ${table} WHERE ${key} >= batch_from ORDER BY ${key} OFFSET ${rowsOfBatch} LIMIT 1);
    ${change};
    COMMIT;
    batch_from := batch_next;
  END LOOP;
END ${dollars}`;
}

const names = ['batch_from', 'batch_next'];

/** @returns the key that a loop can walk along, in quotes where it needs them; its variables must not be columns */
export function batchKey({constraints, columns}: Relation): string | undefined {
  const primary = [...constraints.values()].find(({kind}) => kind === 'primary key');
  const [only, second] = primary?.columns ?? [];
  const isOne = only !== undefined && second === undefined && columns.has(only);
  return isOne && !names.some(name => columns.has(name)) ? quoteWhereNeeded(only) : undefined;
}

/** A row that gets another key would come up again in a later batch. */
function setsKey({node}: DataChange, key: string): boolean {
  return list(node['targetList']).some(
    each => quoteWhereNeeded(text(field(each, 'ResTarget')['name']) ?? '') === key,
  );
}

/** What a query finds in the same table is other in the second batch. */
function readsItself({node, name}: DataChange): boolean {
  return (
    nodesOf([node]).filter(inner => inner.kind === 'RangeVar' && inner.node['relname'] === name.name).length >
    1
  );
}

function narrowed({sql}: LintStatement, {node}: DataChange, range: string): string {
  const condition = node['whereClause'];
  if (condition === undefined) return `${sql}\n    WHERE ${range}`;
  const where = extentOf(sql, condition);
  return where
    ? `${sql.slice(0, where.start)}(${sql.slice(where.start)})\n      AND ${range}`
    : `${sql}\n      AND ${range}`;
}
