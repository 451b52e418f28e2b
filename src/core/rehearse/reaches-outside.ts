import type {Statement} from '../sql/parser.ts';

/** What a statement would do to the whole server, which a scratch database does not keep in. */
const outside: Readonly<Record<string, string>> = {
  CreateRoleStmt: 'makes a role',
  AlterRoleStmt: 'changes a role',
  AlterRoleSetStmt: 'changes a role',
  DropRoleStmt: 'drops a role',
  GrantRoleStmt: 'changes who is a member of a role',
  ReassignOwnedStmt: 'may change the owner of databases',
  DropOwnedStmt: 'may revoke rights on databases',
  CreatedbStmt: 'makes a database',
  AlterDatabaseStmt: 'changes a database',
  AlterDatabaseSetStmt: 'changes a database',
  AlterDatabaseRefreshCollStmt: 'changes a database',
  DropdbStmt: 'drops a database',
  CreateTableSpaceStmt: 'makes a tablespace',
  AlterTableSpaceOptionsStmt: 'changes a tablespace',
  DropTableSpaceStmt: 'drops a tablespace',
  CreateSubscriptionStmt: 'connects to another server',
  AlterSubscriptionStmt: 'connects to another server',
  DropSubscriptionStmt: 'connects to another server',
  AlterSystemStmt: 'changes the settings of the server',
  CheckPointStmt: 'makes the server write all changed pages at once',
  LoadStmt: 'loads a library into the server',
};

/** Kinds of objects that all databases share. */
const shared = new Set(['OBJECT_DATABASE', 'OBJECT_ROLE', 'OBJECT_TABLESPACE', 'OBJECT_PARAMETER_ACL']);

/** @returns what a statement does outside of its database; nothing for what stays inside */
export function reachesOutside({kind, node}: Pick<Statement, 'kind' | 'node'>): string | undefined {
  const known = outside[kind];
  if (known !== undefined) return known;
  const target = [node['objtype'], node['objectType'], node['renameType']];
  if (target.some(each => typeof each === 'string' && shared.has(each)))
    return 'changes something that all databases of the server share';
  if (kind === 'CopyStmt' && node['is_program'] === true) return 'runs a program on the server';
  return kind === 'CopyStmt' && typeof node['filename'] === 'string' && node['is_from'] !== true
    ? 'writes a file on the server'
    : undefined;
}
