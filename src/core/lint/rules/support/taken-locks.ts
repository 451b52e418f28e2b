import {levelOf} from '../../../rehearse/locks.ts';
import {lockModes} from '../../../rehearse/locks.ts';
import type {LockMode} from '../../../rehearse/report.ts';
import {field, list, names, qualified, relationOf, text, type QualifiedName} from '../../../sql/objects.ts';
import type {SyntaxNode} from '../../../sql/parser.ts';
import type {Relation, SchemaModel} from '../../model/schema.ts';
import type {Situation} from '../../rule.ts';
import type {Action, LintStatement} from '../../statement.ts';
import {workOf, type Work} from './action-work.ts';
import {onceFor} from './once-for.ts';

/** A lock that a statement takes, and what it does while it holds it. */
export interface TakenLock {
  readonly name: QualifiedName;
  readonly mode: LockMode;
  readonly work: Work;
  /** The action of an ALTER TABLE that asks for it; absent for the whole statement. */
  readonly action?: Action;
  /** Of a table that a foreign key of a new table references: where it is named, as the parser counts. */
  readonly location?: unknown;
}

type Known = Pick<Situation, 'statement' | 'before'>;

/**
 * The locks of schema changes on tables and materialized views, as far as the syntax and the model tell them; not those
 * of rows, of views, of indexes, and of what runs in a function.
 * Source: https://www.postgresql.org/docs/current/explicit-locking.html#LOCKING-TABLES, and each command's page
 */
export const takenBy = onceFor(locksOf);

function locksOf(known: Known): readonly TakenLock[] {
  const {statement, before} = known;
  return (readers[statement.kind]?.(known) ?? []).filter(({name}) => before.relation(name)?.kind !== 'view');
}

/** Whether somebody who writes to the table has to wait: SHARE and stronger. */
export function blocksWrites({mode}: Pick<TakenLock, 'mode'>): boolean {
  return levelOf(mode) >= levelOf('SHARE');
}

/** `TRIGGER_TYPE_INSTEAD`: only views have such triggers. */
const insteadOf = 64;

const readers: Readonly<Record<string, (known: Known) => readonly TakenLock[]>> = {
  AlterTableStmt: altered,
  IndexStmt: indexed,
  DropStmt: dropped,
  TruncateStmt: ({statement: {node}}) => ranges(node['relations']).flatMap(name => exclusive(name)),
  RenameStmt: ({statement: {node}}) => (isOfTable(node['renameType']) ? exclusive(rangeOf(node)) : []),
  AlterObjectSchemaStmt: ({statement: {node}}) =>
    tables.has(text(node['objectType']) ?? '') ? exclusive(rangeOf(node)) : [],
  CreateTrigStmt: ({statement: {node}}) =>
    node['timing'] === insteadOf ? [] : taken(rangeOf(node), 'SHARE ROW EXCLUSIVE'),
  CreatePolicyStmt: ({statement: {node}}) => exclusive(relationOf(node['table'])),
  AlterPolicyStmt: ({statement: {node}}) => exclusive(relationOf(node['table'])),
  RuleStmt: ({statement: {node}}) => exclusive(rangeOf(node)),
  CreateStmt: ({statement}) => createdTable(statement),
  RefreshMatViewStmt: ({statement: {node}}) =>
    node['concurrent'] === true ? [] : exclusive(rangeOf(node), 'rewrite'),
  ReindexStmt: reindexed,
  ClusterStmt: ({statement: {node}}) => exclusive(rangeOf(node), 'rewrite'),
  VacuumStmt: ({statement: {node}}) => vacuumed(node),
  LockStmt: ({statement: {node}}) =>
    ranges(node['relations']).flatMap(name => taken(name, lockModes[Number(node['mode']) - 1])),
};

function taken(
  name: QualifiedName | undefined,
  mode: LockMode | undefined,
  work: Work = 'none',
): readonly TakenLock[] {
  return name && mode ? [{name, mode, work}] : [];
}

