import {EventEmitter, Uri, window, type Event, type Memento} from 'vscode';
import type {Connection} from '../../core/connections/connection.ts';
import {formatConnectionUrl} from '../../core/connections/url.ts';
import type {MigrationStatus, Status} from '../../core/migrations/migration.ts';
import type {RunReport} from '../../core/migrations/plan.ts';
import {fail, type Failure, type Outcome} from '../../core/outcome.ts';
import type {Project} from '../../frameworks/framework.ts';
import type {ConnectionStore} from '../connections/connection-store.ts';
import type {BrowseOptions, Sessions} from '../connections/sessions.ts';
import {DisposableStore} from '../disposables.ts';
import {projectOptions} from '../settings.ts';
import type {Sighting} from '../../core/migrations/sighting.ts';
import type {ProjectStore} from './project-store.ts';
import {projectsOf} from './projects-of.ts';

/** What is to be done on one connection, over all projects whose status is known. */
export interface Summary {
  readonly pending: number;
  readonly failed: number;
  readonly neverRuns: number;
}

/** A run that came to its end, wherever it stopped. */
export interface Ran {
  readonly connection: Connection;
  readonly project: Project;
  readonly report: RunReport;
  /** Others are migrated beside it: what costs much is not to follow for each. */
  readonly amongOthers: boolean;
}

/** The last known status of each project on each connection. */
export class StatusStore {
  readonly #changed = new EventEmitter<void>();
  readonly #ran = new EventEmitter<Ran>();
  readonly #disposables = new DisposableStore();
  readonly #known = new Map<string, Status>();
  /** Why the last look failed, where it did. */
  readonly #failures = new Map<string, Failure>();
  readonly #connections: ConnectionStore;
  readonly #projects: ProjectStore;
  readonly #sessions: Sessions;
  readonly #memento: Memento;

  readonly onDidChange: Event<void> = this.#changed.event;
  /** Migrations were run from here, and the status is that of afterwards. */
  readonly onDidRun: Event<Ran> = this.#ran.event;

  constructor(connections: ConnectionStore, projects: ProjectStore, sessions: Sessions, memento: Memento) {
    this.#connections = connections;
    this.#projects = projects;
    this.#sessions = sessions;
    this.#memento = memento;
    this.#disposables.add(this.#changed);
    this.#disposables.add(this.#ran);
    this.#disposables.add(window.onDidEndTerminalShellExecution(() => void this.refreshConnected()));
    this.#disposables.add(projects.onDidChange(() => void this.refreshConnected()));
    this.#disposables.add(sessions.onDidChange(connection => void this.#follow(connection)));
  }

  get(connection: Connection, project: Project): Status | undefined {
    return this.#known.get(key(connection, project));
  }

  /** Why the status cannot be read, though the database can be reached. */
  failure(connection: Connection, project: Project): Failure | undefined {
    return this.#failures.get(key(connection, project));
  }

  /** The state of one migration on the target connection, where that is known. */
  ofTarget(project: Project, id: string): MigrationStatus | undefined {
    const target = this.#connections.target();
    return target && this.get(target, project)?.migrations.find(entry => entry.migration.id === id);
  }

  summary(connection: Connection): Summary | undefined {
    const known = this.#projectsOf(connection).flatMap(project => this.get(connection, project) ?? []);
    if (known.length === 0) return undefined;
    const states = known.flatMap(status => status.migrations.map(entry => entry.state.kind));
    const count = (kind: string): number => states.filter(state => state === kind).length;
    return {pending: count('pending'), failed: count('failed'), neverRuns: count('never-runs')};
  }

  /** Reads the status through the browsing session, which opens on first use. */
  async read(
    connection: Connection,
    project: Project,
    browsing: BrowseOptions = {},
  ): Promise<Outcome<Status>> {
    const session = await this.#sessions.browse(connection, browsing);
    if (!session.ok) return session;
    const options = projectOptions(connection.settings.extra, Uri.file(project.folder));
    const {recall, remember} = await import('./sightings.ts');
    const hints = {
      arrivals: await this.#projects.arrivals(project),
      environment: this.#sessions.environment(connection),
      ...withSighting(recall(this.#memento, key(connection, project))),
    };
    const status = await project.status(session.value, options, hints);
    if (status.ok) {
      this.set(connection, project, status.value);
      await remember(this.#memento, key(connection, project), status.value);
    } else this.#keepFailure(key(connection, project), status.failure);
    return status;
  }

  set(connection: Connection, project: Project, status: Status): void {
    this.#known.set(key(connection, project), status);
    this.#failures.delete(key(connection, project));
    this.#changed.fire();
  }

  /** Tells of a failure once: what is told of is drawn anew, and what is drawn reads again what failed. */
  #keepFailure(at: string, failure: Failure): void {
    if (passing.has(failure.reason) || this.#failures.get(at)?.message === failure.message) return;
    this.#failures.set(at, failure);
    this.#changed.fire();
  }

  /** Tells of a run; call it once the status was read again. */
  ran(ran: Ran): void {
    this.#ran.fire(ran);
  }

  /** Reads again what connected connections say; opens nothing. */
  async refreshConnected(): Promise<void> {
    for (const id of this.#sessions.connectedIds()) {
      const connection = this.#connections.get(id);
      if (connection) await this.#readAll(connection);
    }
    this.#changed.fire();
  }

  dispose(): void {
    this.#disposables.dispose();
  }

  async #follow(connection: Connection): Promise<void> {
    if (this.#sessions.isConnected(connection.id)) await this.#readAll(connection);
    else this.#changed.fire();
  }

  async #readAll(connection: Connection): Promise<readonly Outcome<Status>[]> {
    await this.#projects.ready();
    return Promise.all(
      this.#projectsOf(connection).map(project =>
        this.#sessions.isConnected(connection.id)
          ? this.read(connection, project)
          : Promise.resolve(fail('connection-lost', 'disconnected')),
      ),
    );
  }

  #projectsOf(connection: Connection): readonly Project[] {
    return projectsOf(connection, {connections: this.#connections, projects: this.#projects});
  }
}

/** Says nothing about what would be read. */
const passing: ReadonlySet<Failure['reason']> = new Set(['cancelled', 'connection-lost']);

function withSighting(sighting: Sighting | undefined): {sighting?: Sighting} {
  return sighting ? {sighting} : {};
}

/** With the address, which may change in its file: what is known of one database says nothing about another. */
function key({id, settings}: Connection, project: Project): string {
  return `${id}|${formatConnectionUrl(settings)}|${project.id}`;
}
