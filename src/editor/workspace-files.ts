import {setImmediate} from 'node:timers/promises';
import {RelativePattern, Uri, workspace} from 'vscode';
import type {Files} from '../core/files.ts';
import {gatherSearches} from '../core/gathered-files.ts';
import {withoutBraces} from '../core/glob.ts';

/** What no project keeps its own migrations or connections in. */
const leftOut =
  '{**/node_modules/**,**/.git/**,**/vendor/**,**/dist/**,**/target/**,**/.venv/**,**/venv/**,**/.cache/**}';

/** Finds files through the editor's own search, in the folders that are on disk. One is for one look: it remembers. */
export function workspaceFiles(): Files {
  const folders = (workspace.workspaceFolders ?? []).filter(folder => folder.uri.scheme === 'file');
  return gatherSearches(
    folders.map(folder => folder.uri.fsPath),
    async (root, globs) => {
      // Braces in braces match nothing.
      const all = `{${globs.flatMap(withoutBraces).join(',')}}`;
      const found = await workspace.findFiles(new RelativePattern(Uri.file(root), all), leftOut);
      return found.map(uri => uri.fsPath);
    },
    () => setImmediate(),
  );
}
