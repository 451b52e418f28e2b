import {relation, type Specimen} from './specimen.ts';

/** The second half of the catalogue; it may refer to the first. */
export const more: readonly Specimen[] = [
  {
    name: 'index i_more',
    kind: 'index',
    sql: 'CREATE INDEX i_more ON s.customers (name DESC)',
    oid: `'s.i_more'::regclass`,
  },
  {
    name: 'constraint on customers',
    kind: 'constraint',
    sql: `ALTER TABLE s.customers ADD CONSTRAINT "more Than" CHECK (id > 3) NOT VALID`,
    oid: `(SELECT oid FROM pg_constraint WHERE conname = 'more Than')`,
  },
  {
    name: 'trigger on customers',
    kind: 'trigger',
    sql: `CREATE TRIGGER late AFTER UPDATE OF email, name ON s.customers FOR EACH ROW EXECUTE FUNCTION s.touch('it''s', 'b');
      ALTER TABLE s.customers ENABLE REPLICA TRIGGER late`,
    oid: `(SELECT oid FROM pg_trigger WHERE tgname = 'late')`,
  },
  {
    name: 'policy on customers',
    kind: 'policy',
    sql: `CREATE POLICY "my Own" ON s.customers AS RESTRICTIVE FOR UPDATE TO CURRENT_USER, PUBLIC USING (id = 1) WITH CHECK (name <> 'x')`,
    oid: `(SELECT oid FROM pg_policy WHERE polname = 'my Own')`,
  },

  relation(
    's.events',
    `CREATE TABLE s.events (id bigint, at date NOT NULL, what text DEFAULT 'x', CONSTRAINT events_key PRIMARY KEY (id, at),
       customer int REFERENCES s.customers, CONSTRAINT named CHECK (what <> '')) PARTITION BY RANGE (at);
     CREATE INDEX events_what ON s.events (what); CREATE UNIQUE INDEX "Odd part" ON s.events (at, id) INCLUDE (what);
     CREATE TRIGGER each_row AFTER INSERT ON s.events FOR EACH ROW EXECUTE FUNCTION s.touch();
     COMMENT ON INDEX s.events_what IS 'what happened'; COMMENT ON TABLE s.events IS 'all'`,
  ),
  relation(
    's.events_2024',
    `CREATE TABLE s.events_2024 PARTITION OF s.events (CONSTRAINT own CHECK (id > 0)) FOR VALUES FROM ('2024-01-01') TO ('2025-01-01') WITH (fillfactor = 90);
     ALTER TABLE s.events_2024 ALTER what SET DEFAULT 'y'; CREATE INDEX own_index ON s.events_2024 (customer);
     CREATE TRIGGER own_trigger BEFORE DELETE ON s.events_2024 FOR EACH ROW EXECUTE FUNCTION s.touch()`,
  ),
  relation(
    's.events_2025',
    `CREATE TABLE s.events_2025 PARTITION OF s.events FOR VALUES FROM ('2025-01-01') TO (MAXVALUE) PARTITION BY RANGE (id)`,
  ),
  relation(
    's.events_2025_a',
    `CREATE TABLE s.events_2025_a PARTITION OF s.events_2025 FOR VALUES FROM (MINVALUE) TO (100)`,
  ),
  relation('s.events_2025_rest', `CREATE TABLE s.events_2025_rest PARTITION OF s.events_2025 DEFAULT`),
  relation(
    's.events_rest',
    `CREATE TABLE s.events_rest (customer int, what text, at date NOT NULL, id bigint NOT NULL, CONSTRAINT named CHECK (what <> ''));
     CREATE UNIQUE INDEX mine ON s.events_rest (at, id) INCLUDE (what);
     ALTER TABLE s.events ATTACH PARTITION s.events_rest DEFAULT`,
  ),
  relation('s.listed', `CREATE TABLE s.listed (what text) PARTITION BY LIST (lower(what))`),
  relation('s.listed_a', `CREATE TABLE s.listed_a PARTITION OF s.listed FOR VALUES IN ('a', 'it''s', NULL)`),
  relation(
    's.hashed',
    `CREATE TABLE s.hashed (a int, b text COLLATE "C") PARTITION BY HASH (a, b COLLATE "POSIX" text_pattern_ops)`,
  ),
  relation(
    's.hashed_0',
    `CREATE TABLE s.hashed_0 PARTITION OF s.hashed FOR VALUES WITH (MODULUS 3, REMAINDER 0)`,
  ),
  relation(
    's.counted',
    'CREATE TABLE s.counted (id bigint GENERATED ALWAYS AS IDENTITY, at date) PARTITION BY RANGE (at)',
    17,
  ),
  relation('s.counted_all', 'CREATE TABLE s.counted_all PARTITION OF s.counted DEFAULT', 17),
  relation(
    's.points_to_parts',
    `CREATE TABLE s.points_to_parts (id bigint, at date, FOREIGN KEY (id, at) REFERENCES s.events)`,
  ),
  relation(
    's.parent',
    `CREATE TABLE s.parent (a int NOT NULL DEFAULT 1, b text DEFAULT 'p', c int CHECK (c > 0), d int)`,
  ),
  relation('s.other_parent', `CREATE TABLE s.other_parent (z int, a int)`),
  relation(
    's.child',
    `CREATE TABLE s.child (own int, b text NOT NULL DEFAULT 'mine', CHECK (own < 5)) INHERITS (s.parent, s.other_parent);
     ALTER TABLE s.child ALTER d SET DEFAULT 9, ALTER d SET NOT NULL, ALTER a DROP DEFAULT`,
  ),

  relation(
    's.buyers',
    `CREATE VIEW s.buyers AS SELECT c.id, c.name AS "the Name", count(*) AS n FROM s.customers AS c GROUP BY c.id;
     COMMENT ON VIEW s.buyers IS 'v'; COMMENT ON COLUMN s.buyers."the Name" IS 'named'`,
  ),
  relation(
    's.top_buyers',
    `CREATE VIEW s.top_buyers WITH (security_barrier) AS SELECT * FROM s.buyers WHERE n > 3 AND "the Name" ~ 'a|b'`,
  ),
  relation(
    's.open_orders',
    `CREATE VIEW s.open_orders AS SELECT id, total FROM s.orders WHERE total > 0 WITH CASCADED CHECK OPTION;
     ALTER VIEW s.open_orders ALTER total SET DEFAULT 5;
     CREATE TRIGGER instead INSTEAD OF UPDATE ON s.open_orders FOR EACH ROW EXECUTE FUNCTION s.touch();
     CREATE RULE no_delete AS ON DELETE TO s.open_orders DO INSTEAD NOTHING; COMMENT ON RULE no_delete ON s.open_orders IS 'never'`,
  ),
  relation('s.invoker', 'CREATE VIEW s.invoker WITH (security_invoker = true) AS SELECT 1 AS one', 15),
  relation(
    's.chain',
    `CREATE RECURSIVE VIEW s.chain (n) AS VALUES (1) UNION ALL SELECT n + 1 FROM chain WHERE n < 5`,
  ),
  relation(
    's.totals',
    `CREATE MATERIALIZED VIEW s.totals WITH (fillfactor = 60) AS SELECT id, n FROM s.buyers;
     CREATE UNIQUE INDEX totals_id ON s.totals (id); ALTER MATERIALIZED VIEW s.totals ALTER n SET STATISTICS 7;
     COMMENT ON MATERIALIZED VIEW s.totals IS 'sums'`,
  ),
  relation('s.unpopulated', 'CREATE MATERIALIZED VIEW s.unpopulated AS SELECT 1 AS one WITH NO DATA'),
  relation(
    's.watched',
    `CREATE TABLE s.watched (a int, b text, c int);
     CREATE TRIGGER w_when BEFORE UPDATE OF a ON s.watched FOR EACH ROW WHEN (OLD.a IS DISTINCT FROM NEW.a) EXECUTE FUNCTION s.touch();
     CREATE TRIGGER w_tables AFTER UPDATE ON s.watched REFERENCING OLD TABLE AS before NEW TABLE AS "After" FOR EACH STATEMENT EXECUTE FUNCTION s.touch();
     CREATE CONSTRAINT TRIGGER w_late AFTER INSERT ON s.watched DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION s.touch();
     CREATE TRIGGER w_off BEFORE DELETE ON s.watched FOR EACH STATEMENT EXECUTE FUNCTION s.touch();
     ALTER TABLE s.watched DISABLE TRIGGER w_off; ALTER TABLE s.watched ENABLE ALWAYS TRIGGER w_when;
     COMMENT ON TRIGGER w_off ON s.watched IS 'sleeps';
     CREATE STATISTICS s.ab (ndistinct, mcv) ON a, c FROM s.watched; CREATE STATISTICS s.expr ON lower(b), a FROM s.watched;
     ALTER STATISTICS s.ab SET STATISTICS 50; COMMENT ON STATISTICS s.ab IS 'together'`,
  ),
  relation(
    's.secured',
    `CREATE TABLE s.secured (a int, owner name);
     ALTER TABLE s.secured ENABLE ROW LEVEL SECURITY; ALTER TABLE s.secured FORCE ROW LEVEL SECURITY;
     CREATE POLICY "read Own" ON s.secured FOR SELECT USING (owner = CURRENT_USER);
     CREATE POLICY writes ON s.secured FOR INSERT TO postgres, pg_monitor WITH CHECK (a > 0 AND EXISTS (SELECT 1 FROM s.customers c WHERE c.id = a));
     CREATE POLICY strict ON s.secured AS RESTRICTIVE USING (a < 100); COMMENT ON POLICY strict ON s.secured IS 'it''s strict'`,
  ),
  relation(
    's.policy_but_off',
    `CREATE TABLE s.policy_but_off (a int); CREATE POLICY p ON s.policy_but_off USING (true)`,
  ),
  relation(
    's.remote',
    `CREATE FOREIGN TABLE s.remote (id int OPTIONS (column_name 'the "id"') NOT NULL, b text DEFAULT 'x', CHECK (id > 0))
       SERVER "else where" OPTIONS (schema_name 'it''s', "table Name" 't')`,
  ),
];
