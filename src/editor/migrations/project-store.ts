import {EventEmitter, RelativePattern, Uri, workspace, type Event} from 'vscode';
import type {History, Migration} from '../../core/migrations/migration.ts';
import type {Framework, Project} from '../../frameworks/framework.ts';
import {DisposableStore} from '../disposables.ts';
import {workspaceFiles} from '../workspace-files.ts';

/** A migration file, seen from the file. */
export interface MigrationFile {
  readonly project: Project;
  readonly migration: Migration;
  readonly direction: 'up' | 'down';
}

/** Milliseconds to wait for more changes: a branch switch touches many files at once. */
const settle = 150;

/** The projects of the workspace and their files, kept up to date. */
export class ProjectStore {
  readonly #changed = new EventEmitter<void>();
  readonly #disposables = new DisposableStore();
  #watchers = new DisposableStore();
  #frameworks: readonly Framework[] | undefined;
  #projects: readonly Project[] = [];
  #histories = new Map<string, History>();
  #files = new Map<string, MigrationFile>();
  readonly #arrivals = new Map<string, Promise<ReadonlyMap<string, number>>>();
  #detection: Promise<void> | undefined;
  #timer: NodeJS.Timeout | undefined;

  /** Projects or their files changed. */
  readonly onDidChange: Event<void> = this.#changed.event;

  constructor() {
    this.#disposables.add(this.#changed);
    this.#disposables.add(workspace.onDidChangeWorkspaceFolders(() => void this.detect()));
    this.#disposables.add(workspace.onDidGrantWorkspaceTrust(() => void this.detect()));
    const files = this.#disposables.add(workspace.createFileSystemWatcher('**/*.sql', false, true, false));
    for (const on of [files.onDidCreate, files.onDidDelete]) this.#disposables.add(on(() => this.#soon()));
  }

  list(): readonly Project[] {
    return this.#projects;
  }

  history(project: Project): History | undefined {
    return this.#histories.get(project.id);
  }

  /** @returns the version as its file writes it, such as `000012`. */
  label(project: Project, id: string): string {
    return this.history(project)?.migrations.find(migration => migration.id === id)?.label ?? id;
  }

  file(uri: Uri): MigrationFile | undefined {
    return uri.scheme === 'file' ? this.#files.get(uri.fsPath) : undefined;
  }

  /** When each file of a project arrived on the branch, as git tells; asked once for each state of the files. */
  arrivals(project: Project): Promise<ReadonlyMap<string, number>> {
    const known = this.#arrivals.get(project.id);
    if (known) return known;
    const asked = import('../../frameworks/git-arrivals.ts').then(({readArrivals}) =>
      readArrivals(project.folder),
    );
    this.#arrivals.set(project.id, asked);
    return asked;
  }

  /** Looks once; later calls wait for the same look. */
  ready(): Promise<void> {
    this.#detection ??= this.#look();
    return this.#detection;
  }

  async detect(): Promise<void> {
    this.#detection = this.#look();
    await this.#detection;
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#watchers.dispose();
    this.#disposables.dispose();
  }

  async #look(): Promise<void> {
    const [{createFrameworks, detectProjects}, {createParser}] = await Promise.all([
      import('../../frameworks/frameworks.ts'),
      import('../../parser/libpg-query.ts'),
    ]);
    this.#frameworks ??= createFrameworks({parser: createParser()});
    this.#projects = workspace.isTrusted ? await detectProjects(this.#frameworks, workspaceFiles()) : [];
    await this.#read();
    this.#watch();
    this.#changed.fire();
  }

  async #read(): Promise<void> {
    const histories = new Map<string, History>();
    const files = new Map<string, MigrationFile>();
    await Promise.all(
      this.#projects.map(async project => {
        const listed = await project.list();
        if (!listed.ok) return;
        histories.set(project.id, listed.value);
        for (const migration of listed.value.migrations) {
          for (const direction of ['up', 'down'] as const) {
            const path = migration[direction];
            if (path !== undefined) files.set(path, {project, migration, direction});
          }
        }
      }),
    );
    this.#histories = histories;
    this.#arrivals.clear();
    this.#files = files;
  }

  /** Files outside `*.sql` count as well: the grammar allows any extension. */
  #watch(): void {
    this.#watchers.dispose();
    this.#watchers = new DisposableStore();
    for (const project of this.#projects) {
      const pattern = new RelativePattern(Uri.file(project.folder), '*');
      const watcher = this.#watchers.add(workspace.createFileSystemWatcher(pattern));
      for (const on of [watcher.onDidCreate, watcher.onDidChange, watcher.onDidDelete]) {
        this.#watchers.add(on(() => this.#soon()));
      }
    }
  }

  #soon(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.detect(), settle);
  }
}
