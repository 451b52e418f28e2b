import {EventEmitter, workspace, type Event, type SecretStorage} from 'vscode';
import type {Connection} from '../../core/connections/connection.ts';
import type {FoundConnection} from '../../connections/found.ts';
import type {Machine} from '../../connections/machine.ts';
import type {SqliteFile} from '../../connections/sqlite.ts';
import {DisposableStore} from '../disposables.ts';
import {settings} from '../settings.ts';
import {workspaceFiles} from '../workspace-files.ts';
import type {Override, StoredConnections} from './stored.ts';

export type ConnectionProblem = Extract<FoundConnection, {kind: 'problem'}>;

/** What a server or a client key may ask for. */
export interface Secrets {
  readonly password?: string;
  /** The passphrase of the client key. */
  readonly sslPassword?: string;
}

export interface PlaygroundConnection {
  readonly connection: Connection;
  readonly secrets: Secrets;
}

/** Files that connections are found in; a change of one looks for connections again. Braces in braces match nothing. */
const sources =
  '{**/.env,**/.env.*,**/compose*.yml,**/compose*.yaml,**/docker-compose*.yml,**/docker-compose*.yaml,**/alembic.ini}';

/** All connections that can be used here: the playground, the user's own, and those that files define. */
export class ConnectionStore {
  readonly #changed = new EventEmitter<void>();
  readonly #disposables = new DisposableStore();
  readonly #openStored: () => Promise<StoredConnections>;
  #stored: StoredConnections | undefined;
  readonly #secrets: SecretStorage;
  readonly #machine: Machine;
  #found: readonly FoundConnection[] = [];
  #sqlite: readonly SqliteFile[] = [];
  #playground: PlaygroundConnection | undefined;
  #discovery: Promise<void> | undefined;

  readonly onDidChange: Event<void> = this.#changed.event;

  /** @param openStored opens what is stored, with the first look */
  constructor(openStored: () => Promise<StoredConnections>, secrets: SecretStorage, machine: Machine) {
    this.#openStored = openStored;
    this.#secrets = secrets;
    this.#machine = machine;
    const watcher = this.#disposables.add(workspace.createFileSystemWatcher(sources));
    const again = (): void => void this.rediscover();
    for (const on of [watcher.onDidCreate, watcher.onDidChange, watcher.onDidDelete])
      this.#disposables.add(on(again));
    this.#disposables.add(workspace.onDidGrantWorkspaceTrust(again));
    this.#disposables.add(workspace.onDidChangeWorkspaceFolders(again));
    this.#disposables.add(this.#changed);
  }

  /** Looks for connections once; later calls wait for the same look. */
  discover(): Promise<void> {
    this.#discovery ??= this.#look();
    return this.#discovery;
  }

  async rediscover(): Promise<void> {
    this.#discovery = this.#look();
    await this.#discovery;
  }

