import {field, list, names, qualified, relationOf, type QualifiedName} from '../sql/objects.ts';
import type {Statement, SyntaxNode} from '../sql/parser.ts';
import type {LockMode} from './report.ts';

/** A relation that a statement names, and how it is locked. */
export interface AloneLock {
  readonly name: QualifiedName;
  /** The table of the index that is named. */
  readonly of: 'itself' | 'its-table';
  /** The strongest that it holds at any time. */
  readonly mode: LockMode;
  /** It reads all of the table. */
  readonly scans: boolean;
}

/**
 * Locks of a statement that runs outside of transaction blocks only, so that they are gone when it has ended. Each row
 * was seen by a second session on 14–18; `test/postgres/rehearse/alone.test.ts` looks again.
 * @returns none where the statement names no table
 * Source: https://www.postgresql.org/docs/current/explicit-locking.html#LOCKING-TABLES
 */
export function aloneLocksOf({kind, node}: Pick<Statement, 'kind' | 'node'>): readonly AloneLock[] {
  return readers[kind]?.(node) ?? [];
}

const readers: Readonly<Record<string, (node: SyntaxNode) => readonly AloneLock[]>> = {
  IndexStmt: ({relation}) => lock(relationOf(relation), 'SHARE UPDATE EXCLUSIVE', {scans: true}),
  DropStmt: ({objects}) =>
    list(objects).flatMap(object =>
      lock(qualified(names(field(object, 'List')['items'])), 'SHARE UPDATE EXCLUSIVE', {of: 'its-table'}),
    ),
  ReindexStmt: node => reindex(node),
  VacuumStmt: node => vacuum(node),
  AlterTableStmt: node => detach(node),
  ClusterStmt: ({relation}) => lock(relationOf(relation), 'ACCESS EXCLUSIVE', {scans: true}),
};

function reindex(node: SyntaxNode): readonly AloneLock[] {
  const of = node['kind'] === 'REINDEX_OBJECT_INDEX' ? 'its-table' : 'itself';
  const mode = isOn(node['params'], 'concurrently') ? 'SHARE UPDATE EXCLUSIVE' : 'SHARE';
  return lock(relationOf(node['relation']), mode, {of, scans: true});
}

function vacuum({rels, options}: SyntaxNode): readonly AloneLock[] {
  const full = isOn(options, 'full');
  return list(rels).flatMap(each =>
    lock(
      relationOf(field(each, 'VacuumRelation')['relation']),
      full ? 'ACCESS EXCLUSIVE' : 'SHARE UPDATE EXCLUSIVE',
      {scans: true},
    ),
  );
}

/** The second of its two transactions locks the partition for itself. */
function detach({relation, cmds}: SyntaxNode): readonly AloneLock[] {
  const partitions = list(cmds).map(command =>
    relationOf(field(field(field(command, 'AlterTableCmd')['def'], 'PartitionCmd'), 'name')),
  );
  return [
    ...lock(relationOf(relation), 'SHARE UPDATE EXCLUSIVE'),
    ...partitions.flatMap(partition => lock(partition, 'ACCESS EXCLUSIVE')),
  ];
}

function lock(
  name: QualifiedName | undefined,
  mode: LockMode,
  {of = 'itself', scans = false}: Partial<Pick<AloneLock, 'of' | 'scans'>> = {},
): readonly AloneLock[] {
  return name ? [{name, of, mode, scans}] : [];
}

/** An option without a value is on. */
function isOn(options: unknown, name: string): boolean {
  const option = list(options)
    .map(each => field(each, 'DefElem'))
    .find(({defname}) => defname === name);
  if (!option) return false;
  return (
    option['arg'] === undefined ||
    !/"(?:false|off|0|no)"|"boolval":false|:0\b/i.test(JSON.stringify(option['arg']))
  );
}
