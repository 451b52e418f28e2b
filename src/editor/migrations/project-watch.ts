import {readFile} from 'node:fs/promises';
import {basename, dirname} from 'node:path';
import {RelativePattern, Uri, workspace, type Disposable} from 'vscode';
import type {Project} from '../../frameworks/framework.ts';
import {foldersOf} from '../../frameworks/folders-of.ts';
import {DisposableStore} from '../disposables.ts';

/** Files that may be the first of a project. Braces in braces match nothing. */
const migrations =
  '{**/*.sql,**/migrations/*.js,**/migrations/*.cjs,**/migrations/*.mjs,**/migrations/*.ts,**/migrations/*.cts,**/migrations/*.mts,**/versions/*.py}';

/** Files that say which tool is used, and with which folder. */
const configuration =
  '{**/package.json,**/alembic.ini,**/pyproject.toml,**/flyway.conf,**/flyway.toml,**/*.prisma,**/prisma.config.*,**/config/default.json}';

/** Settings that say which tool a folder is of, or what reads it. */
const telling = ['howdah.migrations.frameworks', 'howdah.alembic.python'];

/** Most of them name a database only, and that is for others to follow. */
const toolVariable = /^\s*(?:export\s+)?(?:DBMATE|GOOSE|FLYWAY)_/m;

/** What belongs to others, and changes by the thousand. */
const foreign = /[\\/](?:node_modules|\.git|\.venv|venv)[\\/]/;

/** Milliseconds to wait for more changes: a branch switch touches many files at once. */
const settle = 150;

/** Tells when projects have to be looked for again. All of it lies in what the editor watches anyway. */
export class ProjectWatch implements Disposable {
  readonly #store = new DisposableStore();
  readonly #again: () => void;
  #folders = new DisposableStore();
  #timer: NodeJS.Timeout | undefined;

  /** @param again called once for changes that come together */
  constructor(again: () => void) {
    this.#again = again;
    const {onDidChangeWorkspaceFolders, onDidGrantWorkspaceTrust, onDidChangeConfiguration} = workspace;
    this.#store.add(onDidChangeWorkspaceFolders(again));
    this.#store.add(onDidGrantWorkspaceTrust(again));
    this.#store.add(
      onDidChangeConfiguration(change => {
        if (telling.some(setting => change.affectsConfiguration(setting))) again();
      }),
    );
    const files = this.#store.add(workspace.createFileSystemWatcher(migrations, false, true, false));
    for (const on of [files.onDidCreate, files.onDidDelete]) this.#store.add(on(uri => this.#soon(uri)));
    const names = this.#store.add(workspace.createFileSystemWatcher(configuration));
    for (const on of [names.onDidCreate, names.onDidChange, names.onDidDelete])
      this.#store.add(on(uri => this.#soon(uri)));
    const variables = this.#store.add(workspace.createFileSystemWatcher('**/.env', false, false, true));
    for (const on of [variables.onDidCreate, variables.onDidChange])
      this.#store.add(on(uri => void this.#ifOfATool(uri)));
  }

  /**
   * Watches the folders of these projects instead of those before.
   * @param isMigration whether a file is one of a migration: the content of any other says nothing
   */
  follow(projects: readonly Project[], isMigration: (uri: Uri) => boolean): void {
    this.#folders.dispose();
    this.#folders = new DisposableStore();
    for (const path of new Set(projects.flatMap(({configuredBy = []}) => configuredBy))) {
      const pattern = new RelativePattern(Uri.file(dirname(path)), basename(path));
      const watcher = this.#folders.add(workspace.createFileSystemWatcher(pattern));
      for (const on of [watcher.onDidCreate, watcher.onDidChange, watcher.onDidDelete])
        this.#folders.add(on(uri => this.#soon(uri)));
    }
    for (const folder of projects.flatMap(foldersOf)) {
      // Some tools have a folder for each migration.
      const pattern = new RelativePattern(Uri.file(folder), '**');
      const watcher = this.#folders.add(workspace.createFileSystemWatcher(pattern));
      // A grammar may allow any extension, but only in the folder itself.
      const isNear = (uri: Uri): boolean => dirname(uri.fsPath) === folder || isMigration(uri);
      for (const on of [watcher.onDidCreate, watcher.onDidDelete])
        this.#folders.add(on(uri => isNear(uri) && this.#soon(uri)));
      this.#folders.add(watcher.onDidChange(uri => isMigration(uri) && this.#soon(uri)));
    }
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#folders.dispose();
    this.#store.dispose();
  }

  async #ifOfATool(uri: Uri): Promise<void> {
    const text = await readFile(uri.fsPath, 'utf8').catch(() => '');
    if (toolVariable.test(text)) this.#soon(uri);
  }

  #soon({fsPath}: Uri): void {
    if (foreign.test(fsPath)) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(this.#again, settle);
  }
}