  /** Connections in the order in which they are shown. Waits for nothing: call `discover` first. */
  list(): readonly Connection[] {
    const found = this.#found.flatMap(entry =>
      entry.kind === 'found' ? [this.#withChoices(entry.connection)] : [],
    );
    const playground = this.#playground ? [this.#playground.connection] : [];
    return [...playground, ...this.#added(), ...found];
  }

  /** Databases of a development setup that are SQLite files. */
  sqliteFiles(): readonly SqliteFile[] {
    return this.#sqlite;
  }

  problems(): readonly ConnectionProblem[] {
    return this.#found.filter(entry => entry.kind === 'problem');
  }

  get(id: string): Connection | undefined {
    return this.list().find(connection => connection.id === id);
  }

  /** What was understood in another way than its file writes it, in sentences. */
  notes(id: string): readonly string[] {
    return this.#foundAs(id)?.notes ?? [];
  }

  /** The connection that actions without a connection of their own are for. */
  target(): Connection | undefined {
    const all = this.list();
    return this.#chosen() ?? (all.length === 1 ? all[0] : undefined);
  }

  async setTarget(id: string): Promise<void> {
    await this.#stored?.setTarget(id);
    this.#changed.fire();
  }

  /**
   * Where no target was chosen yet, the first connection that the user connects is it; never production. An only
   * connection is chosen as well, so that it stays the target when others are added.
   */
  async suggestTarget({id, environment}: Connection): Promise<void> {
    if (!this.#chosen() && environment !== 'production') await this.setTarget(id);
  }

  #chosen(): Connection | undefined {
    const id = this.#stored?.target();
    return this.list().find(connection => connection.id === id);
  }

  setPlayground(playground: PlaygroundConnection | undefined): void {
    this.#playground = playground;
    this.#changed.fire();
  }

  /** Adds a connection of the user's own, or replaces the one with its id. */
  async save(connection: Connection): Promise<void> {
    const others = this.#added().filter(({id}) => id !== connection.id);
    await this.#stored?.setAdded([...others, connection]);
    this.#changed.fire();
  }

  async remove(id: string): Promise<void> {
    await this.#stored?.setAdded(this.#added().filter(connection => connection.id !== id));
    await this.forgetPassword(id);
    this.#changed.fire();
  }

  /** Changes the name, the environment or the read-only switch, wherever the connection comes from. */
  async change(connection: Connection, change: Override): Promise<void> {
    if (connection.source.kind === 'added') return this.save({...connection, ...change});
    if (connection.source.kind === 'playground') {
      this.setPlayground(this.#playground && {...this.#playground, connection: {...connection, ...change}});
      return;
    }
    await this.#stored?.setOverride(connection.id, change);
    this.#changed.fire();
  }

  /** The password as the user last gave it, or as a file or the machine has it; and the key's passphrase. */
  async secrets(connection: Connection): Promise<Secrets> {
    const {password: inFile, ...rest} = this.#secretsInFile(connection);
    const given = await this.#secrets.get(secretKey(connection.id));
    const password = given ?? inFile ?? (await this.#passwordOnMachine(connection));
    return {...rest, ...(password === undefined ? {} : {password})};
  }

  async setPassword(id: string, password: string): Promise<void> {
    await this.#secrets.store(secretKey(id), password);
  }

  async forgetPassword(id: string): Promise<void> {
    await this.#secrets.delete(secretKey(id));
  }

  dispose(): void {
    this.#disposables.dispose();
  }

  #added(): readonly Connection[] {
    return this.#stored?.added() ?? [];
  }

  async #look(): Promise<void> {
    this.#stored ??= await this.#openStored();
    if (!workspace.isTrusted || !settings.discover()) {
      this.#found = [];
      this.#sqlite = [];
    } else {
      const [{discoverConnections}, {findSqliteFiles}] = await Promise.all([
        import('../../connections/discover.ts'),
        import('../../connections/sqlite.ts'),
      ]);
      const files = workspaceFiles();
      [this.#found, this.#sqlite] = await Promise.all([
        discoverConnections(files, this.#machine),
        findSqliteFiles(files, this.#machine),
      ]);
    }
    this.#changed.fire();
  }

  #withChoices(connection: Connection): Connection {
    return {...connection, ...this.#stored?.overrides()[connection.id]};
  }

  async #passwordOnMachine({settings: address}: Connection): Promise<string | undefined> {
    const {findPassword} = await import('../../connections/password.ts');
    return findPassword(address, this.#machine);
  }

  #secretsInFile({id}: Connection): Secrets {
    if (this.#playground?.connection.id === id) return this.#playground.secrets;
    const found = this.#foundAs(id);
    return {
      ...(found?.password === undefined ? {} : {password: found.password}),
      ...(found?.sslPassword === undefined ? {} : {sslPassword: found.sslPassword}),
    };
  }

  #foundAs(id: string): Extract<FoundConnection, {kind: 'found'}> | undefined {
    return this.#found.filter(entry => entry.kind === 'found').find(({connection}) => connection.id === id);
  }
}

function secretKey(id: string): string {
  return `howdah.password.${id}`;
}
