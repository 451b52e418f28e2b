import {setTimeout as sleep} from 'node:timers/promises';
import {readingOf} from '../bookkeeping.ts';
import type {RunJob} from './job.ts';
import {member, type Client, type Library, type PgClient} from './library.ts';
import {tell} from './output.ts';
import {troubleOf, type Queries} from './trouble.ts';
import {watch, type Watched} from './watch.ts';

const pause = 100;

/** How far the tool is. */
interface Sent {
  migration?: Watched;
  /** Queries of this migration that are done. */
  sent: number;
  failedBehind?: number;
}

/** The run's own end, which is no error of a migration. */
class Cancelled extends Error {}

/** Runs migrations with the tool's own runner, on one connection that holds its lock from the first look on. */
export async function run(job: RunJob, library: Library, url: string): Promise<void> {
  const client = library.createClient(url);
  const queries: Queries = new WeakMap();
  const at: Sent = {sent: 0};
  const cancel = new AbortController();
  process.on('SIGINT', () => cancel.abort());
  client.on('error', () => {});
  client.on('notice', ({message}) => tell({kind: 'notice', message: message ?? ''}));
  try {
    if (!(await connect(client))) return;
    tell({kind: 'connected', pid: client.processID ?? 0});
    if (!(await ready(client, job, cancel.signal))) return;
    watch(library.prototype, {
      started: migration => {
        if (cancel.signal.aborted) throw new Cancelled();
        at.migration = migration;
        at.sent = 0;
        tell({kind: 'started', name: migration.name});
      },
      finished: ({name}) => tell({kind: 'finished', name}),
    });
    await library.runner({...optionsOf(job), dbClient: watched(client, queries, at)});
    tell({kind: 'done'});
  } catch (error) {
    const {migration} = at;
    const name = migration === undefined ? {} : {name: migration.name};
    // The first that it sends is the COMMIT of what ran before.
    if (migration?.transaction === false)
      tell({kind: 'outside', name: migration.name, kept: Math.max(0, (at.failedBehind ?? at.sent) - 1)});
    if (cancel.signal.aborted) tell({kind: 'cancelled', ...name});
    else tell({kind: 'failed', ...name, trouble: troubleOf(error, migration, {folder: job.folder, queries})});
  } finally {
    await client.end().catch(() => {});
  }
}

async function connect(client: PgClient): Promise<boolean> {
  try {
    await client.connect();
    return true;
  } catch (error) {
    tell({
      kind: 'failed',
      trouble: {message: error instanceof Error ? error.message : String(error), lost: true},
    });
    return false;
  }
}

/** Takes the lock, which the tool then takes once more on the same connection, and looks again. */
async function ready(client: PgClient, job: RunJob, signal: AbortSignal): Promise<boolean> {
  if (!job.tool.noLock && !(await lock(client, job, signal))) return false;
  if ((await markNow(client, job.rowsSql)) !== job.mark) {
    tell({kind: 'moved'});
    return false;
  }
  if (job.limitsSql !== '') await client.query(job.limitsSql);
  return true;
}

async function lock(client: PgClient, job: RunJob, signal: AbortSignal): Promise<boolean> {
  const deadline = performance.now() + job.lockWait;
  for (let waited = false; ; waited = true) {
    const [row] = await rowsOf(
      client,
      `SELECT pg_catalog.pg_try_advisory_lock(${BigInt(job.lockValue)}) AS taken`,
    );
    if (member(row, 'taken') === true) return true;
    if (signal.aborted) {
      tell({kind: 'cancelled'});
      return false;
    }
    if (performance.now() >= deadline) {
      tell({kind: 'locked'});
      return false;
    }
    if (!waited) tell({kind: 'waiting'});
    await sleep(pause);
  }
}

/** No table yet is an empty one. */
async function markNow(client: Client, sql: string): Promise<string> {
  const rows = await rowsOf(client, sql).catch((error: unknown) => {
    if (absent.has(String(member(error, 'code')))) return [];
    throw error;
  });
  return readingOf(rows.map(row => ({id: Number(member(row, 'id')), name: String(member(row, 'name'))})))
    .mark;
}

/** PostgreSQL's `undefined_table` and `invalid_schema_name`. */
const absent: ReadonlySet<string> = new Set(['42P01', '3F000']);

async function rowsOf(client: Client, sql: string): Promise<readonly unknown[]> {
  const rows = member(await client.query(sql), 'rows');
  return Array.isArray(rows) ? rows : [];
}

function optionsOf({
  tool,
  direction,
  count,
  lockValue,
}: RunJob): Omit<Parameters<Library['runner']>[0], 'dbClient'> {
  return {...tool, direction, count, lockValue: Number(lockValue), verbose: false, logger: silent};
}

const ignore = (): void => {};
export const silent = {debug: ignore, info: ignore, warn: ignore, error: ignore};

/** Remembers the query of each error. */
function watched(client: Client, queries: Queries, at: Sent): Client {
  return {
    query: async (text, values) => {
      try {
        const result = await client.query(text, values);
        at.sent += 1;
        return result;
      } catch (error) {
        // What is sent afterwards only tidies up.
        at.failedBehind ??= at.sent;
        if (error instanceof Error) queries.set(error, textOf(text));
        throw error;
      }
    },
  };
}

function textOf(query: unknown): string {
  if (typeof query === 'string') return query;
  const text = member(query, 'text');
  return typeof text === 'string' ? text : '';
}
