import {EventEmitter, workspace, type Disposable} from 'vscode';
import type {Connection} from '../../core/connections/connection.ts';
import {DisposableStore} from '../disposables.ts';
import type {Parts} from '../parts.ts';
import type {ReadTarget} from '../../postgres/lint/read-target.ts';
import {lintOptions} from './lint-settings.ts';

/** Milliseconds for which what was read is taken for true. */
const goodFor = 5 * 60_000;
/** Milliseconds until a database that could not be read is asked again. */
const afterFailure = 60_000;

interface Known {
  readonly target?: ReadTarget;
  readonly askedAt: number;
}

/**
 * What is known of the database that migrations are meant for. It is read in the background, over a connection that the
 * user has made; nobody waits for it, and nothing is connected for it.
 */
export class LintTargets implements Disposable {
  readonly #changed = new EventEmitter<void>();
  readonly #store = new DisposableStore();
  readonly #parts: Parts;
  readonly #known = new Map<string, Known>();
  readonly #reading = new Set<string>();

  /** Another target was chosen, or more is known of it. */
  readonly onDidChange = this.#changed.event;

  constructor(parts: Parts) {
    this.#parts = parts;
    const {connections, sessions, statuses} = parts;
    this.#store.add(this.#changed);
    this.#store.add(connections.onDidChange(() => this.#changed.fire()));
    this.#store.add(
      sessions.onDidChange(({id}) => {
        this.#known.delete(id);
        this.#changed.fire();
      }),
    );
    this.#store.add(
      statuses.onDidRun(({connection: {id}}) => {
        const known = this.#known.get(id);
        if (known) this.#known.set(id, {...known, askedAt: 0});
        this.#changed.fire();
      }),
    );
  }

  /** The connection whose facts and bookkeeping count. */
  readonly connection = (): Connection | undefined => {
    const {connections} = this.#parts;
    const name = lintOptions.target();
    return name === '' ? connections.target() : connections.list().find(each => each.name === name);
  };

  /** @returns what is known now; when that is old or nothing, it is read, and `onDidChange` tells */
  readonly current = (): ReadTarget | undefined => {
    const connection = this.connection();
    if (!connection || !workspace.isTrusted || !this.#parts.sessions.isConnected(connection.id))
      return undefined;
    const known = this.#known.get(connection.id);
    const good = known?.target ? goodFor : afterFailure;
    if (!known || Date.now() - known.askedAt > good) void this.#read(connection);
    return known?.target;
  };

  dispose(): void {
    this.#store.dispose();
  }

  async #read(connection: Connection): Promise<void> {
    const {id, name} = connection;
    if (this.#reading.has(id)) return;
    this.#reading.add(id);
    const previous = this.#known.get(id)?.target;
    try {
      const now = Date.now();
      const session = await this.#parts.sessions.browse(connection);
      if (!session.ok) {
        this.#known.set(id, {askedAt: now, ...(previous ? {target: previous} : {})});
        return;
      }
      const {readTarget} = await import('../../postgres/lint/read-target.ts');
      const read = await readTarget(session.value, {name, now, ...(previous ? {previous} : {})});
      if (!read.ok) this.#parts.log.failure(`Reading the tables of ${name}`, read.failure);
      const target = read.ok ? read.value : previous;
      this.#known.set(id, {askedAt: now, ...(target ? {target} : {})});
      if (read.ok) this.#changed.fire();
    } finally {
      this.#reading.delete(id);
    }
  }
}
