import {execFile} from 'node:child_process';
import {join} from 'node:path';
import {promisify} from 'node:util';
import {Client} from 'pg';
import {compareSchemas} from '../../src/core/schema/compare/compare.ts';
import type {Queryable, Session} from '../../src/core/session.ts';
import {createParser} from '../../src/parser/libpg-query.ts';
import {readSchema} from '../../src/postgres/schema/read-schema.ts';
import {readSchemaMark} from '../../src/postgres/schema/schema-mark.ts';
import {startProxy} from '../rig/proxy.ts';
import {startServer, type TestServer} from '../rig/servers.ts';
import {must, openForReading} from './reading.ts';
import {Weight} from './weight.ts';
import {mebibytes, median, milliseconds, type Figure} from './figure.ts';

const parser = createParser();

/** Reads schemas with many tables of 15 columns, 4 indexes, a foreign key and a check each. */
export async function measureSchemas(): Promise<readonly Figure[]> {
  // pg_dump refuses servers that are newer than itself, and locks every table.
  const server = await startServer(15, {flags: ['max_locks_per_transaction=512']});
  try {
    return [
      ...(await measure(server, 1000, {rounds: 5, goal: 500})),
      ...(await measure(server, 10_000, {rounds: 3, goal: 5000})),
    ];
  } finally {
    await server.stop();
  }
}

async function measure(
  server: TestServer,
  tables: number,
  {rounds, goal}: {readonly rounds: number; readonly goal: number},
): Promise<readonly Figure[]> {
  const database = `schema_${tables}`;
  await makeTables(server, database, tables);
  const what = `${tables.toLocaleString('en')} tables`;
  const near = await timed(rounds, server.url(database));
  const weight = await weigh(server.url(database));
  const proxy = await startProxy(server.port);
  proxy.delay(10);
  const far = await timed(rounds, server.url(database).replace(`:${server.port}/`, `:${proxy.port}/`));
  await proxy.stop();
  const dump = await timeOf(() =>
    promisify(execFile)('pg_dump', ['--schema-only', '--file=/dev/null', server.url(database)]),
  );
  return [
    {
      what: `${what}: read the schema`,
      measured: milliseconds(near.read),
      goal: `≤ ${goal} ms with comparing`,
    },
    {what: `${what}: compare it with an equal one`, measured: milliseconds(near.compare)},
    {what: `${what}: read it over 20 ms of latency`, measured: milliseconds(far.read)},
    {what: `${what}: round trips`, measured: String(near.roundTrips)},
    {what: `${what}: longest hold of the event loop`, measured: milliseconds(weight.held), goal: '≤ 50 ms'},
    {what: `${what}: heap of a snapshot`, measured: mebibytes(weight.kept)},
    {what: `${what}: heap while reading`, measured: mebibytes(weight.peak), goal: '≤ 300 MiB'},
    {
      what: `${what}: see that nothing has changed`,
      measured: milliseconds(near.mark),
      ...(tables > 1000 ? {} : {goal: '≤ 50 ms'}),
    },
    {
      what: `${what}: pg_dump --schema-only takes`,
      measured: `${(dump / near.read).toFixed(1)} times as long`,
    },
  ];
}

interface Timed {
  readonly read: number;
  readonly mark: number;
  readonly compare: number;
  readonly roundTrips: number;
}

async function timed(rounds: number, url: string): Promise<Timed> {
  const session = await openForReading(url);
  const reads: number[] = [];
  const marks: number[] = [];
  const compares: number[] = [];
  let roundTrips = 0;
  const counted: Queryable & Pick<Session, 'transactionStatus'> = {
    transactionStatus: () => session.transactionStatus(),
    query: (sql, params, signal) => {
      roundTrips += 1;
      return session.query(sql, params, signal);
    },
  };
  const first = must(await readSchema(session));
  must(await readSchemaMark(session));
  for (let round = 0; round < rounds; round += 1) {
    roundTrips = 0;
    let snapshot = first;
    reads.push(await timeOf(async () => (snapshot = must(await readSchema(counted)))));
    compares.push(await timeOf(() => compareSchemas(parser, first, snapshot)));
    marks.push(await timeOf(async () => must(await readSchemaMark(session))));
  }
  await session.close();
  return {read: median(reads), mark: median(marks), compare: median(compares), roundTrips};
}

/** In a process that does nothing else: what others left on the heap would count as well. */
async function weigh(url: string): Promise<Weight> {
  const script = join(import.meta.dirname, 'schema-weight.ts');
  const {stdout} = await promisify(execFile)(process.execPath, ['--expose-gc', script, url]);
  return Weight.parse(JSON.parse(stdout));
}

async function timeOf(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
}

/** In batches: one transaction would need a lock for each table. */
async function makeTables(server: TestServer, database: string, count: number): Promise<void> {
  const admin = new Client({connectionString: server.url()});
  await admin.connect();
  await admin.query(`CREATE DATABASE ${database}`);
  await admin.end();
  const client = new Client({connectionString: server.url(database)});
  await client.connect();
  const columns = Array.from({length: 9}, (_, n) => `c${n} ${['int', 'text', 'numeric(10,2)'][n % 3]}`).join(
    ', ',
  );
  const batch = 250;
  for (let from = 0; from < count; from += batch) {
    await client.query(`DO $$ BEGIN FOR n IN ${from}..${from + batch - 1} LOOP
      EXECUTE format('CREATE TABLE t_%1$s (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, parent bigint, name text NOT NULL,
        status text DEFAULT ''new'', at timestamptz NOT NULL DEFAULT now(), total numeric(12,2) CHECK (total >= 0), ${columns},
        FOREIGN KEY (parent) REFERENCES t_%2$s (id))', lpad(n::text, 6, '0'), lpad((n / 10)::text, 6, '0'));
      EXECUTE format('CREATE INDEX ON t_%1$s (parent)', lpad(n::text, 6, '0'));
      EXECUTE format('CREATE INDEX ON t_%1$s (name, at DESC)', lpad(n::text, 6, '0'));
      EXECUTE format('CREATE INDEX ON t_%1$s (lower(name)) WHERE status = ''new''', lpad(n::text, 6, '0'));
    END LOOP; END $$`);
  }
  await client.query('VACUUM ANALYZE');
  await client.end();
}
