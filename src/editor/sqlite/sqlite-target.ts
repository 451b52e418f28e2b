import {dirname, sep} from 'node:path';
import {Uri, workspace} from 'vscode';
import type {Connection} from '../../core/connections/connection.ts';
import type {SqliteFile} from '../../connections/sqlite.ts';
import type {SqliteTarget} from '../../frameworks/alembic/sqlite.ts';
import type {Project} from '../../frameworks/framework.ts';
import {environmentOf} from '../alembic/alembic-subject.ts';
import {projectOptions} from '../settings.ts';

/** @returns a file for Alembic, with the variable that the project takes its address from */
export async function sqliteTarget(
  {path, scheme, variable}: SqliteFile,
  project: Project,
): Promise<SqliteTarget> {
  const url = `${scheme}:///${path}`;
  return {
    environment: await environmentOf(project),
    path,
    variables: {DATABASE_URL: url, ...(variable === undefined ? {} : {[variable]: url})},
    options: projectOptions({}, Uri.file(project.folder)),
  };
}

/** @returns whether the file that names the database is beside or above the project */
export function isFileOf({source}: SqliteFile, {framework, folder}: Project): boolean {
  return framework === 'alembic' && folder.startsWith(dirname(source.path) + sep);
}

/** @returns the file as people see it: relative to the workspace folder */
export function sqliteName({path}: SqliteFile): string {
  return workspace.asRelativePath(path);
}

/** @returns the file for what only shows a connection and asks before a write; no session can be opened to it */
export function connectionOf(file: SqliteFile): Connection {
  return {
    id: file.id,
    name: sqliteName(file),
    source: {kind: 'file', ...file.source},
    environment: 'development',
    readOnly: false,
    settings: {
      endpoints: [],
      database: file.path,
      user: '',
      sslMode: 'disable',
      targetSessionAttrs: 'any',
      connectTimeout: 0,
      parameters: {},
      extra: {},
    },
  };
}
