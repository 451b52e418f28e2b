import {afterEach, beforeEach, describe, expect, it} from 'vitest';
import type {Session} from '../../src/core/session.ts';
import type {ProjectOptions} from '../../src/frameworks/framework.ts';
import {golangFixture, type GolangFixture} from './golang-fixture.ts';
import {must} from './sessions.ts';

interface Case {
  readonly what: string;
  /** The second migration; the first makes `t1`, the third `t3`. */
  readonly up?: string;
  readonly thirdDown?: string;
  /** What the failed run has left behind. */
  readonly left: string;
  readonly dirty: number;
  readonly options?: ProjectOptions;
  readonly direction: 'up' | 'down' | 'unknown';
  readonly words: RegExp;
  /** The version that is recommended, `no version`, or `none` for no advice. */
  readonly advice: string;
}

const make = 'CREATE TABLE t1 (id int);';
const cases: readonly Case[] = [
  {
    what: 'nothing is left',
    up: 'CREATE TABLE t2 (id int); ALTER TABLE t1 ADD COLUMN note text;',
    left: make,
    dirty: 2,
    direction: 'up',
    words: /None of its changes.*rolled back/,
    advice: '1',
  },
  {
    what: 'all of it is there',
    up: 'CREATE TABLE t2 (id int); ALTER TABLE t1 ADD COLUMN note text;',
    left: `${make} CREATE TABLE t2 (id int); ALTER TABLE t1 ADD COLUMN note text;`,
    dirty: 2,
    direction: 'unknown',
    words: /ran completely/,
    advice: '2',
  },
  {
    what: 'a part of a file that is one transaction was there before',
    up: 'CREATE TABLE t2 (id int); ALTER TABLE t1 ADD COLUMN note text;',
    left: `${make} CREATE TABLE t2 (id int);`,
    dirty: 2,
    direction: 'up',
    words: /those objects were there before/,
    advice: '1',
  },
  {
    what: 'a part of a file that commits by itself',
    up: 'BEGIN; CREATE TABLE t2 (id int); COMMIT; ALTER TABLE t1 ADD COLUMN note text;',
    left: `${make} CREATE TABLE t2 (id int);`,
    dirty: 2,
    direction: 'up',
    words: /half-applied/,
    advice: 'none',
  },
  {
    what: 'a part in multi-statement mode',
    up: 'CREATE TABLE t2 (id int); ALTER TABLE t1 ADD COLUMN note text;',
    left: `${make} CREATE TABLE t2 (id int);`,
    dirty: 2,
    options: {'x-multi-statement': 'true'},
    direction: 'up',
    words: /half-applied/,
    advice: 'none',
  },
  {
    what: 'data only',
    up: 'INSERT INTO t1 VALUES (1);',
    left: make,
    dirty: 2,
    direction: 'unknown',
    words: /cannot be told.*completely or not at all/,
    advice: 'none',
  },
  {
    what: 'only statements that succeed anyway',
    up: 'CREATE TABLE IF NOT EXISTS t2 (id int); DROP TABLE IF EXISTS gone;',
    left: `${make} CREATE TABLE t2 (id int);`,
    dirty: 2,
    direction: 'unknown',
    words: /cannot be told/,
    advice: 'none',
  },
  {
    what: 'a table that is made anew',
    up: 'DROP TABLE t1; CREATE TABLE t1 (id bigint);',
    left: make,
    dirty: 2,
    direction: 'unknown',
    words: /cannot be told/,
    advice: 'none',
  },
  {
    what: 'a syntax error',
    up: 'CREATE TABEL t2 (id int);',
    left: make,
    dirty: 2,
    direction: 'unknown',
    words: /cannot be told/,
    advice: 'none',
  },
  {what: 'no file', left: make, dirty: 9, direction: 'unknown', words: /cannot be told/, advice: 'none'},
  {
    what: 'the first one',
    left: '',
    dirty: 1,
    direction: 'up',
    words: /None of its changes/,
    advice: 'no version',
  },
  {
    what: 'a rollback that was undone',
    up: 'CREATE TABLE t2 (id int);',
    left: `${make} CREATE TABLE t2 (id int); CREATE TABLE t3 (id int);`,
    dirty: 2,
    direction: 'down',
    words: /rolling back 3_third.*None of its changes/,
    advice: '3',
  },
  {
    what: 'a rollback that was completed',
    up: 'CREATE TABLE t2 (id int);',
    left: `${make} CREATE TABLE t2 (id int);`,
    dirty: 2,
    direction: 'unknown',
    words: /ran completely/,
    advice: '2',
  },
];

