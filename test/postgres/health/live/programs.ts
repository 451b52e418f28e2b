import {setTimeout as pause} from 'node:timers/promises';
import {Client} from 'pg';
import type {TestDatabase} from '../../../rig/databases.ts';

/** Sessions of programs, told apart by their names. */
export class Programs {
  readonly #clients: Client[] = [];
  readonly #database: TestDatabase;

  constructor(database: TestDatabase) {
    this.#database = database;
  }

  /** Opens a session and runs statements in it, the last of which may wait. @returns it, with what comes of the last one */
  async open(
    name: string,
    statements: readonly string[],
    {user = 'postgres', url = this.#database.url}: {readonly user?: string; readonly url?: string} = {},
  ): Promise<Program> {
    const client = new Client({
      connectionString: url.replace('//postgres:', `//${user}:`),
      application_name: name,
    });
    // Some are going to be terminated.
    client.on('error', () => {});
    await client.connect();
    this.#clients.push(client);
    const {rows} = await client.query<{pid: number}>('SELECT pg_backend_pid() AS pid');
    const last = statements.at(-1);
    for (const statement of statements.slice(0, -1)) await client.query(statement);
    const ended = last === undefined ? Promise.resolve() : client.query(last).then(() => {});
    // Who waits is told when everybody goes home.
    ended.catch(() => {});
    return {pid: rows[0]?.pid ?? 0, ended, client};
  }

  /** Waits until so many sessions of the database wait for locks. */
  async untilWaiting(count: number): Promise<void> {
    await this.until(
      `SELECT count(*) = ${count} AS done FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
    );
  }

  /** Waits until a session runs a statement. */
  async untilActive(pid: number): Promise<void> {
    await this.until(
      `SELECT count(*) = 1 AS done FROM pg_stat_activity WHERE pid = ${pid} AND state = 'active'`,
    );
  }

  /** Waits until the column `done` is true. */
  async until(sql: string): Promise<void> {
    while ((await this.#database.sql(sql))[0]?.['done'] !== true) await pause(20);
  }

  async close(): Promise<void> {
    await this.#database.sql(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()`,
    );
    await Promise.all(this.#clients.splice(0).map(client => client.end().catch(() => {})));
  }
}

export interface Program {
  readonly pid: number;
  /** Ends with the last statement. */
  readonly ended: Promise<void>;
  readonly client: Client;
}
