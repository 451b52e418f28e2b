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

export const partitionPairs: readonly Pair[] = [
  {
    about: 'partitioned table with partitions',
    a: '',
    b: `CREATE TABLE p (at date NOT NULL, v int) PARTITION BY RANGE (at);
    CREATE TABLE p1 PARTITION OF p FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
    CREATE TABLE pd PARTITION OF p DEFAULT; CREATE INDEX p_v ON p (v)`,
  },
  {
    about: 'partition key',
    noWay: true,
    a: 'CREATE TABLE p (a int, b int) PARTITION BY RANGE (a)',
    b: 'CREATE TABLE p (a int, b int) PARTITION BY LIST (b)',
  },
  {
    about: 'partition key of an expression',
    noWay: true,
    a: 'CREATE TABLE p (a int, b text) PARTITION BY RANGE (a)',
    b: 'CREATE TABLE p (a int, b text) PARTITION BY RANGE (a, lower(b) COLLATE "C")',
  },
  {
    about: 'partition bound',
    setup: 'CREATE TABLE p (a int) PARTITION BY RANGE (a);',
    a: 'CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (1) TO (10)',
    b: 'CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (1) TO (20)',
  },
  {
    about: 'partition bound of a list with null',
    setup: 'CREATE TABLE p (a text) PARTITION BY LIST (a);',
    a: "CREATE TABLE p1 PARTITION OF p FOR VALUES IN ('x')",
    b: "CREATE TABLE p1 PARTITION OF p FOR VALUES IN ('x', 'it''s', NULL)",
  },
  {
    about: 'partition bound of a hash',
    setup: 'CREATE TABLE p (a int) PARTITION BY HASH (a);',
    a: 'CREATE TABLE p1 PARTITION OF p FOR VALUES WITH (MODULUS 4, REMAINDER 1)',
    b: 'CREATE TABLE p1 PARTITION OF p FOR VALUES WITH (MODULUS 4, REMAINDER 2)',
  },
  {
    about: 'default partition',
    setup: 'CREATE TABLE p (a int) PARTITION BY RANGE (a);',
    a: '',
    b: 'CREATE TABLE pd PARTITION OF p DEFAULT',
  },
  {
    about: 'attached or not',
    setup: 'CREATE TABLE p (a int) PARTITION BY RANGE (a); CREATE TABLE p1 (a int);',
    a: '',
    b: 'ALTER TABLE p ATTACH PARTITION p1 FOR VALUES FROM (0) TO (5)',
  },
  {
    about: 'partitions of partitions',
    noWay: true,
    setup: 'CREATE TABLE p (a int, b int) PARTITION BY RANGE (a);',
    a: 'CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (0) TO (5)',
    b: `CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (0) TO (5) PARTITION BY LIST (b);
    CREATE TABLE p11 PARTITION OF p1 FOR VALUES IN (1, 2)`,
  },
  {
    about: 'column of a partitioned table',
    setup:
      'CREATE TABLE p (a int) PARTITION BY RANGE (a); CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (0) TO (5);',
    a: '',
    b: "ALTER TABLE p ADD note text NOT NULL DEFAULT 'n'",
  },
  {
    about: 'index of a partitioned table',
    setup:
      'CREATE TABLE p (a int, b int) PARTITION BY RANGE (a); CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (0) TO (5);',
    a: '',
    b: 'CREATE INDEX p_b ON p (b)',
  },
  {
    about: 'index of a partition attached',
    noWay: true,
    setup:
      'CREATE TABLE p (a int, b int) PARTITION BY RANGE (a); CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (0) TO (5); CREATE INDEX p1_b ON p1 (b);',
    a: 'CREATE INDEX p_b ON ONLY p (b)',
    b: 'CREATE INDEX p_b ON ONLY p (b); ALTER INDEX p_b ATTACH PARTITION p1_b',
  },
  {
    about: 'primary key of a partitioned table',
    setup:
      'CREATE TABLE p (a int NOT NULL) PARTITION BY RANGE (a); CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (0) TO (5);',
    a: '',
    b: 'ALTER TABLE p ADD PRIMARY KEY (a)',
  },
  {
    about: 'foreign key of a partitioned table',
    setup:
      'CREATE TABLE r (id int PRIMARY KEY); CREATE TABLE p (a int) PARTITION BY RANGE (a); CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (0) TO (5);',
    a: '',
    b: 'ALTER TABLE p ADD FOREIGN KEY (a) REFERENCES r',
  },
  {
    about: 'foreign key to a partitioned table',
    setup:
      'CREATE TABLE p (a int PRIMARY KEY) PARTITION BY RANGE (a); CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (0) TO (5); CREATE TABLE t (a int);',
    a: '',
    b: 'ALTER TABLE t ADD FOREIGN KEY (a) REFERENCES p',
  },
  {
    about: 'check of a partition only',
    setup:
      'CREATE TABLE p (a int) PARTITION BY RANGE (a); CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (0) TO (5);',
    a: '',
    b: 'ALTER TABLE p1 ADD CONSTRAINT own CHECK (a <> 3)',
  },
  {
    about: 'default of a partition only',
    setup:
      'CREATE TABLE p (a int, b int DEFAULT 1) PARTITION BY RANGE (a); CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (0) TO (5);',
    a: '',
    b: 'ALTER TABLE p1 ALTER b SET DEFAULT 2',
  },
  {
    about: 'trigger of a partitioned table',
    setup:
      "CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'; CREATE TABLE p (a int) PARTITION BY RANGE (a); CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (0) TO (5);",
    a: '',
    b: 'CREATE TRIGGER g AFTER INSERT ON p FOR EACH ROW EXECUTE FUNCTION f()',
  },
  {
    about: 'inheritance',
    setup: 'CREATE TABLE q (a int); CREATE TABLE c (a int, b int);',
    a: '',
    b: 'ALTER TABLE c INHERIT q',
  },
  {
    about: 'inheritance of a column that was its own',
    noWay: true,
    setup: 'CREATE TABLE q (a int);',
    a: 'CREATE TABLE c (b int) INHERITS (q)',
    b: 'CREATE TABLE c (a int, b int)',
  },
  {
    about: 'inheritance of several',
    noWay: true,
    setup: 'CREATE TABLE q (a int); CREATE TABLE r (b int);',
    a: 'CREATE TABLE c () INHERITS (q, r)',
    b: 'CREATE TABLE c () INHERITS (r, q)',
  },
  {
    about: 'column of a parent',
    setup: 'CREATE TABLE q (a int); CREATE TABLE c (b int) INHERITS (q);',
    a: '',
    b: 'ALTER TABLE q ADD d text',
  },
  {
    about: 'check that is not inherited',
    setup: 'CREATE TABLE q (a int); CREATE TABLE c (b int) INHERITS (q);',
    a: 'ALTER TABLE q ADD CONSTRAINT k CHECK (a > 0)',
    b: 'ALTER TABLE q ADD CONSTRAINT k CHECK (a > 0) NO INHERIT',
  },
  {
    about: 'a child and a partition with defaults of their own',
    a: '',
    b: `CREATE TABLE q (a int DEFAULT 1, b int DEFAULT 2); CREATE TABLE c (d int) INHERITS (q); ALTER TABLE c ALTER a SET DEFAULT 5, ALTER b DROP DEFAULT;
    CREATE TABLE p (a int, b int DEFAULT 1) PARTITION BY RANGE (a); CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (0) TO (5); ALTER TABLE p1 ALTER b SET DEFAULT 2`,
  },
  {
    about: 'own default in a child',
    setup: 'CREATE TABLE q (a int DEFAULT 1); CREATE TABLE c (b int) INHERITS (q);',
    a: '',
    b: 'ALTER TABLE c ALTER a SET DEFAULT 5',
  },
];
