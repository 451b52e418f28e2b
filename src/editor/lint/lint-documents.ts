import {languages, RelativePattern, workspace, type TextDocument} from 'vscode';
import type {ProjectStore} from '../migrations/project-store.ts';
import {lintOptions} from './lint-settings.ts';

/** What no project keeps its own migrations in. */
export const foreignFolders =
  '{**/node_modules/**,**/.git/**,**/vendor/**,**/dist/**,**/target/**,**/.venv/**,**/venv/**,**/.cache/**}';

/** The languages that migration tools have their files written in. */
export const migrationFiles = '**/*.{sql,psql,pgsql,py,js,cjs,mjs,ts,cts,mts}';

/**
 * Whether findings are wanted on a document, as far as its path tells: nothing is loaded for any other. What it holds
 * has the last word.
 */
export function isWanted(document: TextDocument, projects: ProjectStore): boolean {
  const {uri} = document;
  if (uri.scheme !== 'file' || languages.match({pattern: migrationFiles}, document) === 0) return false;
  if (!lintOptions.enabled(uri)) return false;
  return projects.file(uri) !== undefined || isIncluded(document);
}

/** Whether the settings say that a document which no project owns may be a migration. */
function isIncluded(document: TextDocument): boolean {
  const folder = workspace.getWorkspaceFolder(document.uri);
  if (!folder || languages.match({pattern: foreignFolders}, document) > 0) return false;
  return lintOptions
    .include(document.uri)
    .some(glob => languages.match({pattern: new RelativePattern(folder, glob)}, document) > 0);
}
