import {l10n} from 'vscode';
import type {Page, PageKey} from '../../core/catalog/page.ts';
import type {Connection} from '../../core/connections/connection.ts';
import {ok, type Outcome} from '../../core/outcome.ts';
import type {Session} from '../../core/session.ts';
import type {ConnectionStore} from '../connections/connection-store.ts';
import type {Sessions} from '../connections/sessions.ts';
import type {ProjectStore} from '../migrations/project-store.ts';
import type {StatusStore} from '../migrations/status-store.ts';
import {settings} from '../settings.ts';
import {TreeNode, type NodeData, type NodeOf, type RelationList, type SchemaList} from './node.ts';

/** What children are read from. */
export interface Sources {
  readonly connections: ConnectionStore;
  readonly sessions: Sessions;
  readonly projects: ProjectStore;
  readonly statuses: StatusStore;
}

type Children = readonly TreeNode[];

/** @returns the top rows: connections, and what was found but cannot be used. Connects to nothing. */
export async function rootRows({connections}: Sources): Promise<Children> {
  await connections.discover();
  return [
    ...connections.list().map(connection => new TreeNode({kind: 'connection', connection}, connection.id)),
    ...connections.problems().map(problem => new TreeNode({kind: 'problem', problem}, problem.id)),
  ];
}

/**
 * Reads one page of the rows below `node`.
 * @param after where the page before it ended
 * @returns rows; a failure becomes a row that says so, so that its siblings stay usable
 */
export async function childRows(sources: Sources, node: TreeNode, after?: PageKey): Promise<Children> {
  const rows = await read(sources, node, after);
  if (!rows.ok) return [new TreeNode({kind: 'message', text: rows.failure.message, failure: rows.failure}, 'failure', node)];
  return rows.value.length > 0 || after ? rows.value : [new TreeNode({kind: 'message', text: l10n.t('None')}, 'none', node)];
}

async function read(sources: Sources, node: TreeNode, after?: PageKey): Promise<Outcome<Children>> {
  const {data} = node;
  switch (data.kind) {
    case 'connection':
      return connectionRows(sources, node, data.connection);
    case 'project':
      return migrationRows(sources, node, data);
    case 'schema':
      return ok(schemaLists(node, data));
    case 'schema-list':
      return withSession(sources, data.connection, session => schemaListRows(session, node, data, after));
    case 'relation':
      return ok(relationLists(data).map(list => new TreeNode({...data, kind: 'relation-list', list}, list, node)));
    case 'relation-list':
      return withSession(sources, data.connection, session => relationListRows(session, node, data, after));
    case 'extensions':
      return withSession(sources, data.connection, async session => {
        const {listExtensions} = await import('../../postgres/catalog/schemas.ts');
        const {connection} = data;
        return rows(node, await listExtensions(session), extension => [{kind: 'extension', connection, extension}, extension.name]);
      });
    default:
      return ok([]);
  }
}

async function withSession(
  {sessions}: Sources,
  connection: Connection,
  act: (session: Session) => Promise<Outcome<Children>>,
): Promise<Outcome<Children>> {
  const session = await sessions.browse(connection);
  return session.ok ? act(session.value) : session;
}

async function connectionRows(sources: Sources, node: TreeNode, connection: Connection): Promise<Outcome<Children>> {
  const session = await sources.sessions.browse(connection);
  if (!session.ok) return session;
  const {listSchemas} = await import('../../postgres/catalog/schemas.ts');
  const [schemas] = await Promise.all([listSchemas(session.value), sources.projects.ready()]);
  if (!schemas.ok) return schemas;
  const projects = sources.projects
    .list()
    .map(project => new TreeNode({kind: 'project', connection, project}, `project:${project.id}`, node));
  return ok([
    ...projects,
    ...schemas.value.map(schema => new TreeNode({kind: 'schema', connection, schema}, `schema:${schema.name}`, node)),
    new TreeNode({kind: 'extensions', connection}, 'extensions', node),
  ]);
}