/** One statement for each kind of object that can be looked up. */
const everyKind = `
CREATE SCHEMA "New";
CREATE EXTENSION citext;
CREATE TABLE "New"."Table" (id int);
CREATE VIEW v AS SELECT 1 AS a;
CREATE MATERIALIZED VIEW m AS SELECT 1 AS a;
CREATE SEQUENCE s;
CREATE INDEX "Index" ON "New"."Table" (id);
CREATE TYPE mood AS ENUM ('good');
CREATE DOMAIN positive AS int CHECK (VALUE > 0);
ALTER TYPE old_mood ADD VALUE 'it''s new';
CREATE FUNCTION "New".f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
CREATE TRIGGER g BEFORE INSERT ON t1 FOR EACH ROW EXECUTE FUNCTION "New".f();
CREATE POLICY p ON t1;
ALTER TABLE t1 ADD COLUMN note text, ADD CONSTRAINT positive_id CHECK (id > 0);
ALTER TABLE t1 RENAME COLUMN old TO renamed;
DROP TABLE dropped;
ALTER TABLE t1 DROP COLUMN unused;
`;

describe.each([14, 18] as const)('a dirty database of golang-migrate on PostgreSQL %i', major => {
  let fixture: GolangFixture;
  let session: Session;

  beforeEach(async () => {
    fixture = await golangFixture(major);
    session = must(await fixture.open());
    await fixture.file('1_first.up.sql', make);
    await fixture.file('3_third.up.sql', 'CREATE TABLE t3 (id int);');
    await fixture.file('3_third.down.sql', 'DROP TABLE IF EXISTS t3;');
    await fixture.database.sql(
      'CREATE TABLE schema_migrations (version bigint not null primary key, dirty boolean not null)',
    );
  });

  afterEach(async () => {
    await session.close();
    await fixture.dispose();
  });

  const diagnose = async (version: number, options: ProjectOptions = {}) => {
    await fixture.database.sql(
      `TRUNCATE schema_migrations; INSERT INTO schema_migrations VALUES (${version}, true)`,
    );
    const status = must(await fixture.project.status(session, options));
    return must(await fixture.project.diagnose(session, status, options));
  };

  it.each(cases)('$what', async ({up, left, dirty, options, direction, words, advice}) => {
    if (up !== undefined) await fixture.file('2_second.up.sql', up);
    if (left !== '') await fixture.database.sql(left);
    const diagnosis = await diagnose(dirty, options);
    expect(diagnosis.direction).toBe(direction);
    expect(diagnosis.words).toMatch(words);
    const recommended = diagnosis.choices.filter(choice => choice.recommended);
    expect(recommended.map(({id}) => id ?? 'no version')).toEqual(advice === 'none' ? [] : [advice]);
    expect(diagnosis.choices.length).toBeGreaterThanOrEqual(2);
    expect(new Set(diagnosis.choices.map(({id}) => id)).size).toBe(diagnosis.choices.length);
  });

  it('looks up every kind of object', async () => {
    await fixture.database.sql(
      `CREATE TABLE t1 (id int, old int, unused int); CREATE TABLE dropped (id int); CREATE TYPE old_mood AS ENUM ('old')`,
    );
    await fixture.file('2_second.up.sql', everyKind);
    const before = await diagnose(2);
    expect(before.traces.map(({object, found}) => [object, found])).toEqual(
      before.traces.map(({object}) => [object, 'not-done']),
    );
    expect(before.traces).toHaveLength(19);
    await fixture.database.sql(everyKind);
    const after = await diagnose(2);
    expect(after.traces.map(({object, found}) => [object, found])).toEqual(
      before.traces.map(({object}) => [object, 'done']),
    );
    expect(after.traces[2]).toMatchObject({line: 3, statement: 'CREATE TABLE "New"."Table" (id int)'});
  });
});
