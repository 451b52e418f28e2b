import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {openFor, value} from '../../../rig/sessions.ts';
import {createDatabase, type TestDatabase} from '../../../rig/databases.ts';
import {majors} from '../../../rig/servers.ts';
import {readHealth} from '../../../../src/postgres/health/read-health.ts';

describe.each(majors)('PostgreSQL %i', major => {
  let db: TestDatabase;
  beforeAll(async () => {
    db = await createDatabase(major, 'health_indexes');
    await db.sql(
      `CREATE TABLE t (id int primary key, "Name" text, v varchar(10), d numeric(10,2)); CREATE INDEX t_v ON t (v, "Name" DESC) INCLUDE (d) WHERE v > 'a'; CREATE INDEX t_l ON t (lower("Name") text_pattern_ops, v varchar_pattern_ops, (id+1))`,
    );
  });
  afterAll(() => db.drop());
  it('reads', async () => {
    const session = await openFor(db);
    const read = value(await readHealth(session, ['indexes']));
    expect(read.reading.indexes?.kind).toBe('seen');
    await session.close();
  });
});
