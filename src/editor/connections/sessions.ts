import {homedir} from 'node:os';
import {isDeepStrictEqual} from 'node:util';
import {EventEmitter, l10n, window, workspace, type Disposable, type Event} from 'vscode';
import type {Connection} from '../../core/connections/connection.ts';
import {fail, ok, type Outcome} from '../../core/outcome.ts';
import type {Session, Signal} from '../../core/session.ts';
import type {OpenEnvironment} from '../../frameworks/framework.ts';
import type {Log} from '../log.ts';
import type {ConnectionStore, Secrets} from './connection-store.ts';

/** A browsing session that nobody used for this long is closed. Milliseconds. */
const idleAfter = 10 * 60_000;

interface Shared {
  readonly connection: Connection;
  readonly opening: Promise<Outcome<Session>>;
  session?: Session;
  idle?: NodeJS.Timeout;
}

export interface OpenOptions {
  /** False for a session that will write; the connection's own read-only switch always wins. */
  readonly readOnly: boolean;
  /** Asks for a password when the server wants one that is not known. */
  readonly ask: boolean;
  readonly signal?: Signal;
}

export interface BrowseOptions {
  /** Whether the connection may become the target, where there is none; so unless told. */
  readonly suggests?: boolean;
}

/** Opens sessions, and keeps one read-only session for browsing per connection. */
export class Sessions {
  readonly #changed = new EventEmitter<Connection>();
  readonly #shared = new Map<string, Shared>();
  readonly #store: ConnectionStore;
  readonly #log: Log;
  readonly #listening: Disposable;
  /** Settles when nothing is asked any more. */
  #questions: Promise<void> = Promise.resolve();

  /** A connection was connected or disconnected. */
  readonly onDidChange: Event<Connection> = this.#changed.event;

  constructor(store: ConnectionStore, log: Log) {
    this.#store = store;
    this.#log = log;
    this.#listening = store.onDidChange(() => void this.#closeOutdated());
  }

  isConnected(id: string): boolean {
    const session = this.#shared.get(id)?.session;
    return session !== undefined && session.transactionStatus() !== 'gone';
  }

  connectedIds(): readonly string[] {
    return [...this.#shared.keys()].filter(id => this.isConnected(id));
  }

  /** What the connected server says of itself. */
  server(id: string): Session['server'] | undefined {
    return this.isConnected(id) ? this.#shared.get(id)?.session?.server : undefined;
  }

  /** The browsing session, opened on first use and again when it was lost. Never close it: it is shared. */
  async browse(connection: Connection, {suggests = true}: BrowseOptions = {}): Promise<Outcome<Session>> {
    const known = this.#shared.get(connection.id);
    if (known && (!known.session || this.isConnected(connection.id))) {
      this.#postpone(connection, known);
      return known.opening;
    }
    const shared: Shared = {connection, opening: this.open(connection, {readOnly: true, ask: true})};
    this.#shared.set(connection.id, shared);
    const opened = await shared.opening;
    if (opened.ok) {
      shared.session = opened.value;
      if (suggests) await this.#store.suggestTarget(connection);
      this.#postpone(connection, shared);
    } else if (this.#shared.get(connection.id) === shared) this.#shared.delete(connection.id);
    // To tell of a failure that changed nothing would make an expanded row connect again without end.
    if (opened.ok || known) this.#changed.fire(connection);
    return opened;
  }

  /** Opens a session that belongs to the caller. */
  async open(connection: Connection, options: OpenOptions): Promise<Outcome<Session>> {
    if (!workspace.isTrusted) return notTrusted();
    const known = await this.#store.secrets(connection);
    const first = await this.#try(connection, options, known);
    if (first.ok || first.failure.reason !== 'authentication' || !options.ask) return first;
    const password = await this.#inTurn(() => this.#askPassword(connection, known.password !== undefined));
    if (password === undefined) return first;
    const second = await this.#try(connection, options, {...known, password});
    if (second.ok) await this.#store.setPassword(connection.id, password);
    return second;
  }

  /** @returns what a program needs to connect to the same target; asks for nothing and connects to nothing */
  environment(connection: Connection): OpenEnvironment {
    return async () => {
      if (!workspace.isTrusted) return notTrusted();
      const [secrets, {programEnvironment}] = await Promise.all([
        this.#store.secrets(connection),
        import('../../core/connections/program-environment.ts'),
      ]);
      return ok(programEnvironment(connection.settings, secrets, {readOnly: connection.readOnly}));
    };
  }

  async close(connection: Connection): Promise<void> {
    const shared = this.#shared.get(connection.id);
    if (!shared) return;
    this.#shared.delete(connection.id);
    clearTimeout(shared.idle);
    if (shared.session) await shared.session.close();
    else
      void shared.opening.then(async opened => {
        if (opened.ok) await opened.value.close();
      });
    this.#changed.fire(connection);
  }

  /** The address in a file may change: a kept session would show one database while runs change another. */
  async #closeOutdated(): Promise<void> {
    for (const {connection} of this.#shared.values()) {
      if (!isDeepStrictEqual(this.#store.get(connection.id)?.settings, connection.settings))
        await this.close(connection);
    }
  }

  dispose(): void {
    this.#listening.dispose();
    for (const {session, idle} of this.#shared.values()) {
      clearTimeout(idle);
      void session?.close();
    }
    this.#shared.clear();
    this.#changed.dispose();
  }

  async #try(connection: Connection, options: OpenOptions, secrets: Secrets): Promise<Outcome<Session>> {
    const {openSession} = await import('../../postgres/connect.ts');
    const opened = await openSession(connection.settings, {
      ...secrets,
      readOnly: options.readOnly || connection.readOnly,
      applicationName: connection.settings.applicationName ?? 'howdah',
      home: homedir(),
      ...(options.signal ? {signal: options.signal} : {}),
    });
    if (!opened.ok) this.#log.failure(`Connecting to ${connection.name}`, opened.failure);
    return opened;
  }

  /** Several targets may want a password at once, and the editor shows one question at a time: a second closes the first. */
  #inTurn<T>(ask: () => Promise<T>): Promise<T> {
    const answer = this.#questions.then(ask);
    this.#questions = answer.then(
      () => {},
      () => {},
    );
    return answer;
  }

  async #askPassword(connection: Connection, wasKnown: boolean): Promise<string | undefined> {
    const {user, database} = connection.settings;
    return window.showInputBox({
      title: l10n.t('Password for {0}', connection.name),
      prompt: wasKnown
        ? l10n.t('The known password for {0} was refused. The new one is kept in the secret storage.', user)
        : l10n.t('{0} on {1} needs a password. It is kept in the secret storage.', user, database),
      password: true,
      ignoreFocusOut: true,
    });
  }

  #postpone(connection: Connection, shared: Shared): void {
    clearTimeout(shared.idle);
    shared.idle = setTimeout(() => void this.close(connection), idleAfter);
  }
}

function notTrusted(): Outcome<never> {
  return fail('not-trusted', l10n.t('Howdah connects to nothing until you trust this workspace.'));
}