async function migrationRows(
  {statuses}: Sources,
  node: TreeNode,
  {connection, project}: NodeOf<'project'>,
): Promise<Outcome<Children>> {
  const known = statuses.get(connection, project);
  const status = known ? ok(known) : await statuses.read(connection, project);
  if (!status.ok) return status;
  return ok(
    status.value.migrations
      .map((entry, index) => new TreeNode({kind: 'migration', connection, project, entry}, `${entry.migration.id}:${index}`, node))
      .toReversed(),
  );
}

const listsOfASchema: readonly SchemaList[] = [
  'tables',
  'views',
  'materializedViews',
  'foreignTables',
  'sequences',
  'functions',
  'types',
];

/** Lists that hold nothing are left out, but for the tables. */
function schemaLists(node: TreeNode, {connection, schema}: NodeOf<'schema'>): Children {
  return listsOfASchema
    .filter(list => list === 'tables' || schema.counts[list] > 0)
    .map(list => new TreeNode({kind: 'schema-list', connection, schema, list}, list, node));
}

function relationLists({relation}: NodeOf<'relation'>): readonly RelationList[] {
  switch (relation.kind) {
    case 'table':
      return ['columns', 'indexes', 'constraints', 'triggers', 'policies'];
    case 'partitioned-table':
      return ['partitions', 'columns', 'indexes', 'constraints', 'triggers', 'policies'];
    case 'view':
      return ['columns', 'triggers'];
    case 'materialized-view':
      return ['columns', 'indexes'];
    case 'foreign-table':
      return ['columns', 'constraints', 'triggers'];
    default:
      return relation satisfies never;
  }
}

async function schemaListRows(
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
      return paged(node, connection, found, relation => [{kind: 'relation', connection, relation}, relation.name]);
    }
    case 'sequences': {
      const {listSequences} = await import('../../postgres/catalog/sequences.ts');
      const found = await listSequences(session, schema.name, page);
      return paged(node, connection, found, sequence => [{kind: 'sequence', connection, sequence}, sequence.name]);
    }
    case 'functions': {
      const {listFunctions} = await import('../../postgres/catalog/routines.ts');
      const found = await listFunctions(session, schema.name, page);
      return paged(node, connection, found, routine => [{kind: 'routine', connection, routine}, `${routine.name}:${routine.oid}`]);
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

async function relationListRows(
  session: Session,
  node: TreeNode,
  {connection, relation, list}: NodeOf<'relation-list'>,
  after?: PageKey,
): Promise<Outcome<Children>> {
  const parts = await import('../../postgres/catalog/table-parts.ts');
  const {oid} = relation;
  switch (list) {
    case 'columns':
      return rows(node, await parts.listColumns(session, oid), column => [{kind: 'column', connection, relation, column}, column.name]);
    case 'indexes':
      return rows(node, await parts.listIndexes(session, oid), index => [{kind: 'index', connection, relation, index}, index.name]);
    case 'constraints':
      return rows(node, await parts.listConstraints(session, oid), constraint => [{kind: 'constraint', connection, relation, constraint}, constraint.name]);
    case 'triggers':
      return rows(node, await parts.listTriggers(session, oid), trigger => [{kind: 'trigger', connection, relation, trigger}, trigger.name]);
    case 'policies':
      return rows(node, await parts.listPolicies(session, oid), policy => [{kind: 'policy', connection, relation, policy}, policy.name]);
    case 'partitions': {
      const {listPartitions} = await import('../../postgres/catalog/relations.ts');
      const found = await listPartitions(session, oid, {limit: settings.pageSize(), ...(after ? {after} : {})});
      return paged(node, connection, found, partition => [{kind: 'relation', connection, relation: partition}, partition.name]);
    }
    default:
      return list satisfies never;
  }
}

function rows<T>(
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
  const more = next ? [new TreeNode({kind: 'more', connection, after: next}, `more:${next.name}:${next.oid}`, node)] : [];
  return ok([...items.map(item => new TreeNode(...toRow(item), node)), ...more]);
}
