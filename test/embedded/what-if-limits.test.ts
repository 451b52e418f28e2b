import {execFileSync} from 'node:child_process';
import {existsSync} from 'node:fs';
import {chown, open, readdir, stat} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import type {Session} from '../../src/core/session.ts';
import {readHolder} from '../../src/embedded/lock.ts';
import {startServer, type TestServer} from '../rig/servers.ts';
import {failure, openFor, value} from '../rig/sessions.ts';
import {isRunning, until} from './rig.ts';
import {explain, planIn, stepsIn, useWhatIf} from './what-if-rig.ts';

const rig = useWhatIf();
const gigabyte = 2 ** 30;

let server: TestServer;
let session: Session;

beforeAll(async () => {
  server = await startServer(18);
  session = await openFor(server);
  value(
    await session.script(`
      CREATE TABLE orders (id bigint PRIMARY KEY, customer_id int, note text) WITH (autovacuum_enabled = off);
      CREATE TABLE others (id int PRIMARY KEY, a int);
      CREATE TABLE secret (id int, body text);
      CREATE TABLE fresh (a int) WITH (autovacuum_enabled = off);
      INSERT INTO orders SELECT i, i % 5000, 'note ' || i FROM generate_series(1, 50000) i;
      INSERT INTO others SELECT i, i FROM generate_series(1, 1000) i;
      INSERT INTO secret SELECT i, 'body ' || i FROM generate_series(1, 1000) i;
      ANALYZE orders, others, secret;
      INSERT INTO fresh SELECT generate_series(1, 1000);
      CREATE ROLE clerk LOGIN PASSWORD 'clerk';
      GRANT SELECT ON orders TO clerk;
      ALTER TABLE orders ENABLE ROW LEVEL SECURITY;
      CREATE POLICY mine ON orders TO clerk USING (customer_id > 100);
      CREATE VIEW told AS SELECT id FROM secret;
      GRANT SELECT ON told TO clerk;
      CREATE EXTENSION postgres_fdw;
      CREATE SERVER elsewhere FOREIGN DATA WRAPPER postgres_fdw OPTIONS (host '127.0.0.1');
      CREATE USER MAPPING FOR postgres SERVER elsewhere;
      CREATE FOREIGN TABLE remote (a int) SERVER elsewhere;
      CREATE TYPE odd;
      CREATE FUNCTION odd_in(cstring) RETURNS odd LANGUAGE internal AS 'int4in' STRICT IMMUTABLE;
      CREATE FUNCTION odd_out(odd) RETURNS cstring LANGUAGE internal AS 'int4out' STRICT IMMUTABLE;
      CREATE TYPE odd (INPUT = odd_in, OUTPUT = odd_out, LIKE = int4);
      CREATE TABLE strange (id int, o odd);
      CREATE FUNCTION native(int) RETURNS int LANGUAGE internal AS 'int4abs' STRICT STABLE`),
  );
});
afterAll(async () => {
  await session.close();
  await server.stop();
});

const byCustomer = 'CREATE INDEX i ON orders (customer_id)';
const ofCustomer = 'SELECT * FROM orders WHERE customer_id = 77';

