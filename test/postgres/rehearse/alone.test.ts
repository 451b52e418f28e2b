import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {aloneLocksOf} from '../../../src/core/rehearse/alone.ts';
import {lockModes} from '../../../src/core/rehearse/locks.ts';
import {createParser} from '../../../src/parser/libpg-query.ts';
import {createDatabase, type TestDatabase} from '../../rig/databases.ts';
import {majors} from '../../rig/servers.ts';
import {openFor, value} from '../../rig/sessions.ts';

/**
 * What runs outside of transactions only has no transaction in which its locks could be read: a second session looks
 * while a third one stands in the way. `holding` is what the third one does, so that the statement stops on its way
 * with its strongest locks taken or asked for.
 */
const cases: readonly (readonly [sql: string, holding: string])[] = [
  ['CREATE INDEX CONCURRENTLY i ON t (id, a)', 'LOCK TABLE t IN ROW EXCLUSIVE MODE'],
  ['DROP INDEX CONCURRENTLY t_a_idx', 'LOCK TABLE t IN ROW EXCLUSIVE MODE'],
  ['REINDEX INDEX CONCURRENTLY t_a_idx', 'LOCK TABLE t IN ROW EXCLUSIVE MODE'],
  ['REINDEX TABLE CONCURRENTLY t', 'LOCK TABLE t IN ROW EXCLUSIVE MODE'],
  ['VACUUM t', 'LOCK TABLE t IN SHARE MODE'],
  ['VACUUM (ANALYZE) t', 'LOCK TABLE t IN SHARE MODE'],
  ['VACUUM FULL t', 'LOCK TABLE t IN ACCESS SHARE MODE'],
  ['ALTER TABLE p DETACH PARTITION p1 CONCURRENTLY', 'LOCK TABLE p1 IN ACCESS SHARE MODE'],
];

const setup = `
DROP TABLE IF EXISTS t, p, p1;
CREATE TABLE t (id int PRIMARY KEY, a int);
CREATE INDEX t_a_idx ON t (a);
CREATE TABLE p (id int) PARTITION BY LIST (id);
CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1)`;

const locksSql = `
SELECT c.relname AS name, l.mode FROM pg_locks l JOIN pg_class c ON c.oid = l.relation
WHERE l.pid = $1 AND c.relname IN ('t', 'p', 'p1') AND l.locktype = 'relation'`;

const parser = createParser();

describe.each(majors)('on %i', major => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createDatabase(major);
  });
  afterAll(() => database.drop());

  it.each(cases)('%s', async (sql, holding) => {
    const [runner, holder, watcher] = [
      await openFor(database),
      await openFor(database),
      await openFor(database),
    ];
    value(await holder.script(setup));
    value(await holder.script(`BEGIN; ${holding}`));
    const running = runner.script(sql);
    const seen = new Map<string, number>();
    const look = async (): Promise<void> => {
      const {rows} = value(await watcher.query(locksSql, [runner.server.backendPid]));
      for (const {name, mode} of rows) {
        const level = levelOf(String(mode));
        seen.set(String(name), Math.max(level, seen.get(String(name)) ?? 0));
      }
    };
    for (let looks = 0; looks < 15; looks += 1) {
      await look();
      await new Promise(resolve => setTimeout(resolve, 10));
    }
    value(await holder.script('COMMIT'));
    value(await running);
    const [statement] = value(await parser.parse(sql));
    const said = new Map(
      (statement ? aloneLocksOf(statement) : []).map(({name, of, mode}) => [
        of === 'its-table' ? 't' : name.name,
        lockModes.indexOf(mode) + 1,
      ]),
    );
    expect(Object.fromEntries(seen)).toEqual(Object.fromEntries(said));
    for (const session of [runner, holder, watcher]) await session.close();
  });
});

/** `AccessExclusiveLock` of pg_locks. */
function levelOf(mode: string): number {
  const words = mode
    .replace(/Lock$/, '')
    .replaceAll(/(?<=[a-z])(?=[A-Z])/g, ' ')
    .toUpperCase();
  return lockModes.findIndex(each => each === words) + 1;
}
