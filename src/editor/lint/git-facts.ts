import {EventEmitter, workspace, type Disposable} from 'vscode';
import type {ProjectFiles} from '../../core/lint/project-files.ts';
import type {Project} from '../../frameworks/framework.ts';
import {foldersOf} from '../../frameworks/folders-of.ts';
import {DisposableStore} from '../disposables.ts';
import type {ProjectStore} from '../migrations/project-store.ts';

type Known = Pick<ProjectFiles, 'edited' | 'arrivals'>;

const nothing: Known = {edited: new Set(), arrivals: new Map()};

/** What git knows of the files of projects. Nobody waits for it: who asks gets the last answer. */
export class GitFacts implements Disposable {
  readonly #changed = new EventEmitter<void>();
  readonly #store = new DisposableStore();
  readonly #projects: ProjectStore;
  readonly #known = new Map<string, Known>();
  #outdated = new Set<string>();

  /** Git has answered. */
  readonly onDidChange = this.#changed.event;

  constructor(projects: ProjectStore) {
    this.#projects = projects;
    this.#store.add(this.#changed);
    this.#store.add(
      workspace.onDidSaveTextDocument(({uri}) => {
        if (projects.file(uri)) this.#outdate();
      }),
    );
    this.#store.add(projects.onDidChange(() => this.#outdate()));
  }

  /** @returns nothing known in a workspace that is not trusted, where git is not run */
  of(project: Project): Known {
    if (!workspace.isTrusted) return nothing;
    if (!this.#known.has(project.id) || this.#outdated.delete(project.id)) void this.#ask(project);
    return this.#known.get(project.id) ?? nothing;
  }

  dispose(): void {
    this.#store.dispose();
  }

  #outdate(): void {
    this.#outdated = new Set(this.#known.keys());
  }

  async #ask(project: Project): Promise<void> {
    if (!this.#known.has(project.id)) this.#known.set(project.id, nothing);
    const {readEdits} = await import('../../frameworks/git-edits.ts');
    const [edits, arrivals] = await Promise.all([
      Promise.all(foldersOf(project).map(readEdits)),
      this.#projects.arrivals(project),
    ]);
    const edited = new Set(edits.flatMap(each => [...each]));
    const before = this.#known.get(project.id);
    this.#known.set(project.id, {edited, arrivals});
    if (before && isSame(before, {edited, arrivals})) return;
    this.#changed.fire();
  }
}

function isSame(one: Known, other: Known): boolean {
  return (
    one.edited.size === other.edited.size &&
    one.arrivals.size === other.arrivals.size &&
    [...one.edited].every(path => other.edited.has(path)) &&
    [...one.arrivals].every(([path, rank]) => other.arrivals.get(path) === rank)
  );
}
