import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {buildBlocking, type BlockingTree} from '../../../../src/core/health/blocking.ts';
import {check} from '../../../../src/core/health/checks/session-blocks-others.ts';
import type {Reading} from '../../../../src/core/health/parts.ts';
import {partOf} from '../../../../src/core/health/assess.ts';
import {createDatabase, type TestDatabase} from '../../../rig/databases.ts';
import {majors} from '../../../rig/servers.ts';
import {dropWithRoles, makeRoles, readAs, type Who} from '../slow/roles.ts';
import {Programs} from './programs.ts';

/** A tree as `name(children)`, with what each waits for. */
function drawn(trees: readonly BlockingTree[]): readonly string[] {
  return trees.map(tree => {
    const name = tree.kind === 'prepared' ? `prepared ${tree.transaction?.gid}` : tree.row.application;
    const wants =
      tree.kind === 'session' && tree.wants
        ? ` ${tree.wants.mode} on ${tree.wants.relation ?? tree.wants.type}`
        : '';
    const mark = tree.kind === 'session' && tree.repeated ? ' again' : '';
    const children = tree.children.length > 0 ? `(${drawn(tree.children).join(', ')})` : '';
    return `${name}${mark}${wants}${children}`;
  });
}

const row = (id: number): string => `UPDATE chain SET n = n + 1 WHERE id = ${id}`;

describe.each(majors)('on PostgreSQL %s', major => {
  let database: TestDatabase;
  let programs: Programs;
  let readings: Record<Who, Reading>;
  beforeAll(async () => {
    database = await createDatabase(major);
    await makeRoles(database);
    await database.sql(`CREATE TABLE chain (id int PRIMARY KEY, n int);
      INSERT INTO chain SELECT i, 0 FROM generate_series(1, 9) AS i;
      CREATE TABLE "Queue" (id int); CREATE TABLE shared (id int);
      CREATE SCHEMA other; CREATE TABLE other.promised (id int)`);
    programs = new Programs(database);
    // Five in a row: each holds what the next one wants.
    await programs.open('one', ['BEGIN', row(1), 'SELECT 1']);
    for (const [index, name] of ['two', 'three', 'four', 'five'].entries()) {
      await programs.open(name, ['BEGIN', row(index + 2), row(index + 1)]);
      await programs.untilWaiting(index + 1);
    }
    // A change of a table waits for a reader, and readers wait behind it.
    await programs.open('reader', ['BEGIN', 'SELECT FROM "Queue"', 'SELECT 2']);
    await programs.open('change', ['ALTER TABLE "Queue" ADD n int']);
    await programs.untilWaiting(5);
    await programs.open('late 1', ['SELECT FROM "Queue"']);
    await programs.untilWaiting(6);
    await programs.open('late 2', ['SELECT FROM "Queue"']);
    await programs.untilWaiting(7);
    // Two hold what one wants.
    for (const name of ['left', 'right'])
      await programs.open(name, ['BEGIN', 'LOCK shared IN SHARE MODE', 'SELECT 3']);
    await programs.open(
      'both',
      ['LOCK TABLE shared IN EXCLUSIVE MODE'].map(sql => `BEGIN; ${sql}`),
    );
    await programs.untilWaiting(8);
    // Nobody holds it.
    await programs.open('prepares', [
      'BEGIN',
      'LOCK other.promised IN ROW EXCLUSIVE MODE',
      `PREPARE TRANSACTION '${database.name}'`,
    ]);
    await programs.open('waits', ['CREATE INDEX ON other.promised (id)']);
    await programs.untilWaiting(9);
    // Two transactions of one row: both wait for the first, not for each other.
    await programs.open('hot', ['BEGIN', row(9), 'SELECT 4']);
    await programs.open('hot 1', ['BEGIN', row(9)]);
    await programs.untilWaiting(10);
    await programs.open('hot 2', ['BEGIN', row(9)]);
    await programs.untilWaiting(11);
    readings = {
      superuser: await readAs(database, 'superuser', ['sessions']),
      monitor: await readAs(database, 'monitor', ['sessions']),
      ordinary: await readAs(database, 'ordinary', ['sessions']),
    };
  });
  afterAll(async () => {
    await programs.close();
    await database.sql(`ROLLBACK PREPARED '${database.name}'`);
    await dropWithRoles(database);
  });

  const treesOf = (reading: Reading): readonly BlockingTree[] => {
    const sessions = partOf(reading, 'sessions');
    const here = sessions?.rows.filter(({database: name}) => name === database.name) ?? [];
    const prepared = sessions?.prepared.filter(({gid}) => gid === database.name) ?? [];
    return sessions ? buildBlocking({...sessions, rows: here, prepared}) : [];
  };

  it.each(['superuser', 'monitor'] as const)('shows who waits for whom to a %s', who => {
    expect(drawn(treesOf(readings[who]))).toEqual([
      'one(two SHARE on public.chain(three SHARE on public.chain(four SHARE on public.chain(five SHARE on public.chain))))',
      'reader(change ACCESS EXCLUSIVE on public."Queue"(late 1 ACCESS SHARE on public."Queue", late 2 ACCESS SHARE on public."Queue"))',
      'hot(hot 1 SHARE on public.chain(hot 2 EXCLUSIVE on public.chain))',
      'left(both EXCLUSIVE on public.shared)',
      'right(both again EXCLUSIVE on public.shared)',
      `prepared ${database.name}(waits SHARE on other.promised)`,
    ]);
  });

  it('shows the same to an ordinary role, without what it may not see', () => {
    const [first] = treesOf(readings.ordinary);
    expect(first).toMatchObject({kind: 'session', blocks: 4});
    expect(first?.kind === 'session' && first.row.query).toBe(undefined);
    expect(treesOf(readings.ordinary)).toHaveLength(6);
    const sessions = readings.ordinary.sessions;
    expect(sessions?.kind === 'seen' && sessions.gaps.join(' ')).toMatch(/of other roles/);
  });

  it('says how long each has waited', () => {
    const [first] = treesOf(readings.superuser);
    const [second] = first?.children ?? [];
    expect(first?.kind === 'session' && first.waitsMs).toBe(undefined);
    expect(second?.kind === 'session' && second.waitsMs).toBeGreaterThan(0);
  });

  const findings = (reading: Reading, laterMs: number): readonly {what: string; severity: string}[] => {
    const looked = check.look(reading, {
      now: (partOf(reading, 'server')?.now ?? 0) + laterMs,
      part: name => partOf(reading, name),
    });
    return looked.kind === 'looked' ? looked.findings : [];
  };

  it('tells of heads of queues once somebody has waited for some seconds, and not before', () => {
    expect(findings(readings.superuser, -10_000)).toEqual([]);
    const found = findings(readings.superuser, 10_000);
    expect(found[0]).toMatchObject({severity: 'warning', subject: {kind: 'session'}});
    expect(found[0]?.what).toMatch(/^4 sessions wait for session \d+ of postgres \(one, /);
    expect(findings(readings.superuser, 100_000)[0]).toMatchObject({severity: 'error'});
  });
});
