import {
  field,
  list,
  names,
  qualified,
  relationOf,
  text,
  written,
  type QualifiedName,
} from '../../sql/objects.ts';
import type {SyntaxNode} from '../../sql/parser.ts';
import {quoteWhereNeeded} from '../../sql/quote.ts';
import {undoAlterTable} from './alter-table.ts';
import {undoDrop} from './drop.ts';
import {undoFunction} from './functions.ts';
import {undoMove, undoRename} from './names.ts';
import {note, sql, type Done, type Undo} from './parts.ts';

/** @returns what takes one statement back, in the order in which it has to run */
export function undoStatement(done: Done): readonly Undo[] {
  const {kind} = done.statement;
  if (silent.has(kind)) return [];
  const undo = undoers[kind];
  return undo ? undo(done) : [note(`Not undone: ${done.statement.command}.`)];
}

/** @returns the table that a statement makes */
export function createdRelation({statement: {kind, node}, before}: Done): QualifiedName | undefined {
  const name =
    kind === 'CreateStmt'
      ? relationOf(node['relation'])
      : kind === 'CreateTableAsStmt'
        ? relationOf(field(node, 'into')['rel'])
        : undefined;
  return name && !before.relation(name) ? name : undefined;
}

/** They leave nothing behind that would have to be taken back. */
const silent = new Set([
  'SelectStmt',
  'VacuumStmt',
  'TransactionStmt',
  'VariableSetStmt',
  'LockStmt',
  'ReindexStmt',
  'ClusterStmt',
  'RefreshMatViewStmt',
  'CheckPointStmt',
  'DiscardStmt',
  'ExplainStmt',
  'NotifyStmt',
  'ConstraintsSetStmt',
  'VariableShowStmt',
]);

const undoers: Readonly<Record<string, (done: Done) => readonly Undo[]>> = {
  CreateStmt: ({statement: {node}, before}) =>
    existed(node, relationOf(node['relation']), before) ? [] : dropped('TABLE', relationOf(node['relation'])),
  CreateTableAsStmt: ({statement: {node}, before}) => {
    const name = relationOf(field(node, 'into')['rel']);
    const kind = node['objtype'] === 'OBJECT_MATVIEW' ? 'MATERIALIZED VIEW' : 'TABLE';
    return existed(node, name, before) ? [] : dropped(kind, name);
  },
  CreateForeignTableStmt: ({statement: {node}}) =>
    dropped('FOREIGN TABLE', relationOf(field(node, 'base')['relation'])),
  IndexStmt: undoIndex,
  AlterTableStmt: undoAlterTable,
  RenameStmt: undoRename,
  AlterObjectSchemaStmt: undoMove,
  DropStmt: undoDrop,
  CreateSeqStmt: ({statement: {node}}) => dropped('SEQUENCE', relationOf(node['sequence'])),
  ViewStmt: done => {
    const name = relationOf(done.statement.node['view']);
    const old = name && done.before.relation(name);
    return old ? [note(`The view ${written(old)} keeps its new definition.`)] : dropped('VIEW', name);
  },
  CreateEnumStmt: ({statement: {node}}) => dropped('TYPE', qualified(names(node['typeName']))),
  CreateRangeStmt: ({statement: {node}}) => dropped('TYPE', qualified(names(node['typeName']))),
  CompositeTypeStmt: ({statement: {node}}) => dropped('TYPE', relationOf(node['typevar'])),
  CreateDomainStmt: ({statement: {node}}) => dropped('DOMAIN', qualified(names(node['domainname']))),
  AlterEnumStmt: undoEnum,
  CreateFunctionStmt: undoFunction,
  CreateSchemaStmt: ({statement: {node}, before}) => {
    const name = text(node['schemaname']);
    return name === undefined || [...before.schemas()].includes(name) ? [] : dropped('SCHEMA', {name});
  },
  CreateExtensionStmt: ({statement: {node}}) => {
    const name = text(node['extname']) ?? '';
    // Others may have needed it before, and still do.
    return node['if_not_exists'] === true
      ? [note(`The extension ${name} stays, because it may have been there before.`)]
      : dropped('EXTENSION', {name});
  },
  CreateTrigStmt: done => undoOwned(done, 'TRIGGER', 'trigname', 'relation'),
  CreatePolicyStmt: done => undoOwned(done, 'POLICY', 'policy_name', 'table'),
  RuleStmt: done => undoOwned(done, 'RULE', 'rulename', 'relation'),
  CreateStatsStmt: ({statement: {node}}) => dropped('STATISTICS', qualified(names(node['defnames']))),
  CreatePublicationStmt: ({statement: {node}}) => dropped('PUBLICATION', {name: text(node['pubname']) ?? ''}),
  CreateRoleStmt: ({statement: {node}}) => dropped('ROLE', {name: text(node['role']) ?? ''}),
  CommentStmt: ({statement}) => {
    const is = statement.words.findLast(word => word.text === 'IS');
    return is ? [sql(`${statement.sql.slice(0, is.start)}IS NULL`)] : [];
  },
  GrantStmt: undoGrant,
  InsertStmt: done => rows(done, 'Rows that up inserts into', 'stay'),
  UpdateStmt: done => rows(done, 'Values that up replaces in', 'are not brought back'),
  DeleteStmt: done => rows(done, 'Rows that up deletes from', 'are not brought back'),
  MergeStmt: done => rows(done, 'Rows that up changes in', 'are not brought back'),
  CopyStmt: done => rows(done, 'Rows that up copies into', 'stay'),
  TruncateStmt: ({statement: {node}}) =>
    list(node['relations'])
      .flatMap(each => relationOf(field(each, 'RangeVar')) ?? [])
      .map(name => note(`The rows of ${written(name)} are not brought back.`)),
  DoStmt: () => [note('What the DO block of up does is not undone.')],
  CallStmt: ({statement}) => [note(`What this does is not undone: ${statement.sql.split('\n')[0]}`)],
};

