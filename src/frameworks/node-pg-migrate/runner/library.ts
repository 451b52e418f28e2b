import {createRequire} from 'node:module';
import {join} from 'node:path';
import {pathToFileURL} from 'node:url';
import type {Direction} from '../../../core/migrations/migration.ts';
import type {ToolOptions} from './job.ts';

/** What the tool needs of a connection. */
export interface Client {
  query(text: unknown, values?: unknown): Promise<unknown>;
}

/** The part of pg's client that is used here. */
export interface PgClient extends Client {
  readonly processID: number | null;
  connect(): Promise<unknown>;
  end(): Promise<void>;
  on(event: string, listener: (message: Error | {readonly message?: string}) => void): unknown;
}

/** The builder that a migration is given; its operations are methods of its own. */
export interface Builder {
  getSqlSteps(): string[];
  isUsingTransaction(): boolean;
}

export interface MigrationPrototype {
  apply: (this: MigrationObject, direction: Direction) => Promise<unknown>;
  _apply: (this: MigrationObject, action: unknown, pgm: Builder) => Promise<unknown>;
}

export interface MigrationObject {
  readonly name: string;
  readonly path: string;
}

export interface Library {
  readonly runner: (
    options: Omit<ToolOptions, 'schema'> & {
      readonly schema: readonly string[];
      readonly dbClient: Client;
      readonly direction: Direction;
      readonly count: number;
      readonly file?: string;
      readonly dryRun?: boolean;
      readonly lockValue?: number;
      readonly verbose: boolean;
      readonly logger: Readonly<Record<'debug' | 'info' | 'warn' | 'error', (message: string) => void>>;
    },
  ) => Promise<unknown>;
  readonly prototype: MigrationPrototype;
  readonly createClient: (connectionString: string) => PgClient;
}

/** The project's own copy where it has one, with the driver beside it; otherwise the one that is shipped. */
export async function loadLibrary(): Promise<Library> {
  const require = createRequire(join(process.cwd(), 'package.json'));
  const own = resolveFrom(require, 'node-pg-migrate');
  if (own === undefined) {
    // A driver of its own, because this program connects by itself.
    const [tool, pg] = await Promise.all([import('node-pg-migrate'), import('pg')]);
    return libraryOf(tool, pg);
  }
  const driver = resolveFrom(createRequire(own), 'pg');
  if (driver === undefined)
    throw new Error('The project has node-pg-migrate and not pg, which it needs: npm install pg');
  const [tool, pg]: unknown[] = await Promise.all(
    [own, driver].map(path => import(pathToFileURL(path).href)),
  );
  return libraryOf(tool, pg);
}

/** @returns the path of a package; nothing where it is not installed */
export function resolveFrom(require: NodeJS.Require, name: string): string | undefined {
  try {
    return require.resolve(name);
  } catch {
    return undefined;
  }
}

/** Old versions export their runner as default, and CommonJS has everything there. */
function libraryOf(tool: unknown, pg: unknown): Library {
  const inner = member(tool, 'default');
  const runner = member(tool, 'runner') ?? member(inner, 'runner') ?? member(inner, 'default') ?? inner;
  const migration = member(tool, 'Migration') ?? member(inner, 'Migration');
  const prototype = member(migration, 'prototype');
  const Client = member(pg, 'Client') ?? member(member(pg, 'default'), 'Client');
  if (!isRunner(runner) || !isPrototype(prototype) || !isClientClass(Client))
    throw new Error('This version of node-pg-migrate is not known: version 6 or later is needed.');
  return {runner, prototype, createClient: connectionString => new Client({connectionString})};
}

/** @returns a property of whatever has one */
export function member(value: unknown, name: string): unknown {
  const holds = (typeof value === 'object' && value !== null) || typeof value === 'function';
  return holds ? Reflect.get(value, name) : undefined;
}

function isRunner(value: unknown): value is Library['runner'] {
  return typeof value === 'function';
}

function isPrototype(value: unknown): value is MigrationPrototype {
  return typeof member(value, 'apply') === 'function' && typeof member(value, '_apply') === 'function';
}

function isClientClass(value: unknown): value is new (options: {connectionString: string}) => PgClient {
  return typeof value === 'function';
}
