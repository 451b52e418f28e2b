import {commands, EventEmitter, Uri, workspace, type Event} from 'vscode';
import type {Direction, History, Migration} from '../../core/migrations/migration.ts';
import type {Framework, Project} from '../../frameworks/framework.ts';
import {DisposableStore} from '../disposables.ts';
import {projectOptions} from '../settings.ts';
import {workspaceFiles} from '../workspace-files.ts';
import {ProjectWatch} from './project-watch.ts';

/** A migration file, seen from the file. */
export interface MigrationFile {
  readonly project: Project;
  readonly migration: Migration;
  /** Both for a tool that keeps them in one file. */
  readonly directions: readonly Direction[];
}

/** The projects of the workspace and their files, kept up to date. */
export class ProjectStore {
  readonly #changed = new EventEmitter<void>();
  readonly #disposables = new DisposableStore();
  readonly #watch = this.#disposables.add(new ProjectWatch(() => void this.detect()));
  #frameworks: readonly Framework[] | undefined;
  #projects: readonly Project[] = [];
  #histories = new Map<string, History>();
  #files = new Map<string, MigrationFile>();
  readonly #arrivals = new Map<string, Promise<ReadonlyMap<string, number>>>();
  #detection: Promise<void> | undefined;

  /** Projects or their files changed. */
  readonly onDidChange: Event<void> = this.#changed.event;

  constructor() {
    this.#disposables.add(this.#changed);
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

  /** @returns the tool's own name, as its users write it */
  frameworkName({framework}: Project): string {
    return this.#frameworks?.find(({id}) => id === framework)?.name ?? framework;
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

  /** Looks again, after a look under way: the older one of two must not have the last word. */
  async detect(): Promise<void> {
    const before = this.#detection?.catch(() => {});
    this.#detection = Promise.resolve(before).then(() => this.#look());
    await this.#detection;
  }

  dispose(): void {
    this.#disposables.dispose();
  }

  async #look(): Promise<void> {
    const [{createFrameworks, detectProjects}, {createParser}, {chosenFrameworks}] = await Promise.all([
      import('../../frameworks/frameworks.ts'),
      import('../../parser/libpg-query.ts'),
      import('./chosen-frameworks.ts'),
    ]);
    this.#frameworks ??= createFrameworks({
      parser: createParser(),
      mayExecute: () => workspace.isTrusted,
      settled: folder => projectOptions({}, Uri.file(folder)),
    });
    this.#projects = workspace.isTrusted
      ? inOrder(await detectProjects(this.#frameworks, workspaceFiles(), await chosenFrameworks()))
      : [];
    await this.#read();
    this.#watch.follow(this.#projects, uri => this.#files.has(uri.fsPath));
    await commands.executeCommand('setContext', 'howdah.noProjects', this.#projects.length === 0);
    const hasAlembic = this.#projects.some(({framework}) => framework === 'alembic');
    await commands.executeCommand('setContext', 'howdah.hasAlembic', hasAlembic);
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
            if (path === undefined) continue;
            const other = migration.up === migration.down ? (['down'] as const) : [];
            if (!files.has(path)) files.set(path, {project, migration, directions: [direction, ...other]});
          }
        }
      }),
    );
    this.#histories = histories;
    this.#arrivals.clear();
    this.#files = files;
  }
}

/** As the folders of the workspace are, whatever the tools are. */
function inOrder(projects: readonly Project[]): readonly Project[] {
  const placeOf = ({folder}: Project): number =>
    workspace.getWorkspaceFolder(Uri.file(folder))?.index ?? Number.MAX_SAFE_INTEGER;
  return projects.toSorted(
    (one, other) => placeOf(one) - placeOf(other) || (one.folder < other.folder ? -1 : 1),
  );
}
