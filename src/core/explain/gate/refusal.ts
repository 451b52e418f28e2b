import type {Statement} from '../../sql/parser.ts';
import {isNode} from '../syntax-tree.ts';
import {wordsOf} from './words-of.ts';

/** Why EXPLAIN does not take a statement, and what to explain instead. */
export interface Refusal {
  readonly why: string;
  readonly advice: string;
}

/** Source: https://www.postgresql.org/docs/current/sql-explain.html (`statement`) */
const explainable: ReadonlySet<string> = new Set([
  'SelectStmt',
  'InsertStmt',
  'UpdateStmt',
  'DeleteStmt',
  'MergeStmt',
  'CreateTableAsStmt',
]);

const advice: Readonly<Record<string, string>> = {
  TransactionStmt: 'Explain the statements of the transaction one by one.',
  VariableSetStmt: 'Set it for the connection, and explain the statement that it is meant for.',
  DoStmt:
    'Explain the queries inside it one by one, or log their plans with auto_explain (auto_explain.log_nested_statements).',
  CallStmt:
    'Explain the queries inside the procedure one by one, or log their plans with auto_explain (auto_explain.log_nested_statements).',
  ExecuteStmt: 'Explain the statement that was prepared, with values for its parameters.',
  DeallocateStmt: 'Explain the statement that was prepared.',
  CopyStmt: 'Explain SELECT * FROM the table, or the query that COPY (query) would have.',
  RefreshMatViewStmt: 'Explain the query of the materialized view.',
  FetchStmt: 'Explain the query of the cursor.',
  ClosePortalStmt: 'Explain the query of the cursor.',
  ViewStmt: 'Explain the query of the view, written as WITH RECURSIVE.',
  RuleStmt: 'Explain the statement that the rule is for.',
  CreateFunctionStmt: 'Explain the queries in its body one by one, with values for its arguments.',
};

const otherwise =
  'PostgreSQL plans SELECT, INSERT, UPDATE, DELETE, MERGE, VALUES, TABLE, CREATE TABLE AS and CREATE MATERIALIZED VIEW.';

/** @returns why EXPLAIN does not take the statement; nothing where it does */
export function refusalOf(statement: Statement, sql: string): Refusal | undefined {
  const {kind, node} = statement;
  if (kind === 'CreateTableAsStmt' && isNode(node['query']) && 'ExecuteStmt' in node['query'])
    return refusal('CREATE TABLE AS EXECUTE', 'ExecuteStmt');
  return explainable.has(kind) ? undefined : refusal(commandOf(statement, sql), kind);
}

function refusal(command: string, kind: string): Refusal {
  const why =
    kind === 'ExecuteStmt'
      ? `${command} runs what another session prepared, which is not known here.`
      : kind === 'ViewStmt'
        ? 'PostgreSQL rewrites the query of a recursive view, so it cannot be explained as it stands.'
        : `EXPLAIN does not take ${command}: it has no plan.`;
  return {why, advice: advice[kind] ?? otherwise};
}

/** Words between CREATE and what is created. */
const modifiers: ReadonlySet<string> = new Set(
  'or replace unique unlogged temp temporary global local trusted procedural recursive constraint'.split(' '),
);

/** Names of objects that have more than one word. */
const longNames = [
  'foreign data wrapper',
  'materialized view',
  'text search configuration',
  'text search dictionary',
  'text search parser',
  'text search template',
  'access method',
  'default privileges',
  'event trigger',
  'foreign table',
  'large object',
  'operator class',
  'operator family',
  'user mapping',
].map(name => name.split(' '));

/** Commands of several words that begin with none of CREATE, ALTER and DROP. */
const longCommands = [
  'refresh materialized view',
  'start transaction',
  'prepare transaction',
  'reassign owned',
  'security label',
  'import foreign schema',
].map(name => name.split(' '));

/** The command in PostgreSQL's words, as in a command tag: `VACUUM`, `ALTER TABLE`, `CREATE TEXT SEARCH PARSER`. */
export function commandOf(statement: Statement, sql: string): string {
  const words = wordsOf(sql, statement).map(({text}) => text);
  const [verb = ''] = words;
  const rest = words.slice(1);
  const object = rest.slice(rest.findIndex(word => !modifiers.has(word)));
  const command = ['create', 'alter', 'drop'].includes(verb)
    ? [verb, ...beginning(object, longNames)]
    : beginning(words, longCommands);
  return command.join(' ').toUpperCase();
}

/** The one of `names` that the words begin with; else the first word. */
function beginning(words: readonly string[], names: readonly (readonly string[])[]): readonly string[] {
  return names.find(name => name.every((word, index) => words[index] === word)) ?? words.slice(0, 1);
}