function existed(node: SyntaxNode, name: QualifiedName | undefined, before: Done['before']): boolean {
  return node['if_not_exists'] === true && name !== undefined && before.relation(name) !== undefined;
}

export function dropped(kind: string, name: QualifiedName | undefined): readonly Undo[] {
  return name ? [sql(`DROP ${kind} ${written(name)}`)] : [];
}

/** Without a name the server makes one up. */
function undoIndex({statement: {node}, before, after}: Done): readonly Undo[] {
  const table = relationOf(node['relation']);
  if (!table) return [];
  const given = text(node['idxname']);
  const old = before.relation(table)?.indexes;
  if (given !== undefined && node['if_not_exists'] === true && old?.has(given) === true) return [];
  const made = [...(after.relation(table)?.indexes.keys() ?? [])].find(name => old?.has(name) !== true);
  const name = given ?? made;
  if (name === undefined)
    return [note(`An index of ${written(table)} has to be dropped by the name it was given.`)];
  const full = table.schema === undefined ? {name} : {schema: table.schema, name};
  return [sql(`DROP INDEX ${node['concurrent'] === true ? 'CONCURRENTLY ' : ''}${written(full)}`)];
}

function undoEnum({statement: {node}}: Done): readonly Undo[] {
  const name = qualified(names(node['typeName']));
  const value = text(node['newVal']) ?? '';
  const old = text(node['oldVal']);
  if (!name) return [];
  return old === undefined
    ? [note(`The value ${literal(value)} of ${written(name)} stays: PostgreSQL cannot remove it.`)]
    : [sql(`ALTER TYPE ${written(name)} RENAME VALUE ${literal(value)} TO ${literal(old)}`)];
}

function literal(value: string): string {
  return `'${value.replaceAll("'", "''")}'`;
}

function undoOwned(
  {statement: {node, sql: whole}}: Done,
  kind: string,
  key: string,
  on: string,
): readonly Undo[] {
  const table = relationOf(node[on]);
  const name = text(node[key]);
  if (!table || name === undefined) return [];
  return node['replace'] === true
    ? [note(`Not undone: ${whole.split('\n')[0]}`)]
    : [sql(`DROP ${kind} ${quoteWhereNeeded(name)} ON ${written(table)}`)];
}

function undoGrant({statement: {node, words, sql: whole}}: Done): readonly Undo[] {
  const [first] = words;
  const to = words.findLast(word => word.text === 'TO');
  if (node['is_grant'] !== true || !first || !to) return [note(`Not undone: ${whole}`)];
  const grantees = whole.slice(to.end).replace(/\s+with\s+grant\s+option.*$|\s+granted\s+by\s.*$/is, '');
  return [sql(`REVOKE${whole.slice(first.end, to.start)}FROM${grantees}`)];
}

function rows({statement: {node}}: Done, begin: string, end: string): readonly Undo[] {
  const name = relationOf(node['relation']);
  return name ? [note(`${begin} ${written(name)} ${end}.`)] : [];
}
