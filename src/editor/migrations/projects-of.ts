import {Uri, workspace} from 'vscode';
import type {Connection} from '../../core/connections/connection.ts';
import type {Project} from '../../frameworks/framework.ts';

interface Found {
  readonly connections: {list(): readonly Connection[]};
  readonly projects: {list(): readonly Project[]};
}

/**
 * The projects that are looked for on a connection. Where several folders are open, each with connections of its own,
 * another folder's migrations are nobody's business here: a connection that a file of one folder names has that folder's
 * projects, and those of folders that name none.
 */
export function projectsOf(connection: Connection, {connections, projects}: Found): readonly Project[] {
  const all = projects.list();
  const home = homeOf(connection);
  if (home === undefined) return all;
  const taken = new Set(connections.list().map(homeOf));
  return all.filter(({folder}) => {
    const root = rootOf(folder);
    return root === home || !taken.has(root);
  });
}

/** The workspace folder of the file that names a connection; nothing for one that was added by hand. */
function homeOf({source}: Connection): string | undefined {
  return source.kind === 'file' ? rootOf(source.path) : undefined;
}

function rootOf(path: string): string | undefined {
  return workspace.getWorkspaceFolder(Uri.file(path))?.uri.toString();
}
