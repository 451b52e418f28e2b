import type {Pair} from '../pair.ts';

const t = 'CREATE TABLE t (id int, note text);';

export const viewPairs: readonly Pair[] = [
  {about: 'a view', setup: t, a: '', b: 'CREATE VIEW v AS SELECT id, note FROM t WHERE id > 1'},
  {
    about: 'definition of a view',
    setup: t,
    a: 'CREATE VIEW v AS SELECT id FROM t',
    b: 'CREATE VIEW v AS SELECT id FROM t WHERE id > 0',
  },
  {
    about: 'columns of a view added',
    setup: t,
    a: 'CREATE VIEW v AS SELECT id FROM t',
    b: 'CREATE VIEW v AS SELECT id, note FROM t',
  },
  {
    about: 'columns of a view in another order',
    setup: t,
    a: 'CREATE VIEW v AS SELECT id, note FROM t',
    b: 'CREATE VIEW v AS SELECT note, id FROM t',
  },
  {
    about: 'views on views',
    setup: t,
    a: 'CREATE VIEW v AS SELECT id FROM t; CREATE VIEW w AS SELECT id FROM v; CREATE VIEW x AS SELECT v.id FROM v JOIN w USING (id)',
    b: 'CREATE VIEW v AS SELECT id + 1 AS id, note FROM t; CREATE VIEW w AS SELECT id FROM v; CREATE VIEW x AS SELECT v.id FROM v JOIN w USING (id)',
  },
  {
    about: 'security barrier',
    setup: t,
    a: 'CREATE VIEW v AS SELECT id FROM t',
    b: 'CREATE VIEW v WITH (security_barrier) AS SELECT id FROM t',
  },
  {
    about: 'security invoker',
    since: 15,
    setup: t,
    a: 'CREATE VIEW v AS SELECT id FROM t',
    b: 'CREATE VIEW v WITH (security_invoker = true) AS SELECT id FROM t',
  },
  {
    about: 'check option',
    setup: t,
    a: 'CREATE VIEW v AS SELECT id FROM t WHERE id > 1',
    b: 'CREATE VIEW v AS SELECT id FROM t WHERE id > 1 WITH CASCADED CHECK OPTION',
  },
  {
    about: 'default of a column of a view',
    setup: `${t} CREATE VIEW v AS SELECT id, note FROM t;`,
    a: '',
    b: "ALTER VIEW v ALTER note SET DEFAULT 'v'",
  },
  {
    about: 'comment of a column of a view',
    setup: `${t} CREATE VIEW v AS SELECT id, note FROM t;`,
    a: '',
    b: "COMMENT ON COLUMN v.note IS 'here'; COMMENT ON VIEW v IS 'there'",
  },
  {
    about: 'privileges of a view',
    setup: `CREATE ROLE pair_one; ${t} CREATE VIEW v AS SELECT id, note FROM t;`,
    a: '',
    b: 'GRANT SELECT ON v TO pair_one; GRANT UPDATE (note) ON v TO pair_one',
  },
  {about: 'view and table', setup: t, a: 'CREATE VIEW v AS SELECT id FROM t', b: 'CREATE TABLE v (id int)'},
  {
    about: 'recursive view',
    setup: t,
    a: '',
    b: 'CREATE RECURSIVE VIEW v (n) AS VALUES (1) UNION ALL SELECT n + 1 FROM v WHERE n < 10',
  },
  {
    about: 'view with a trigger and a rule',
    setup: `${t} CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'; CREATE VIEW v AS SELECT id FROM t; CREATE VIEW w AS SELECT id FROM t;`,
    a: '',
    b: 'CREATE TRIGGER g INSTEAD OF INSERT ON v FOR EACH ROW EXECUTE FUNCTION f(); CREATE RULE r AS ON DELETE TO w DO INSTEAD NOTHING',
  },
  {
    about: 'owner of a view',
    setup: `CREATE ROLE pair_one; ${t} CREATE VIEW v AS SELECT id FROM t;`,
    a: '',
    b: 'ALTER VIEW v OWNER TO pair_one',
  },
  {
    about: 'a materialized view',
    setup: t,
    a: '',
    b: 'CREATE MATERIALIZED VIEW m AS SELECT id, count(*) AS n FROM t GROUP BY id',
  },
  {
    about: 'definition of a materialized view with an index',
    setup: t,
    a: 'CREATE MATERIALIZED VIEW m AS SELECT id FROM t; CREATE INDEX k ON m (id)',
    b: 'CREATE MATERIALIZED VIEW m AS SELECT id FROM t WHERE id > 3; CREATE INDEX k ON m (id)',
  },
  {
    about: 'storage parameters of a materialized view',
    setup: `${t} CREATE MATERIALIZED VIEW m AS SELECT id FROM t;`,
    a: '',
    b: 'ALTER MATERIALIZED VIEW m SET (fillfactor = 50)',
  },
  {
    about: 'materialized view that is not populated',
    setup: t,
    a: 'CREATE MATERIALIZED VIEW m AS SELECT id FROM t',
    b: 'CREATE MATERIALIZED VIEW m AS SELECT id FROM t WITH NO DATA',
  },
  {
    about: 'view on a materialized view',
    setup: t,
    a: 'CREATE MATERIALIZED VIEW m AS SELECT id FROM t; CREATE VIEW v AS SELECT id FROM m',
    b: 'CREATE MATERIALIZED VIEW m AS SELECT id * 2 AS id FROM t; CREATE VIEW v AS SELECT id FROM m',
  },
];
