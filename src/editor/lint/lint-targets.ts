import {setTimeout} from 'node:timers/promises';
import {EventEmitter, workspace, type Disposable} from 'vscode';
import type {Connection} from '../../core/connections/connection.ts';
import {DisposableStore} from '../disposables.ts';
import type {Parts} from '../parts.ts';
import type {ReadTarget} from '../../postgres/lint/read-target.ts';
import {lintOptions} from './lint-settings.ts';

/** Milliseconds for which what was read is taken for true. */
const goodFor = 5 * 60_000;
/** Milliseconds for which who holds locks is taken for true, where somebody looks at it. */
const goodForAReader = 30_000;
/** Milliseconds that a reader waits at most. */
const patience = 1500;
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
  readonly #reading = new Map<string, Promise<boolean>>();

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

  /** @returns whether something was read that is newer than what a reader should be told */
  async freshen(): Promise<boolean> {
    const connection = this.connection();
    const known = this.current();
    if (!connection || !known || Date.now() - known.readAt < goodForAReader) return false;
    return Promise.race([this.#read(connection), setTimeout(patience, false, {ref: false})]);
  }

  dispose(): void {
    this.#store.dispose();
  }

  /** @returns whether it could be read */
  #read(connection: Connection): Promise<boolean> {
    const {id} = connection;
    const reading =
      this.#reading.get(id) ?? this.#readNow(connection).finally(() => this.#reading.delete(id));
    this.#reading.set(id, reading);
    return reading;
  }

  async #readNow(connection: Connection): Promise<boolean> {
    const {id, name} = connection;
    const previous = this.#known.get(id)?.target;
    const now = Date.now();
    const session = await this.#parts.sessions.browse(connection);
    if (!session.ok) {
      this.#known.set(id, {askedAt: now, ...(previous ? {target: previous} : {})});
      return false;
    }
    const {readTarget} = await import('../../postgres/lint/read-target.ts');
    const read = await readTarget(session.value, {name, now, ...(previous ? {previous} : {})});
    if (!read.ok) this.#parts.log.failure(`Reading the tables of ${name}`, read.failure);
    const target = read.ok ? read.value : previous;
    this.#known.set(id, {askedAt: now, ...(target ? {target} : {})});
    if (read.ok) this.#changed.fire();
    return read.ok;
  }
}
