import type {Pair} from '../pair.ts';

const t = 'CREATE TABLE t (id integer PRIMARY KEY, note text);';

export const tablePairs: readonly Pair[] = [
  {
    about: 'a table',
    a: '',
    b: "CREATE TABLE t (id integer PRIMARY KEY, note text NOT NULL DEFAULT 'x', CHECK (id > 0))",
  },
  {
    about: 'a table with serial, index, trigger and comments',
    a: '',
    b: `CREATE TABLE t (id bigserial PRIMARY KEY, note text);
    CREATE INDEX ON t (note);
    COMMENT ON TABLE t IS 'it''s'; COMMENT ON COLUMN t.note IS 'a\nb';
    CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
    CREATE TRIGGER g BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION f()`,
  },
  {about: 'a table of another name', a: 'CREATE TABLE orders (id int)', b: 'CREATE TABLE purchases (id int)'},
  {
    about: 'owner of a table',
    setup: `CREATE ROLE pair_one; ${t}`,
    a: '',
    b: 'ALTER TABLE t OWNER TO pair_one',
  },
  {
    about: 'comment of a table',
    setup: t,
    a: "COMMENT ON TABLE t IS 'one'",
    b: "COMMENT ON TABLE t IS 'two\\ and ''quotes'''",
  },
  {about: 'unlogged table', a: t, b: t.replace('TABLE', 'UNLOGGED TABLE')},
  {about: 'row security', setup: t, a: '', b: 'ALTER TABLE t ENABLE ROW LEVEL SECURITY'},
  {
    about: 'forced row security',
    setup: `${t} ALTER TABLE t ENABLE ROW LEVEL SECURITY;`,
    a: '',
    b: 'ALTER TABLE t FORCE ROW LEVEL SECURITY',
  },
  {about: 'replica identity full', setup: t, a: '', b: 'ALTER TABLE t REPLICA IDENTITY FULL'},
  {
    about: 'replica identity nothing',
    setup: t,
    a: 'ALTER TABLE t REPLICA IDENTITY FULL',
    b: 'ALTER TABLE t REPLICA IDENTITY NOTHING',
  },
  {
    about: 'replica identity by index',
    setup: 'CREATE TABLE t (id int NOT NULL); CREATE UNIQUE INDEX t_own ON t (id);',
    a: '',
    b: 'ALTER TABLE t REPLICA IDENTITY USING INDEX t_own',
  },
  {
    about: 'storage parameters of a table',
    setup: t,
    a: 'ALTER TABLE t SET (fillfactor = 70)',
    b: 'ALTER TABLE t SET (fillfactor = 80, autovacuum_enabled = false)',
  },
  {
    about: 'storage parameters of TOAST',
    setup: t,
    a: '',
    b: 'ALTER TABLE t SET (toast.autovacuum_enabled = false)',
  },
  {about: 'cluster mark', setup: t, a: '', b: 'ALTER TABLE t CLUSTER ON t_pkey'},
  {about: 'table in another schema', setup: 'CREATE SCHEMA s;', a: t, b: t.replace('TABLE t', 'TABLE s.t')},
  {
    about: 'tables of equal names in several schemas',
    setup:
      'CREATE SCHEMA s; CREATE SCHEMA r; CREATE TABLE s.t (a int); CREATE TABLE r.t (a int); CREATE TABLE t (a int);',
    a: 'ALTER TABLE s.t ADD b int',
    b: 'ALTER TABLE r.t ADD b int',
  },
  {
    about: 'typed table',
    setup: 'CREATE TYPE c AS (a int, b text);',
    a: 'CREATE TABLE t (a int, b text)',
    b: 'CREATE TABLE t OF c',
  },
  {
    about: 'quoted names',
    setup: 'CREATE SCHEMA "S s"; CREATE TABLE "S s"."T.t" ("a ""b""" int);',
    a: 'ALTER TABLE "S s"."T.t" ADD "select" text',
    b: 'ALTER TABLE "S s"."T.t" ADD "Select" text',
  },
  {
    about: 'names of 63 bytes',
    a: '',
    b: `CREATE TABLE ${'n'.repeat(63)} (${'c'.repeat(63)} int CONSTRAINT ${'k'.repeat(63)} CHECK (${'c'.repeat(63)} > 0)); CREATE INDEX ${'i'.repeat(63)} ON ${'n'.repeat(63)} (${'c'.repeat(63)})`,
  },
  {
    about: 'names beyond ASCII',
    a: 'CREATE TABLE "größe" ("länge" int)',
    b: 'CREATE TABLE "größe" ("länge" int, "😀" text)',
  },
  {
    about: 'column order',
    noWay: true,
    a: 'CREATE TABLE t (a int, b int, c int)',
    b: 'CREATE TABLE t (a int, c int, b int)',
  },
  {
    about: 'dropped column between others',
    a: 'CREATE TABLE t (a int, x int, c int); ALTER TABLE t DROP x',
    b: 'CREATE TABLE t (a int, c int, d int)',
  },
  {
    about: 'table with a cycle of foreign keys',
    a: '',
    b: `CREATE TABLE a (id int PRIMARY KEY, b_id int); CREATE TABLE b (id int PRIMARY KEY, a_id int REFERENCES a);
    ALTER TABLE a ADD FOREIGN KEY (b_id) REFERENCES b DEFERRABLE INITIALLY DEFERRED`,
  },
  {
    about: 'table that refers to itself',
    a: '',
    b: 'CREATE TABLE t (id int PRIMARY KEY, parent int REFERENCES t ON DELETE CASCADE)',
  },
  {
    about: 'privileges of a table',
    setup: `CREATE ROLE pair_one; CREATE ROLE pair_two; ${t}`,
    a: 'GRANT SELECT ON t TO pair_one',
    b: 'GRANT SELECT, UPDATE ON t TO pair_one WITH GRANT OPTION; GRANT INSERT ON t TO pair_two',
  },
  {about: 'privileges of a table for everybody', setup: t, a: '', b: 'GRANT SELECT ON t TO PUBLIC'},
  {
    about: 'privileges revoked from the owner',
    setup: t,
    a: '',
    b: 'REVOKE INSERT, DELETE ON t FROM CURRENT_USER',
  },
  {
    about: 'all privileges of a table',
    setup: `CREATE ROLE pair_one; ${t}`,
    a: '',
    b: 'GRANT ALL ON t TO pair_one',
  },
];
