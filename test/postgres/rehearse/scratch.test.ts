import {describe, expect, inject, it} from 'vitest';
import type {Outcome} from '../../../src/core/outcome.ts';
import type {MigrationScript} from '../../../src/core/rehearse/script.ts';
import {emptyState, type Stage} from '../../../src/core/rehearse/stage.ts';
import type {Session} from '../../../src/core/session.ts';
import {createParser} from '../../../src/parser/libpg-query.ts';
import {openSession} from '../../../src/postgres/connect.ts';
import {replay} from '../../../src/postgres/rehearse/replay.ts';
import {
  dropScratchDatabase,
  findScratchDatabases,
  openScratchStage,
} from '../../../src/postgres/rehearse/scratch.ts';
import {createDatabase} from '../../rig/databases.ts';
import {majors, type Major} from '../../rig/servers.ts';
import {failure, openFor, openOptions, settingsFor, value} from '../../rig/sessions.ts';

const parser = createParser();

function serverOf(major: Major): {readonly port: number} {
  const server = inject('servers').find(each => each.major === major);
  if (!server) throw new Error(`no server ${major}`);
  return server;
}

function opener(major: Major, user = 'postgres'): (database: string) => Promise<Outcome<Session>> {
  return name => openSession({...settingsFor({...serverOf(major), name}), user}, openOptions);
}

async function namesOn(major: Major): Promise<readonly string[]> {
  const session = await openFor(serverOf(major));
  const names = value(
    await session.texts("SELECT datname FROM pg_database WHERE datname ~ 'howdah_scratch'"),
  );
  await session.close();
  return names;
}

function script(nr: number, sql: string): MigrationScript {
  return {
    migration: {id: String(nr), label: String(nr).padStart(4, '0'), title: 'test'},
    direction: 'up',
    path: `/migrations/${nr}.up.sql`,
    sql,
    pieces: [{start: 0, end: sql.length, how: 'query'}],
  };
}

const tables =
  "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace ORDER BY 1";

async function tablesOn(stage: Stage): Promise<readonly string[]> {
  return value(await value(await stage.session()).texts(tables));
}

describe.each(majors)('a scratch database on %i', major => {
  it('is made, kept in states, and dropped with all of them', async () => {
    const before = await namesOn(major);
    const stage = value(await openScratchStage(opener(major)));
    value(await value(await stage.session()).script('CREATE TABLE one (a int)'));
    value(await stage.checkpoint('one'));
    value(await value(await stage.session()).script('CREATE TABLE two (a int)'));
    expect(await tablesOn(stage)).toEqual(['one', 'two']);
    value(await stage.restore('one'));
    expect(await tablesOn(stage)).toEqual(['one']);
    value(await stage.restore(emptyState));
    expect(await tablesOn(stage)).toEqual([]);
    expect([...stage.checkpoints()]).toEqual([emptyState, 'one']);
    expect((await namesOn(major)).length).toBe(before.length + 2);
    await stage.release();
    await stage.release();
    expect(await namesOn(major)).toEqual(before);
    expect(failure(await stage.session()).reason).toBe('invalid-input');
  });

  it('has the encoding and the locale of the target', async () => {
    const target = await createDatabase(major);
    const stage = value(await openScratchStage(opener(major), {database: target.name}));
    const likeness = 'SELECT concat(encoding, datcollate, datctype) FROM pg_database WHERE datname = ';
    const session = value(await stage.session());
    const [own] = value(await session.texts(`${likeness}current_database()`));
    expect(value(await session.texts(`${likeness}'${target.name}'`))).toEqual([own]);
    await stage.release();
    await target.drop();
  });

  it('is found after a crash and dropped on request; others are left alone', async () => {
    const stage = value(await openScratchStage(opener(major)));
    const {database} = value(await stage.session()).server;
    const own = await createDatabase(major, 'howdah_scratch_20260101_000000_00000000');
    const session = await openFor(serverOf(major));
    const found = value(await findScratchDatabases(session)).find(({name}) => name === database);
    expect(found).toMatchObject({owner: 'postgres', inUse: true});
    expect(found?.words).toMatch(/^made 0 min ago by postgres on .+ \(process \d+\), \d+ MB, in use$/);
    expect(failure(await dropScratchDatabase(session, own.name)).reason).toBe('invalid-input');
    value(await dropScratchDatabase(session, database));
    expect(await namesOn(major)).not.toContain(database);
    await stage.release();
    await session.close();
    await own.drop();
  });

  it('is refused to a role that may not create databases', async () => {
    const session = await openFor(serverOf(major));
    await session.script(`CREATE ROLE no_databases_${major} LOGIN PASSWORD 'postgres'`);
    const bad = failure(await openScratchStage(opener(major, `no_databases_${major}`)));
    expect(bad.message).toContain(`no_databases_${major} may not create databases`);
    expect(bad.advice).toContain('CREATEDB');
    await session.script(`DROP ROLE no_databases_${major}`);
    await session.close();
  });
});

describe('a history on a scratch database', () => {
  it('is replayed, and once more from the kept state', async () => {
    const stage = value(await openScratchStage(opener(18)));
    const scripts = [script(1, 'CREATE TABLE a (id int)'), script(2, 'CREATE TABLE b (id int)')];
    const first = value(await replay(stage, parser, {project: 'p', scripts}));
    expect(first).toMatchObject({kind: 'ready', files: 2});
    const again = value(await replay(stage, parser, {project: 'p', scripts}));
    expect(again).toMatchObject({kind: 'ready', files: 0});
    expect(await tablesOn(stage)).toEqual(['a', 'b']);
    await stage.release();
  });

  it.each([
    ['CREATE ROLE r', /makes a role/],
    ['ALTER ROLE postgres SET work_mem = 1', /changes a role/],
    ['DROP DATABASE x', /drops a database/],
    ['ALTER DATABASE postgres SET work_mem = 1', /changes a database/],
    ['GRANT CONNECT ON DATABASE postgres TO public', /all databases of the server share/],
    ['COMMENT ON ROLE postgres IS NULL', /all databases of the server share/],
    ["CREATE TABLESPACE t LOCATION '/x'", /makes a tablespace/],
    ['ALTER SYSTEM SET work_mem = 1', /settings of the server/],
    ["CREATE SUBSCRIPTION s CONNECTION '' PUBLICATION p", /another server/],
    ["COPY (SELECT 1) TO PROGRAM 'true'", /runs a program/],
  ])('stops before %s', async (sql, reason) => {
    const stage = value(await openScratchStage(opener(18)));
    const replayed = value(
      await replay(stage, parser, {project: 'p', scripts: [script(1, `CREATE TABLE t (a int);\n${sql}`)]}),
    );
    if (replayed.kind !== 'stopped') throw new Error('it ran');
    expect(replayed.stop.failure.message).toMatch(reason);
    expect(replayed.stop.at?.start.line).toBe(1);
    expect(await tablesOn(stage)).toEqual([]);
    await stage.release();
  });
});