function exclusive(name: QualifiedName | undefined, work: Work = 'none'): readonly TakenLock[] {
  return taken(name, 'ACCESS EXCLUSIVE', work);
}

function rangeOf(node: SyntaxNode): QualifiedName | undefined {
  return relationOf(node['relation']);
}

function ranges(value: unknown): readonly QualifiedName[] {
  return list(value).flatMap(each => relationOf(field(each, 'RangeVar')) ?? []);
}

const tables = new Set(['OBJECT_TABLE', 'OBJECT_FOREIGN_TABLE', 'OBJECT_MATVIEW']);

/** An index of ONLY a partitioned table has no rows to read. */
function indexed({statement: {node}, before}: Known): readonly TakenLock[] {
  const name = rangeOf(node);
  if (!name || node['concurrent'] === true) return [];
  const isOnly = field(node, 'relation')['inh'] !== true;
  const isEmpty = isOnly && before.relation(name)?.kind === 'partitioned table';
  return taken(name, 'SHARE', isEmpty ? 'none' : 'build');
}

function isOfTable(type: unknown): boolean {
  const kind = text(type) ?? '';
  return (
    tables.has(kind) ||
    ['OBJECT_COLUMN', 'OBJECT_TABCONSTRAINT', 'OBJECT_TRIGGER', 'OBJECT_POLICY', 'OBJECT_RULE'].includes(kind)
  );
}

function altered({statement, before}: Known): readonly TakenLock[] {
  const name = rangeOf(statement.node);
  if (!name || !tables.has(text(statement.node['objtype']) ?? '')) return [];
  const relation = before.relation(name);
  return statement.actions.flatMap(action => [
    {name, mode: modeOfAction(action), work: workOf(action, relation, before), action},
    ...others(action, relation).map(other => ({...other, action})),
  ]);
}

const weak: Readonly<Record<string, LockMode>> = {
  AT_SetStatistics: 'SHARE UPDATE EXCLUSIVE',
  AT_SetOptions: 'SHARE UPDATE EXCLUSIVE',
  AT_ResetOptions: 'SHARE UPDATE EXCLUSIVE',
  AT_SetRelOptions: 'SHARE UPDATE EXCLUSIVE',
  AT_ResetRelOptions: 'SHARE UPDATE EXCLUSIVE',
  AT_ClusterOn: 'SHARE UPDATE EXCLUSIVE',
  AT_DropCluster: 'SHARE UPDATE EXCLUSIVE',
  AT_ValidateConstraint: 'SHARE UPDATE EXCLUSIVE',
  AT_AttachPartition: 'SHARE UPDATE EXCLUSIVE',
  AT_DetachPartitionFinalize: 'SHARE UPDATE EXCLUSIVE',
  AT_EnableTrig: 'SHARE ROW EXCLUSIVE',
  AT_EnableAlwaysTrig: 'SHARE ROW EXCLUSIVE',
  AT_EnableReplicaTrig: 'SHARE ROW EXCLUSIVE',
  AT_EnableTrigAll: 'SHARE ROW EXCLUSIVE',
  AT_EnableTrigUser: 'SHARE ROW EXCLUSIVE',
  AT_DisableTrig: 'SHARE ROW EXCLUSIVE',
  AT_DisableTrigAll: 'SHARE ROW EXCLUSIVE',
  AT_DisableTrigUser: 'SHARE ROW EXCLUSIVE',
};

function modeOfAction({subtype, node}: Action): LockMode {
  const constraint = field(node['def'], 'Constraint');
  if (subtype === 'AT_AddConstraint' && constraint['contype'] === 'CONSTR_FOREIGN')
    return 'SHARE ROW EXCLUSIVE';
  if (subtype === 'AT_DetachPartition' && field(node['def'], 'PartitionCmd')['concurrent'] === true)
    return 'SHARE UPDATE EXCLUSIVE';
  return weak[subtype] ?? 'ACCESS EXCLUSIVE';
}

