import {field, list, text} from '../sql/objects.ts';
import type {Statement, SyntaxNode} from '../sql/parser.ts';

/** Names of what all databases of a server share, as a file uses them. */
export interface ClusterNames {
  /** Roles that must be there before the file runs. */
  readonly roles: readonly string[];
  readonly databases: readonly string[];
}

/** A text without any of these words names no role and no database. */
const mayName = /\b(?:grant|revoke|owner|owned|authorization|role|user|group|policy|privileges|database)\b/i;

/** @returns whether it is worth to parse a text for the names in it */
export function mayNameCluster(sql: string): boolean {
  return mayName.test(sql);
}

/** @returns the roles and databases that a file names and does not make itself before it does so */
export function clusterNamesOf(statements: readonly Statement[], sql: string): ClusterNames {
  const roles = new Set<string>();
  const databases = new Set<string>();
  const made = new Set<string>();
  for (const statement of statements) {
    for (const role of rolesOf(statement)) if (!made.has(role)) roles.add(role);
    for (const name of databasesOf(statement)) if (!made.has(`database ${name}`)) databases.add(name);
    for (const name of createdBy(statement, sql)) made.add(name);
  }
  return {roles: [...roles], databases: [...databases]};
}

function rolesOf({kind, node}: Statement): readonly string[] {
  return [...specs({[kind]: node}), ...(otherRoles[kind]?.(node) ?? [])].filter(name => !isPredefined(name));
}

/** Every RoleSpec, with or without its name around it. */
function specs(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(specs);
  if (typeof value !== 'object' || value === null) return [];
  const name = 'roletype' in value && 'rolename' in value ? value.rolename : undefined;
  return [...(typeof name === 'string' ? [name] : []), ...Object.values(value).flatMap(specs)];
}

/** Where PostgreSQL's parser leaves a role as a mere name. */
const otherRoles: Readonly<Record<string, (node: SyntaxNode) => readonly string[]>> = {
  GrantRoleStmt: node =>
    list(node['granted_roles']).flatMap(each => text(field(each, 'AccessPriv')['priv_name']) ?? []),
  VariableSetStmt: ({name, args}) =>
    name === 'role' || name === 'session_authorization' ? list(args).flatMap(settingText) : [],
  CommentStmt: node => objectOf(node, 'objtype', 'OBJECT_ROLE'),
  RenameStmt: ({renameType, subname}) =>
    renameType === 'OBJECT_ROLE' && typeof subname === 'string' ? [subname] : [],
};

function settingText(value: SyntaxNode): readonly string[] {
  const role = text(field(field(value, 'A_Const'), 'sval')['sval']);
  return role === undefined || role === 'none' ? [] : [role];
}

function isPredefined(role: string): boolean {
  return role.startsWith('pg_');
}

function databasesOf({kind, node}: Statement): readonly string[] {
  return databaseReaders[kind]?.(node) ?? [];
}

const databaseReaders: Readonly<Record<string, (node: SyntaxNode) => readonly string[]>> = {
  GrantStmt: ({objtype, objects}) =>
    objtype === 'OBJECT_DATABASE'
      ? list(objects).flatMap(each => text(field(each, 'String')['sval']) ?? [])
      : [],
  AlterDatabaseStmt: ({dbname}) => named(dbname),
  AlterDatabaseSetStmt: ({dbname}) => named(dbname),
  AlterRoleSetStmt: ({database}) => named(database),
  AlterOwnerStmt: node => objectOf(node, 'objectType', 'OBJECT_DATABASE'),
  CommentStmt: node => objectOf(node, 'objtype', 'OBJECT_DATABASE'),
  SecLabelStmt: node => objectOf(node, 'objtype', 'OBJECT_DATABASE'),
};

function named(value: unknown): readonly string[] {
  const name = text(value);
  return name === undefined ? [] : [name];
}

function objectOf(node: SyntaxNode, kindField: string, kind: string): readonly string[] {
  const name = text(field(field(node, 'object'), 'String')['sval']);
  return node[kindField] === kind && name !== undefined ? [name] : [];
}

/** A body in quotes may make a role as well, which is told from its text. */
function createdBy({kind, node, start, end}: Statement, sql: string): readonly string[] {
  if (kind === 'CreateRoleStmt') return [text(node['role']) ?? ''];
  if (kind === 'CreatedbStmt') return [`database ${text(node['dbname']) ?? ''}`];
  if (kind === 'RenameStmt' && node['renameType'] === 'OBJECT_ROLE') return [text(node['newname']) ?? ''];
  if (kind !== 'DoStmt') return [];
  const made = sql.slice(start, end).matchAll(/\bcreate\s+(?:role|user|group)\s+"?([\w$]+)/gi);
  return [...made].flatMap(([, name]) => name ?? []);
}

/** @returns whether a file has rows follow a COPY, which only a client that speaks that part of the protocol can send */
export function copiesFromClient({kind, node}: Statement): boolean {
  return kind === 'CopyStmt' && node['is_from'] === true && text(node['filename']) === undefined;
}
