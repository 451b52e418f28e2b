import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import type {SchemaSnapshot} from '../../src/core/schema/objects.ts';
import {migrationTexts} from '../../src/core/schema/reconcile/migration-files.ts';
import {reconcile} from '../../src/core/schema/reconcile/reconcile.ts';
import type {Session} from '../../src/core/session.ts';
import {createDatabase, type TestDatabase} from '../rig/databases.ts';
import {readPlanned} from '../rig/planned.ts';
import {majors} from '../rig/servers.ts';
import {openFor, value} from '../rig/sessions.ts';
import {compared, schemaOf, told} from './rig.ts';

const before = `
CREATE TYPE mood AS ENUM ('good', 'bad', 'gone');
CREATE TABLE people (id int NOT NULL, name text, age text, feels mood DEFAULT 'good', since varchar(10));
CREATE TABLE pets (id int, owner int, kind text);
CREATE INDEX old_index ON pets (kind);
CREATE VIEW grown AS SELECT id, age FROM people WHERE feels = 'good';
CREATE TABLE days (at date NOT NULL, v int) PARTITION BY RANGE (at);
CREATE TABLE days_24 PARTITION OF days FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');`;

const rows = `
INSERT INTO people SELECT i, 'n' || i, i::text, 'bad', '2024-01-01' FROM generate_series(1, 50) AS i;
INSERT INTO pets SELECT i, i, 'cat' FROM generate_series(1, 50) AS i;
INSERT INTO days SELECT '2024-01-01'::date + i, i FROM generate_series(1, 50) AS i;`;

const after = `
CREATE TYPE mood AS ENUM ('bad', 'good');
CREATE TABLE people (
  id int PRIMARY KEY, name text NOT NULL, age int CHECK (age > 0), feels mood DEFAULT 'bad', since date,
  UNIQUE (name)
);
CREATE TABLE pets (id int NOT NULL UNIQUE, owner int REFERENCES people, kind text);
CREATE INDEX new_index ON pets (owner) WHERE kind = 'cat';
CREATE VIEW grown AS SELECT id, age FROM people WHERE feels = 'good';
CREATE TABLE days (at date NOT NULL, v int) PARTITION BY RANGE (at);
CREATE TABLE days_24 PARTITION OF days FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
CREATE INDEX days_v ON days (v);`;

describe.each(majors)('migrations on PostgreSQL %i, as tools send them', major => {
  let database: TestDatabase;
  let session: Session;

  beforeAll(async () => {
    database = await createDatabase(major);
    session = await openFor(database);
  });
  afterAll(async () => {
    await session.close();
    await database.drop();
  });

  it('keep the rows on the way there and back', async () => {
    const end = await schemaOf(session, after);
    value(await session.script(before));
    value(await session.script(rows));
    const start = await readPlanned(session);
    const [up, down] = [await reconcile({from: start, to: end}), await reconcile({from: end, to: start})];
    expect(up.leftOut).toEqual([]);
    const files = migrationTexts(up, down);
    const states: SchemaSnapshot[] = [start];
    for (const file of files) states.push(await ran(file.up));
    expect(told(await compared(end, states.at(-1) ?? start))).toEqual([]);
    expect(await counts()).toEqual([50, 50, 50]);
    for (const [at, file] of [...files.entries()].toReversed()) {
      const back = await ran(file.down);
      expect(
        told(await compared(states[at] ?? start, back)),
        `${file.title}\n${file.up}\n${file.down}`,
      ).toEqual([]);
    }
    expect(await counts()).toEqual([50, 50, 50]);
  });

  async function ran(sql: string): Promise<SchemaSnapshot> {
    const outcome = await session.script(sql);
    if (!outcome.ok) expect.fail(`${outcome.failure.message} in\n${sql}`);
    return readPlanned(session);
  }

  async function counts(): Promise<readonly number[]> {
    const found = await database.sql(
      'SELECT (SELECT count(*)::int FROM people) AS a, (SELECT count(*)::int FROM pets) AS b, (SELECT count(*)::int FROM days) AS c',
    );
    return Object.values(found[0] ?? {}).map(Number);
  }
});
