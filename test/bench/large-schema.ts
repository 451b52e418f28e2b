import {homedir} from 'node:os';
import {Client} from 'pg';
import {parseConnectionUrl} from '../../src/core/connections/url.ts';
import type {Session} from '../../src/core/session.ts';
import {listRelations} from '../../src/postgres/catalog/relations.ts';
import {listSchemas} from '../../src/postgres/catalog/schemas.ts';
import {openSession} from '../../src/postgres/connect.ts';
import type {TestServer} from '../rig/servers.ts';
import {mebibytes, median, milliseconds, type Figure} from './figure.ts';

/** The first page of the tree in schemas with many tables, each with a primary key and an index. */
export async function measureLargeSchemas(server: TestServer): Promise<readonly Figure[]> {
  await makeTables(server, 'tables_10k', 10_000);
  await makeTables(server, 'tables_100k', 100_000);
  return [
    ...(await measure(server, 'tables_10k', '10,000 tables', '≤ 300 ms')),
    ...(await measure(server, 'tables_100k', '100,000 tables', '≤ 1,000 ms')),
  ];
}

async function measure(
  server: TestServer,
  database: string,
  what: string,
  goal: string,
): Promise<readonly Figure[]> {
  globalThis.gc?.();
  const before = process.memoryUsage().rss;
  const first: number[] = [];
  const again: number[] = [];
  for (let round = 0; round < 5; round += 1) {
    const begun = performance.now();
    const session = await open(server.url(database));
    await firstPage(session);
    first.push(performance.now() - begun);
    const warm = performance.now();
    await firstPage(session);
    again.push(performance.now() - warm);
    await session.close();
  }
  const grown = Math.max(0, process.memoryUsage().rss - before);
  return [
    {what: `${what}: connect, schemas and first page of 200`, measured: milliseconds(median(first)), goal},
    {what: `${what}: the same on an open session`, measured: milliseconds(median(again))},
    {what: `${what}: memory growth over 10 first pages`, measured: mebibytes(grown), goal: '≤ 100 MiB'},
  ];
}

async function firstPage(session: Session): Promise<void> {
  const schemas = await listSchemas(session);
  const page = await listRelations(session, 'public', {kinds: ['table', 'partitioned-table'], limit: 200});
  if (!schemas.ok || !page.ok || page.value.items.length !== 200)
    throw new Error('the page could not be read');
}

async function open(url: string): Promise<Session> {
  const parsed = parseConnectionUrl(url);
  if (!parsed.ok) throw new Error(parsed.failure.message);
  const {settings, password = ''} = parsed.value;
  const opened = await openSession(settings, {
    password,
    readOnly: true,
    applicationName: 'bench',
    home: homedir(),
  });
  if (!opened.ok) throw new Error(opened.failure.message);
  return opened.value;
}

/** In batches: one transaction would need a lock for each table. */
async function makeTables(server: TestServer, database: string, count: number): Promise<void> {
  const admin = new Client({connectionString: server.url()});
  await admin.connect();
  await admin.query(`CREATE DATABASE ${database}`);
  await admin.end();
  const client = new Client({connectionString: server.url(database)});
  await client.connect();
  const batch = 500;
  for (let from = 0; from < count; from += batch) {
    await client.query(`DO $$ BEGIN FOR n IN ${from}..${from + batch - 1} LOOP
      EXECUTE format('CREATE TABLE t_%s (id int PRIMARY KEY, name text)', lpad(n::text, 6, '0'));
      EXECUTE format('CREATE INDEX ON t_%s (name)', lpad(n::text, 6, '0'));
    END LOOP; END $$`);
  }
  await client.query('ANALYZE pg_class');
  await client.end();
}
