import {quoteWhereNeeded} from '../../sql/quote.ts';
import type {Statement} from '../../sql/parser.ts';
import {isNode, nodesOf, stringOf, type Syntax} from '../syntax-tree.ts';
import {escapingFunctions, sequenceFunctions, writingFunctions} from './functions.ts';

/** What executing a statement would do, as far as its text tells; each a phrase such as `deletes from orders`. */
export interface Effects {
  readonly changes: readonly string[];
  /** What no transaction takes back. */
  readonly escapes: readonly string[];
  readonly notes: readonly string[];
}

const changesBy: Readonly<Record<string, (node: Syntax['node']) => readonly string[]>> = {
  InsertStmt: ({relation}) => [`inserts into ${nameOf(relation)}`],
  UpdateStmt: ({relation}) => [`updates ${nameOf(relation)}`],
  DeleteStmt: ({relation}) => [`deletes from ${nameOf(relation)}`],
  MergeStmt: ({relation}) => [`merges into ${nameOf(relation)}`],
  CreateTableAsStmt: ({into, objtype}) => [
    `creates ${objtype === 'OBJECT_MATVIEW' ? 'materialized view' : 'table'} ${nameOf(isNode(into) ? into['rel'] : into)}`,
  ],
  LockingClause: ({strength}) => [`locks rows (${lockNames[String(strength)] ?? 'FOR UPDATE'})`],
};

const lockNames: Readonly<Record<string, string>> = {
  LCS_FORKEYSHARE: 'FOR KEY SHARE',
  LCS_FORSHARE: 'FOR SHARE',
  LCS_FORNOKEYUPDATE: 'FOR NO KEY UPDATE',
  LCS_FORUPDATE: 'FOR UPDATE',
};

/** @returns what a statement does at any depth: in WITH, in subqueries, in calls of functions that come with PostgreSQL */
export function effectsOf({kind, node}: Statement): Effects {
  const syntax = nodesOf({[kind]: node});
  const calls = syntax.filter(each => each.kind === 'FuncCall').flatMap(({node}) => callOf(node));
  const into = intoOf(node);
  return {
    changes: unique([
      ...syntax.flatMap(each => changesBy[each.kind]?.(each.node) ?? []),
      ...into,
      ...phrases(calls, writingFunctions),
    ]),
    escapes: unique(phrases(calls, escapingFunctions)),
    notes: [
      ...(kind === 'CreateTableAsStmt' || into.length > 0 ? [createNote] : []),
      ...(calls.some(name => sequenceFunctions.has(name)) ? [sequenceNote] : []),
    ],
  };
}

const createNote =
  'PostgreSQL executes CREATE TABLE AS and SELECT INTO under EXPLAIN ANALYZE in a read-only transaction as well: only ROLLBACK removes what they create.';
const sequenceNote = 'A sequence keeps its new value after ROLLBACK.';

/** SELECT INTO; of a UNION it hangs at the first SELECT. */
function intoOf(node: Syntax['node']): readonly string[] {
  const {intoClause, larg} = node;
  if (isNode(intoClause)) return [`creates table ${nameOf(intoClause['rel'])}`];
  return isNode(larg) ? intoOf(larg) : [];
}

/** The name of the called function without its schema: extensions are installed in any. */
function callOf(node: Syntax['node']): readonly string[] {
  const {funcname, args} = node;
  const name = Array.isArray(funcname) ? stringOf(funcname.at(-1)) : undefined;
  if (name === undefined) return [];
  // With `true` the message belongs to the transaction, and goes with it.
  return name === 'pg_logical_emit_message' && isTrue(args) ? [] : [name];
}

function isTrue(args: unknown): boolean {
  const [first]: readonly unknown[] = Array.isArray(args) ? args : [];
  return nodesOf(first).some(
    ({kind, node}) => kind === 'A_Const' && JSON.stringify(node).includes('"boolval":true'),
  );
}

function phrases(calls: readonly string[], does: ReadonlyMap<string, string>): readonly string[] {
  const known = unique(calls).filter(name => does.has(name));
  return unique(known.map(name => does.get(name) ?? '')).map(
    phrase => `${phrase} (${known.filter(name => does.get(name) === phrase).join(', ')})`,
  );
}

function nameOf(range: unknown): string {
  if (!isNode(range)) return 'a table';
  const parts = [range['schemaname'], range['relname']].flatMap(part => stringOf(part) ?? []);
  return parts.map(quoteWhereNeeded).join('.');
}

function unique(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)];
}
