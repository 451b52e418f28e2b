import {RelativePattern, workspace} from 'vscode';
import type {Files} from '../core/files.ts';

/** What no project keeps its own migrations or connections in. */
const leftOut =
  '{**/node_modules/**,**/.git/**,**/vendor/**,**/dist/**,**/target/**,**/.venv/**,**/venv/**,**/.cache/**}';

/** Finds files through the editor's own search, in the folders that are on disk. */
export function workspaceFiles(): Files {
  const folders = (workspace.workspaceFolders ?? []).filter(folder => folder.uri.scheme === 'file');
  return {
    roots: folders.map(folder => folder.uri.fsPath),
    find: async glob => {
      const found = await Promise.all(
        folders.map(folder => workspace.findFiles(new RelativePattern(folder, glob), leftOut)),
      );
      return [...new Set(found.flat().map(uri => uri.fsPath))];
    },
  };
}
