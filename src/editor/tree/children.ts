import {l10n} from 'vscode';
import type {PageKey} from '../../core/catalog/page.ts';
import type {Connection} from '../../core/connections/connection.ts';
import {ok, type Failure, type Outcome} from '../../core/outcome.ts';
import type {Session} from '../../core/session.ts';
import type {ConnectionStore} from '../connections/connection-store.ts';
import type {Sessions} from '../connections/sessions.ts';
import type {ProjectStore} from '../migrations/project-store.ts';
import {projectsOf} from '../migrations/projects-of.ts';
import type {StatusStore} from '../migrations/status-store.ts';
import {rowsOfStatus} from './migration-rows.ts';
import {TreeNode, type NodeOf, type RelationList, type SchemaList} from './node.ts';
import {relationListRows, rows, schemaListRows, type Children} from './object-rows.ts';

/** What children are read from. */
export interface Sources {
  readonly connections: ConnectionStore;
  readonly sessions: Sessions;
  readonly projects: ProjectStore;
  readonly statuses: StatusStore;
}

/** @returns the top rows: connections, and what was found but cannot be used. Call `discover` first. */
export function rootRows({connections}: Sources): Children {
  return [
    ...connections.list().map(connection => new TreeNode({kind: 'connection', connection}, connection.id)),
    ...connections
      .sqliteFiles()
      .map(file => new TreeNode({kind: 'sqlite', row: {kind: 'file', file}}, file.id)),
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
  if (!rows.ok) return failureRows(node, rows.failure);
  return after ? rows.value : orNone(node, rows.value);
}

/** @returns whether rows say why nothing could be read */
export function saysFailure(rows: Children): boolean {
  return rows.some(({data}) => data.kind === 'message' && data.failure !== undefined);
}

function orNone(node: TreeNode, found: Children): Children {
  return found.length > 0 ? found : [new TreeNode({kind: 'message', text: l10n.t('None')}, 'none', node)];
}

/** With the way out of it, where there is one. */
function failureRows(node: TreeNode, failure: Failure): Children {
  const {data} = node;
  const said = new TreeNode({kind: 'message', text: failure.message, failure}, 'failure', node);
  return data.kind === 'connection' && failure.reason === 'no-such-database' && !data.connection.readOnly
    ? [said, new TreeNode({...data, kind: 'create-database'}, 'create-database', node)]
    : [said];
}

async function read(sources: Sources, node: TreeNode, after?: PageKey): Promise<Outcome<Children>> {
  const {data} = node;
  switch (data.kind) {
    case 'connection':
      return connectionRows(sources, node, data.connection);
    case 'project':
      return migrationRows(sources, node, data, after);
    case 'sqlite': {
      const {sqliteChildren} = await import('../sqlite/sqlite-rows.ts');
      const found = await sqliteChildren(sources.projects, data.row);
      return ok(found.map(([row, part]) => new TreeNode({kind: 'sqlite', row}, part, node)));
    }
    case 'schema':
      return ok(schemaLists(node, data));
    case 'schema-list':
      return withSession(sources, data.connection, session => schemaListRows(session, node, data, after));
    case 'relation':
      return ok(
        relationLists(data).map(list => new TreeNode({...data, kind: 'relation-list', list}, list, node)),
      );
    case 'relation-list':
      return withSession(sources, data.connection, session => relationListRows(session, node, data, after));
    case 'extensions':
      return withSession(sources, data.connection, async session => {
        const {listExtensions} = await import('../../postgres/catalog/schemas.ts');
        const {connection} = data;
        return rows(node, await listExtensions(session), extension => [
          {kind: 'extension', connection, extension},
          extension.name,
        ]);
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

async function connectionRows(
  sources: Sources,
  node: TreeNode,
  connection: Connection,
): Promise<Outcome<Children>> {
  const session = await sources.sessions.browse(connection);
  if (!session.ok) return session;
  const {listSchemas} = await import('../../postgres/catalog/schemas.ts');
  const [schemas] = await Promise.all([listSchemas(session.value), sources.projects.ready()]);
  if (!schemas.ok) return schemas;
  const projects = projectsOf(connection, sources).map(
    project => new TreeNode({kind: 'project', connection, project}, `project:${project.id}`, node),
  );
  return ok([
    ...projects,
    ...schemas.value.map(
      schema => new TreeNode({kind: 'schema', connection, schema}, `schema:${schema.name}`, node),
    ),
    new TreeNode({kind: 'extensions', connection}, 'extensions', node),
  ]);
}

async function migrationRows(
  {statuses}: Sources,
  node: TreeNode,
  data: NodeOf<'project'>,
  after?: PageKey,
): Promise<Outcome<Children>> {
  const known = knownRows(statuses, node, after);
  if (known) return ok(known);
  const status = await statuses.read(data.connection, data.project);
  return status.ok ? ok(rowsOfStatus(node, data, status.value, after)) : status;
}

/** @returns the rows of a project by its status as it is known; nothing where there is none that is still true */
export function knownRows(statuses: StatusStore, node: TreeNode, after?: PageKey): Children | undefined {
  const {data} = node;
  if (data.kind !== 'project' || statuses.failure(data.connection, data.project)) return undefined;
  const known = statuses.get(data.connection, data.project);
  return known && orNone(node, rowsOfStatus(node, data, known, after));
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
