import {l10n} from 'vscode';
import type {Page, PageKey} from '../../core/catalog/page.ts';
import type {RowSecurity} from '../../core/catalog/relation.ts';
import type {Policy} from '../../core/catalog/table-parts.ts';
import type {Connection} from '../../core/connections/connection.ts';
import {ok, type Outcome} from '../../core/outcome.ts';
import type {Session} from '../../core/session.ts';
import {settings} from '../settings.ts';
import {TreeNode, type NodeData, type NodeOf} from './node.ts';

export type Children = readonly TreeNode[];

/** Reads one page of a list of a schema. */
export async function schemaListRows(
  session: Session,
  node: TreeNode,
  {connection, schema, list}: NodeOf<'schema-list'>,
  after?: PageKey,
): Promise<Outcome<Children>> {
  const page = {limit: settings.pageSize(), ...(after ? {after} : {})};
  switch (list) {
    case 'tables':
    case 'views':
    case 'materializedViews':
    case 'foreignTables': {
      const {listRelations} = await import('../../postgres/catalog/relations.ts');
      const kinds = {
        tables: ['table', 'partitioned-table'],
        views: ['view'],
        materializedViews: ['materialized-view'],
        foreignTables: ['foreign-table'],
      } as const;
      const found = await listRelations(session, schema.name, {kinds: kinds[list], ...page});
      return paged(node, connection, found, relation => [
        {kind: 'relation', connection, relation},
        relation.name,
      ]);
    }
    case 'sequences': {
      const {listSequences} = await import('../../postgres/catalog/sequences.ts');
      const found = await listSequences(session, schema.name, page);
      return paged(node, connection, found, sequence => [
        {kind: 'sequence', connection, sequence},
        sequence.name,
      ]);
    }
    case 'functions': {
      const {listFunctions} = await import('../../postgres/catalog/routines.ts');
      const found = await listFunctions(session, schema.name, page);
      return paged(node, connection, found, routine => [
        {kind: 'routine', connection, routine},
        `${routine.name}:${routine.oid}`,
      ]);
    }
    case 'types': {
      const {listTypes} = await import('../../postgres/catalog/types.ts');
      const found = await listTypes(session, schema.name, page);
      return paged(node, connection, found, type => [{kind: 'type', connection, type}, type.name]);
    }
    default:
      return list satisfies never;
  }
}

/** Reads one page of a list of a table or view. */
export async function relationListRows(
  session: Session,
  node: TreeNode,
  {connection, relation, list}: NodeOf<'relation-list'>,
  after?: PageKey,
): Promise<Outcome<Children>> {
  const {oid} = relation;
  const [columns, indexes, constraints] = await Promise.all([
    import('../../postgres/catalog/columns.ts'),
    import('../../postgres/catalog/indexes.ts'),
    import('../../postgres/catalog/constraints.ts'),
  ]);
  switch (list) {
    case 'columns':
      return rows(node, await columns.listColumns(session, oid), column => [
        {kind: 'column', connection, relation, column},
        column.name,
      ]);
    case 'indexes':
      return rows(node, await indexes.listIndexes(session, oid), index => [
        {kind: 'index', connection, relation, index},
        index.name,
      ]);
    case 'constraints':
      return rows(node, await constraints.listConstraints(session, oid), constraint => [
        {kind: 'constraint', connection, relation, constraint},
        constraint.name,
      ]);
    case 'triggers':
      return rows(node, await constraints.listTriggers(session, oid), trigger => [
        {kind: 'trigger', connection, relation, trigger},
        trigger.name,
      ]);
    case 'policies':
      return policyRows(node, await constraints.listPolicies(session, oid), policy => [
        {kind: 'policy', connection, relation, policy},
        policy.name,
      ]);
    case 'partitions': {
      const {listPartitions} = await import('../../postgres/catalog/relations.ts');
      const found = await listPartitions(session, oid, {
        limit: settings.pageSize(),
        ...(after ? {after} : {}),
      });
      return paged(node, connection, found, partition => [
        {kind: 'relation', connection, relation: partition},
        partition.name,
      ]);
    }
    default:
      return list satisfies never;
  }
}

/** Policies without row security have no effect, which is worth a row of its own. */
function policyRows(
  node: TreeNode,
  found: Outcome<{readonly rowSecurity: RowSecurity; readonly policies: readonly Policy[]}>,
  toRow: (policy: Policy) => readonly [NodeData, string],
): Outcome<Children> {
  if (!found.ok) return found;
  const {rowSecurity, policies} = found.value;
  const listed = rows(node, ok(policies), toRow);
  if (!listed.ok || policies.length === 0 || rowSecurity !== 'off') return listed;
  const text = l10n.t('Row security is off: these policies have no effect');
  return ok([new TreeNode({kind: 'message', text}, 'row-security', node), ...listed.value]);
}

/** @returns what was found as rows below `node`. */
export function rows<T>(
  node: TreeNode,
  found: Outcome<readonly T[]>,
  toRow: (item: T) => readonly [NodeData, string],
): Outcome<Children> {
  return found.ok ? ok(found.value.map(item => new TreeNode(...toRow(item), node))) : found;
}

function paged<T>(
  node: TreeNode,
  connection: Connection,
  found: Outcome<Page<T>>,
  toRow: (item: T) => readonly [NodeData, string],
): Outcome<Children> {
  if (!found.ok) return found;
  const {items, next} = found.value;
  const more = next
    ? [new TreeNode({kind: 'more', connection, after: next}, `more:${next.name}:${next.oid}`, node)]
    : [];
  return ok([...items.map(item => new TreeNode(...toRow(item), node)), ...more]);
}
