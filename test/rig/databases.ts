import {Client, type QueryResult} from 'pg';
import {inject} from 'vitest';
import type {Major} from './servers.ts';

/** A database of its own on one of the running servers. */
export interface TestDatabase {
  readonly major: Major;
  readonly port: number;
  readonly name: string;
  /** `postgres://postgres:postgres@127.0.0.1:…/name?sslmode=disable` */
  readonly url: string;
  /** Runs a text as the superuser on a connection of its own; returns the rows of the last statement. */
  sql(text: string): Promise<readonly Record<string, unknown>[]>;
  drop(): Promise<void>;
}

let made = 0;

/** Creates an empty database on the server of that major version. */
export async function createDatabase(major: Major, label = 'test'): Promise<TestDatabase> {
  const server = inject('servers').find(candidate => candidate.major === major);
  if (!server) throw new Error(`no server ${major} is running`);
  made += 1;
  const name = `${label}_${process.pid}_${made}_${Date.now().toString(36)}`;
  const at = (database: string): string =>
    `postgres://postgres:postgres@127.0.0.1:${server.port}/${encodeURIComponent(database)}?sslmode=disable`;
  await run(at('postgres'), `CREATE DATABASE "${name}"`);
  return {
    major,
    port: server.port,
    name,
    url: at(name),
    sql: text => run(at(name), text),
    drop: async () => void (await run(at('postgres'), `DROP DATABASE "${name}" WITH (FORCE)`)),
  };
}

async function run(url: string, text: string): Promise<readonly Record<string, unknown>[]> {
  const client = new Client({connectionString: url});
  await client.connect();
  try {
    const result: QueryResult | QueryResult[] = await client.query(text);
    return (Array.isArray(result) ? result.at(-1) : result)?.rows ?? [];
  } finally {
    await client.end();
  }
}
