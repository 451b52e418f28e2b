import {EventEmitter, FileDecoration, type FileDecorationProvider, type Uri} from 'vscode';
import type {ConnectionStore} from '../connections/connection-store.ts';
import {DisposableStore} from '../disposables.ts';
import {settings} from '../settings.ts';
import type {ProjectStore} from './project-store.ts';
import type {StatusStore} from './status-store.ts';
import {lookOf} from './words.ts';

/** Shows the state of each migration, on the target connection, on its files in the Explorer and on editor tabs. */
export class FileBadges implements FileDecorationProvider {
  readonly #changed = new EventEmitter<undefined>();
  readonly #disposables = new DisposableStore();
  readonly #projects: ProjectStore;
  readonly #statuses: StatusStore;
  readonly onDidChangeFileDecorations = this.#changed.event;

  constructor(connections: ConnectionStore, projects: ProjectStore, statuses: StatusStore) {
    this.#projects = projects;
    this.#statuses = statuses;
    this.#disposables.add(this.#changed);
    for (const {onDidChange} of [connections, statuses]) {
      this.#disposables.add(onDidChange(() => this.#changed.fire(undefined)));
    }
  }

  provideFileDecoration(uri: Uri): FileDecoration | undefined {
    const file = settings.badges() ? this.#projects.file(uri) : undefined;
    const entry = file && this.#statuses.ofTarget(file.project, file.migration.id);
    if (!entry) return undefined;
    const look = lookOf(entry.state, file.project.terms);
    return new FileDecoration(look.badge, look.meaning, look.color);
  }

  dispose(): void {
    this.#disposables.dispose();
  }
}
