import {readFile} from 'node:fs/promises';
import {fileURLToPath} from 'node:url';
import * as binding from '@prisma/schema-engine-wasm/schema_engine_bg';
import {Client, DatabaseError, type QueryArrayResult} from 'pg';

/**
 * Prisma's own schema engine, which its command line runs with driver adapters: the build of Prisma 6.19.3. It is given
 * a connection of its own, and what the command line reads from the folder of migrations.
 */
export interface PrismaEngine {
  /** `prisma migrate deploy`: the names that were applied. Throws what the command line prints. */
  deploy(): Promise<readonly string[]>;
  /** `prisma migrate status`, in the engine's own terms. */
  diagnose(): Promise<binding.DiagnoseMigrationHistoryOutput>;
  /** `prisma migrate resolve --applied`. */
  resolveApplied(name: string): Promise<void>;
  /** `prisma migrate resolve --rolled-back`. */
  resolveRolledBack(name: string): Promise<void>;
  /** Lets go of the lock, as the command line does when it ends. */
  release(): Promise<void>;
  close(): Promise<void>;
}

const filters: binding.SchemaFilter = {externalTables: [], externalEnums: []};
let loaded: Promise<void> | undefined;

/** @param list reads the folder of migrations as the command line does, anew for each command */
export async function startPrismaEngine(
  url: string,
  list: () => Promise<binding.MigrationList>,
): Promise<PrismaEngine> {
  loaded ??= load();
  await loaded;
  const client = new Client({connectionString: url});
  await client.connect();
  client.on('error', () => {});
  const engine = await binding.SchemaEngine.new({datamodels: undefined}, () => {}, factoryOf(client));
  return {
    deploy: async () => {
      const applied = await engine.applyMigrations({migrationsList: await list(), filters});
      return applied.appliedMigrationNames;
    },
    diagnose: async () =>
      engine.diagnoseMigrationHistory({migrationsList: await list(), optInToShadowDatabase: false, filters}),
    resolveApplied: async migrationName => {
      await engine.markMigrationApplied({migrationName, migrationsList: await list()});
    },
    resolveRolledBack: async migrationName => {
      await engine.markMigrationRolledBack({migrationName});
    },
    release: async () => void (await client.query('SELECT pg_advisory_unlock_all()')),
    close: () => client.end(),
  };
}

async function load(): Promise<void> {
  const beside = import.meta.resolve('@prisma/schema-engine-wasm/schema_engine_bg');
  const program = await readFile(fileURLToPath(new URL('schema_engine_bg.wasm', beside)));
  const {instance} = await WebAssembly.instantiate(program, {'./schema_engine_bg.js': {...binding}});
  binding.__wbg_set_wasm(instance.exports);
  const {__wbindgen_start: start} = instance.exports;
  if (typeof start === 'function') start();
}

interface Query {
  readonly sql: string;
  readonly args: readonly unknown[];
}

/** What the engine wants to be answered with: `Result` of @prisma/driver-adapter-utils. */
interface Answer {
  readonly ok: boolean;
  readonly value?: unknown;
  readonly error?: unknown;
}

function factoryOf(client: Client): object {
  const adapter = {
    adapterName: 'test',
    provider: 'postgres',
    queryRaw: (query: Query) => answer(async () => tableOf(await ask(client, query))),
    executeRaw: (query: Query) => answer(async () => (await ask(client, query)).rowCount ?? 0),
    // As the native engine does; @prisma/adapter-pg cuts the script at every semicolon instead.
    executeScript: (script: string) => answer(async () => void (await client.query(script))),
    getConnectionInfo: () => ({ok: true, value: {supportsRelationJoins: true}}),
    dispose: () => answer(async () => {}),
  };
  const connect = () => answer(async () => adapter);
  return {adapterName: 'test', provider: 'postgres', connect, connectToShadowDb: connect};
}

async function answer(work: () => Promise<unknown>): Promise<Answer> {
  try {
    return {ok: true, value: await work()};
  } catch (error) {
    if (!(error instanceof DatabaseError)) throw error;
    const {code = '', severity = '', message, detail, hint, column} = error;
    return {ok: false, error: {kind: 'postgres', code, severity, message, detail, hint, column}};
  }
}

function ask(client: Client, {sql, args}: Query): Promise<QueryArrayResult<(string | null)[]>> {
  const types = {getTypeParser: () => (text: string) => text};
  return client.query({text: sql, values: [...args], rowMode: 'array', types});
}

/** `ColumnTypeEnum` of @prisma/driver-adapter-utils, for the types that the engine's own queries return. */
const kinds: ReadonlyMap<number, number> = new Map([
  [16, 5],
  [19, 7],
  [23, 0],
  [25, 7],
  [1043, 7],
  [1184, 10],
  [2278, 7],
]);

function tableOf({fields, rows}: QueryArrayResult<(string | null)[]>): object {
  return {
    columnNames: fields.map(({name}) => name),
    columnTypes: fields.map(({dataTypeID}) => kinds.get(dataTypeID)),
    rows: rows.map(row => row.map((text, index) => valueOf(fields[index]?.dataTypeID, text))),
  };
}

function valueOf(type: number | undefined, text: string | null): unknown {
  if (text === null) return null;
  if (type === 16) return text === 't';
  if (type === 23) return Number(text);
  return type === 1184 ? text.replace(' ', 'T').replace(/[+-]\d{2}$/, '+00:00') : text;
}
