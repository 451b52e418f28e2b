import type {Pair} from '../pair.ts';

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