describe('a table of 40 GB', () => {
  const rows = 400_000_000;
  const blocks = (40 * gigabyte) / 8192;

  /** Both planners take the size from the files, so the real server's are made as large, of holes. */
  async function pretendOnServer(table: string): Promise<void> {
    const [path = ''] = value(await session.texts(`SELECT pg_relation_filepath('${table}')`));
    const first = join(server.socketDirectory, path);
    const {uid, gid} = await stat(first);
    for (let segment = 0; segment < 40; segment += 1) {
      const file = segment === 0 ? first : `${first}.${segment}`;
      const handle = await open(file, 'a');
      await handle.truncate(gigabyte);
      await handle.close();
      await chown(file, uid, gid);
    }
  }

  it('is planned as a server with such files plans it, and takes no space', async () => {
    value(
      await session.script(`CREATE TABLE huge (id bigint, customer_id int, note text) WITH (autovacuum_enabled = off);
        INSERT INTO huge SELECT i, i % 5000, 'note ' || i FROM generate_series(1, 50000) i; ANALYZE huge`),
    );
    const restore = `SELECT pg_restore_relation_stats('schemaname', 'public', 'relname', 'huge', 'relpages', ${blocks},
      'reltuples', ${rows}::real, 'relallvisible', ${blocks})`;
    value(await session.texts(restore));
    await pretendOnServer('huge');
    const fresh = await openFor(server);
    const sql = 'SELECT * FROM huge WHERE customer_id = 77 ORDER BY id LIMIT 50';
    const answer = value(await rig.ask(fresh, {sql, definition: 'CREATE INDEX i ON huge (customer_id, id)'}));
    const own = await explain(fresh, sql);
    expect(value(await fresh.texts("SELECT pg_relation_size('huge')"))).toEqual([String(40 * gigabyte)]);
    expect(stepsIn(answer.before)).toBe(stepsIn(own));
    expect(stepsIn(own)).toContain('Gather');
    expect(costOf(answer.before) / costOf(own)).toBeCloseTo(1, 3);
    expect(stepsIn(answer.after)).toBe('Limit > Index Scan i');
    // 400 million tuples of 24 bytes and their line pointers on pages that are nine tenths full
    expect((answer.bytes ?? 0) / gigabyte).toSatisfy((size: number) => size > 11 && size < 12);
    await fresh.close();
    value(await session.script('DROP TABLE huge'));
  });
});

