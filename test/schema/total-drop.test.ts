import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {reconcile} from '../../src/core/schema/reconcile/reconcile.ts';
import type {SchemaSnapshot} from '../../src/core/schema/objects.ts';
import type {Session} from '../../src/core/session.ts';
import {createDatabase, type TestDatabase} from '../rig/databases.ts';
import {readPlanned} from '../rig/planned.ts';
import {openFor, value} from '../rig/sessions.ts';
import {history} from './history.ts';
import {compared, inTransaction, told} from './rig.ts';

/** What is used before it is there, or by more than one: each is dropped as a whole. */
const cases: readonly (readonly [string, string])[] = [
  ['a type of a column', `CREATE TYPE mood AS ENUM ('a'); CREATE TABLE t (m mood DEFAULT 'a')`],
  [
    'a type of an array of a domain',
    `CREATE DOMAIN d AS int; CREATE TYPE c AS (a d[]); CREATE TABLE t (c c[])`,
  ],
  [
    'a type of a function and of its default',
    `CREATE TYPE mood AS ENUM ('a'); CREATE FUNCTION f(m mood DEFAULT 'a') RETURNS SETOF mood LANGUAGE sql AS 'SELECT m'`,
  ],
  [
    'a type that a view shows',
    `CREATE TYPE mood AS ENUM ('a'); CREATE VIEW v AS SELECT 'a'::mood AS m; CREATE VIEW w AS SELECT * FROM v`,
  ],
  [
    'a row type of a table',
    `CREATE TABLE a (n int); CREATE TABLE b (a a, more a[]); CREATE FUNCTION f(a) RETURNS b LANGUAGE sql AS 'SELECT NULL::b'`,
  ],
  [
    'a domain with a check by a function',
    `CREATE FUNCTION ok(int) RETURNS bool LANGUAGE sql IMMUTABLE AS 'SELECT true'; CREATE DOMAIN d AS int CHECK (ok(VALUE)); CREATE TABLE t (d d)`,
  ],
  [
    'a function of a default, an index and a check',
    `CREATE FUNCTION f(int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT 1'; CREATE TABLE t (a int DEFAULT f(1), b int GENERATED ALWAYS AS (f(2)) STORED, CHECK (f(a) > 0)); CREATE INDEX ON t (f(a))`,
  ],
  [
    'a sequence of a default',
    `CREATE SEQUENCE s; CREATE TABLE t (a int DEFAULT nextval('s'), b serial, c int GENERATED ALWAYS AS IDENTITY); ALTER SEQUENCE s OWNED BY t.a`,
  ],
  [
    'tables that refer to each other',
    `CREATE TABLE a (n int PRIMARY KEY); CREATE TABLE b (n int PRIMARY KEY REFERENCES a); ALTER TABLE a ADD FOREIGN KEY (n) REFERENCES b`,
  ],
  [
    'partitions with indexes and keys',
    `CREATE TABLE p (n int PRIMARY KEY, m text) PARTITION BY RANGE (n); CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (1) TO (2); CREATE INDEX ON p (m); CREATE TABLE q (p int REFERENCES p)`,
  ],
  [
    'a base type with its functions',
    `CREATE TYPE base; CREATE FUNCTION base_in(cstring) RETURNS base LANGUAGE internal IMMUTABLE STRICT AS 'boolin'; CREATE FUNCTION base_out(base) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'boolout'; CREATE TYPE base (INPUT = base_in, OUTPUT = base_out, LIKE = bool); CREATE TABLE t (b base)`,
  ],
  [
    'a range type with its function',
    `CREATE FUNCTION diff(int, int) RETURNS float8 LANGUAGE sql IMMUTABLE AS 'SELECT 1.0::float8'; CREATE TYPE r AS RANGE (SUBTYPE = int, SUBTYPE_DIFF = diff); CREATE TABLE t (r r)`,
  ],
  [
    'an aggregate, an operator and a cast',
    `CREATE TYPE c AS (n int); CREATE FUNCTION less(c, c) RETURNS bool LANGUAGE sql IMMUTABLE AS 'SELECT true'; CREATE OPERATOR <<< (LEFTARG = c, RIGHTARG = c, FUNCTION = less); CREATE FUNCTION step(c, int) RETURNS c LANGUAGE sql AS 'SELECT $1'; CREATE AGGREGATE agg(int) (SFUNC = step, STYPE = c); CREATE FUNCTION as_int(c) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT 1'; CREATE CAST (c AS int) WITH FUNCTION as_int(c)`,
  ],
  [
    'a view with rules, a trigger and rights',
    `CREATE TABLE t (n int); CREATE VIEW v AS SELECT n FROM t; CREATE RULE r AS ON INSERT TO v DO INSTEAD INSERT INTO t VALUES (new.n); CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'; CREATE TRIGGER g INSTEAD OF DELETE ON v FOR EACH ROW EXECUTE FUNCTION f(); GRANT SELECT ON v TO PUBLIC`,
  ],
  [
    'views that use each other’s rows',
    `CREATE TABLE t (n int PRIMARY KEY, m int); CREATE VIEW v AS SELECT n, m FROM t GROUP BY n; CREATE MATERIALIZED VIEW w AS SELECT v AS whole FROM v; CREATE FUNCTION f() RETURNS SETOF v LANGUAGE sql AS 'SELECT * FROM v'`,
  ],
  [
    'schemas that need each other',
    `CREATE SCHEMA one; CREATE SCHEMA two; CREATE TYPE one.a AS ENUM ('x'); CREATE TABLE two.t (a one.a); CREATE VIEW one.v AS SELECT * FROM two.t`,
  ],
  [
    'children that inherit',
    `CREATE TYPE mood AS ENUM ('a'); CREATE TABLE a (m mood); CREATE TABLE b (n mood) INHERITS (a); CREATE TABLE c () INHERITS (b)`,
  ],
  [
    'a collation and a statistics object',
    `CREATE COLLATION mine FROM "C"; CREATE DOMAIN d AS text COLLATE mine; CREATE TABLE t (a d, b text COLLATE mine); CREATE STATISTICS s ON a, b FROM t`,
  ],
  [
    'a body of SQL',
    `CREATE TYPE mood AS ENUM ('a'); CREATE TABLE t (m mood); CREATE FUNCTION f(m mood) RETURNS bigint BEGIN ATOMIC SELECT count(*) FROM t WHERE t.m = f.m; END; CREATE VIEW v AS SELECT f('a')`,
  ],
  [
    'a policy that asks a table with a foreign key back',
    `CREATE TABLE a (n int PRIMARY KEY); CREATE TABLE b (n int REFERENCES a); CREATE POLICY p ON a USING (EXISTS (SELECT FROM b WHERE b.n = a.n))`,
  ],
  [
    'a rule that writes to a table with a foreign key back',
    `CREATE TABLE a (n int PRIMARY KEY); CREATE TABLE b (n int REFERENCES a); CREATE RULE r AS ON INSERT TO a DO ALSO INSERT INTO b VALUES (new.n)`,
  ],
  [
    'a trigger whose function has the table in its body',
    `CREATE TABLE a (n int); CREATE FUNCTION has(a) RETURNS bool LANGUAGE sql IMMUTABLE AS 'SELECT true'; CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN new; END'; CREATE TRIGGER g BEFORE UPDATE ON a FOR EACH ROW WHEN (has(old)) EXECUTE FUNCTION f()`,
  ],
  [
    'a check of the whole row',
    `CREATE TABLE a (n int); CREATE FUNCTION fine(a) RETURNS bool LANGUAGE sql IMMUTABLE AS 'SELECT true'; ALTER TABLE a ADD CHECK (fine(a))`,
  ],
  [
    'a default from a function that reads the table',
    `CREATE TABLE a (n int); CREATE FUNCTION next() RETURNS bigint BEGIN ATOMIC SELECT count(*) FROM a; END; ALTER TABLE a ALTER n SET DEFAULT next()`,
  ],
  ['all of a rich schema', history.join(';\n')],
];

describe.each([14, 18] as const)('PostgreSQL %i', major => {
  let database: TestDatabase;
  let session: Session;
  let empty: SchemaSnapshot;
  beforeAll(async () => {
    database = await createDatabase(major, 'total_drop');
    session = await openFor(database);
    empty = await readPlanned(session);
  });
  afterAll(async () => {
    await session.close();
    await database.drop();
  });

  it.each(cases)('drops all: %s', async (_, sql) => {
    await inTransaction(session, async () => {
      value(await session.script(sql));
      const from = await readPlanned(session);
      const comparison = await compared(empty, from);
      const {statements} = await reconcile({from, to: empty, comparison, options: {safe: false}});
      for (const statement of statements) {
        const done = await session.script(statement.sql);
        if (!done.ok)
          expect.fail(
            `${statement.sql}: ${done.failure.message}\n${statements.map(each => each.sql).join(';\n')}`,
          );
      }
      expect(told(await compared(empty, await readPlanned(session)))).toEqual([]);
    });
  });
});