/** Foreign keys and partitions are of two tables. */
function others({subtype, node}: Action, relation: Relation | undefined): readonly TakenLock[] {
  const partition = relationOf(field(field(node['def'], 'PartitionCmd'), 'name'));
  if (subtype === 'AT_AttachPartition' || subtype === 'AT_DetachPartition') return exclusive(partition);
  if (subtype === 'AT_AddConstraint') return referenced([field(node['def'], 'Constraint')]);
  if (subtype === 'AT_AddColumn') return referenced(inlineConstraints(field(node['def'], 'ColumnDef')));
  const key = relation?.constraints.get(text(node['name']) ?? '');
  return subtype === 'AT_DropConstraint' ? exclusive(key?.references?.relation) : [];
}

function inlineConstraints(column: SyntaxNode): readonly SyntaxNode[] {
  return list(column['constraints']).map(each => field(each, 'Constraint'));
}

function referenced(constraints: readonly SyntaxNode[]): readonly TakenLock[] {
  return constraints
    .filter(({contype}) => contype === 'CONSTR_FOREIGN')
    .flatMap(({pktable}) =>
      taken(relationOf(pktable), 'SHARE ROW EXCLUSIVE').map(lock => ({
        ...lock,
        location: field({pktable}, 'pktable')['location'],
      })),
    );
}

function createdTable({node}: LintStatement): readonly TakenLock[] {
  const parents = ranges(node['inhRelations']);
  const own = relationOf(node['relation']);
  const elements = list(node['tableElts']);
  return [
    ...parents.flatMap(name => (node['partbound'] ? exclusive(name) : taken(name, 'SHARE UPDATE EXCLUSIVE'))),
    ...referenced([
      ...elements.map(each => field(each, 'Constraint')),
      ...elements.flatMap(each => inlineConstraints(field(each, 'ColumnDef'))),
    ]).filter(({name}) => name.name !== own?.name),
  ];
}

function dropped({statement: {node}, before}: Known): readonly TakenLock[] {
  const parts = list(node['objects']).map(each => names(field(each, 'List')['items']));
  switch (node['removeType']) {
    case 'OBJECT_TABLE':
      return parts.flatMap(each => droppedTable(qualified(each), before));
    case 'OBJECT_MATVIEW':
      return parts.flatMap(each => exclusive(qualified(each)));
    case 'OBJECT_INDEX':
      return node['concurrent'] === true ? [] : parts.flatMap(each => exclusive(ofIndex(each, before)));
    case 'OBJECT_TRIGGER':
    case 'OBJECT_POLICY':
    case 'OBJECT_RULE':
      return parts.flatMap(each => exclusive(qualified(each.slice(0, -1))));
    default:
      return [];
  }
}

/** A table, what its foreign keys reference, and the table that it is a partition of. */
function droppedTable(name: QualifiedName | undefined, before: SchemaModel): readonly TakenLock[] {
  const relation = name && before.relation(name);
  const keys = [...(relation?.constraints.values() ?? [])].map(({references}) => references?.relation);
  return [name, relation?.partitionOf, ...keys].flatMap(each => exclusive(each));
}

function ofIndex(parts: readonly string[], before: SchemaModel): QualifiedName | undefined {
  const name = qualified(parts);
  const found = name && before.index(name);
  return found && {schema: found.relation.schema, name: found.relation.name};
}

function reindexed({statement: {node}, before}: Known): readonly TakenLock[] {
  const isConcurrent = JSON.stringify(node['params'] ?? []).includes('"concurrently"');
  const name = rangeOf(node);
  if (isConcurrent || !name) return [];
  const parts = name.schema === undefined ? [name.name] : [name.schema, name.name];
  return taken(node['kind'] === 'REINDEX_OBJECT_INDEX' ? ofIndex(parts, before) : name, 'SHARE', 'build');
}

function vacuumed({options, rels}: SyntaxNode): readonly TakenLock[] {
  const isFull = list(options).some(each => field(each, 'DefElem')['defname'] === 'full');
  return isFull
    ? list(rels).flatMap(each => exclusive(relationOf(field(each, 'VacuumRelation')['relation']), 'rewrite'))
    : [];
}