describe('what the answer says of itself', () => {
  it.each([
    [
      'which planner answered',
      ofCustomer,
      byCustomer,
      /embedded PostgreSQL 18\.\d+ .* server \(PostgreSQL 18\.\d+/,
    ],
    ['that it finds the plan of the server', ofCustomer, byCustomer, /chooses the server's own plan \(cost/],
    [
      'a table that was never analysed',
      'SELECT * FROM fresh WHERE a = 5',
      'CREATE INDEX i ON fresh (a)',
      /Never analysed .*public\.fresh/,
    ],
    [
      'a size that depends on the values',
      'SELECT * FROM orders WHERE customer_id = 5 AND id > 3',
      "CREATE INDEX i ON orders USING gin (to_tsvector('simple', note))",
      /half the bytes of its columns were assumed/,
    ],
  ])('tells %s', async (_, sql, definition, note) => {
    expect(value(await rig.ask(session, {sql, definition})).notes.join('\n')).toMatch(note);
  });

  it('tells what its user may not read', async () => {
    const clerk = await openFor(server, {user: 'clerk'}, {password: 'clerk'});
    const sql = `${ofCustomer} AND EXISTS (SELECT FROM told WHERE told.id = orders.id)`;
    const {notes} = value(await rig.ask(clerk, {sql, definition: byCustomer}));
    expect(notes.join('\n')).toMatch(/may not be read by this user.*public\.secret/);
    expect(notes.join('\n')).toMatch(/Row security hides .*public\.orders/);
    await clerk.close();
  });
});

describe('what cannot be imitated', () => {
  it.each([
    [
      'a foreign table',
      'SELECT * FROM remote',
      'CREATE INDEX i ON remote (a)',
      'unsupported',
      /remote is a foreign table/,
    ],
    [
      'a type in C',
      'SELECT * FROM strange WHERE id = 1',
      'CREATE INDEX i ON strange (id)',
      'unsupported',
      /type public\.odd: it is not written in SQL/,
    ],
    [
      'a function in C',
      'SELECT * FROM orders WHERE customer_id = native(5)',
      byCustomer,
      'unsupported',
      /function public\.native/,
    ],
    [
      'a table beside the statement',
      ofCustomer,
      'CREATE INDEX i ON others (a)',
      'invalid-input',
      /does not touch others/,
    ],
    ['a column that is not there', ofCustomer, 'CREATE INDEX i ON orders (nothing)', 'sql', /nothing/],
    [
      'a name that is taken',
      ofCustomer,
      'CREATE INDEX orders_pkey ON orders (customer_id)',
      'sql',
      /orders_pkey/,
    ],
  ])('fails for %s, and says why', async (_, sql, definition, reason, message) => {
    const bad = failure(await rig.ask(session, {sql, definition}));
    expect(bad.reason).toBe(reason);
    expect(bad.message).toMatch(message);
    if (reason === 'unsupported') expect(bad.advice).toContain('HypoPG');
    expect(value(await rig.ask(session, {sql: ofCustomer, definition: byCustomer})).how).toBe('statistics');
  });
});

describe('the embedded server of a what-if', () => {
  it('holds nothing of an earlier one', async () => {
    value(await rig.ask(session, {sql: ofCustomer, definition: byCustomer}));
    const scratch = value(await rig.shared().open());
    const left = "SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace";
    expect(value(await scratch.session.texts(left))).toEqual(['0']);
    await scratch.close();
  });

  it('is one for several questions, takes no space for holes, and ends when nobody asks', async () => {
    const keeper = rig.keeper(300);
    const first = value(await keeper.open());
    const second = value(await keeper.open());
    const {folder, pid} = await homeOf(first.session);
    expect((await homeOf(second.session)).pid).toBe(pid);
    value(await first.session.script('BEGIN; CREATE TABLE t (a int PRIMARY KEY)'));
    const [table = '', index = ''] = value(
      await first.session.texts(
        "SELECT pg_relation_filepath(u) FROM unnest(ARRAY['t', 't_pkey']::regclass[]) u",
      ),
    );
    value(
      await first.pretend([
        {path: table, blocks: 1_000_000},
        {path: index, blocks: 200_000, treeHeight: 3},
      ]),
    );
    expect(value(await first.session.texts("SELECT pg_relation_size('t')"))).toEqual(['8192000000']);
    expect(Number(execFileSync('du', ['-sm', folder]).toString().split('\t')[0])).toBeLessThan(100);
    // the extremes of an indexed column are asked of the index, which has its levels and no rows
    value(await first.session.script('SET LOCAL ignore_checksum_failure = on'));
    const plan = value(await first.session.texts('EXPLAIN SELECT * FROM t WHERE a > 5 ORDER BY a LIMIT 1'));
    expect(plan.join('\n')).toContain('t_pkey');
    value(await first.session.script('SET LOCAL enable_seqscan = off'));
    expect(value(await first.session.texts('SELECT max(a) FROM t'))).toEqual([]);
    value(await first.session.script('ROLLBACK'));
    expect(
      (await readdir(join(folder, 'pgdata/base/5'))).filter(
        name => name.startsWith('163') && name.includes('.'),
      ),
    ).toEqual([]);
    await first.close();
    await second.close();
    expect(isRunning(pid)).toBe(true);
    await until(() => !existsSync(folder));
    expect(isRunning(pid)).toBe(false);
    const again = value(await keeper.open());
    expect((await homeOf(again.session)).folder).not.toBe(folder);
    await again.close();
  });

  it('starts again after its process was killed', async () => {
    const keeper = rig.keeper();
    const first = value(await keeper.open());
    const {folder, pid} = await homeOf(first.session);
    process.kill(pid, 'SIGKILL');
    await until(() => first.session.transactionStatus() === 'gone');
    const second = value(await keeper.open());
    expect(value(await second.session.texts('SELECT 1'))).toEqual(['1']);
    await first.close();
    await second.close();
    await keeper.dispose();
    expect(existsSync(folder)).toBe(false);
  });

  it('does not open once it was disposed of', async () => {
    const keeper = rig.keeper();
    await keeper.dispose();
    expect(failure(await keeper.open()).reason).toBe('cancelled');
  });
});

/** @returns the folder and the process of the embedded server that a session is on: its lock file has the address */
async function homeOf(scratch: Session): Promise<{readonly folder: string; readonly pid: number}> {
  for (const name of await readdir(tmpdir())) {
    if (!name.startsWith('howdah-what-if-')) continue;
    const folder = join(tmpdir(), name);
    const holder = await readHolder(folder);
    if (holder?.host === scratch.server.host) return {folder, pid: holder.pid};
  }
  throw new Error('no folder belongs to the session');
}

function costOf(text: string): number {
  return Number(planIn(text).root.fields['Total Cost']);
}
