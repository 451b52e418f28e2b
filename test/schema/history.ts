/** A history of all common kinds of statements, one migration each, that runs on PostgreSQL 14 and newer. */
export const history: readonly string[] = [
  `CREATE SCHEMA billing; COMMENT ON SCHEMA billing IS 'Money';`,
  `CREATE TYPE mood AS ENUM ('sad', 'ok', 'glad'); CREATE TYPE address AS (street text, zip varchar(10));`,
  `CREATE DOMAIN email AS varchar(320) CHECK (VALUE ~* '^[^@]+@[^@]+$') NOT NULL; CREATE DOMAIN cents AS bigint DEFAULT 0 CHECK (VALUE >= 0);`,
  `CREATE TABLE people (
     id bigserial PRIMARY KEY,
     mail email UNIQUE,
     name varchar(100) NOT NULL DEFAULT 'nobody',
     state varchar(10) DEFAULT 'new' CHECK (state IN ('new', 'active', 'gone')),
     born date CHECK (born > '1900-01-01'),
     feeling mood DEFAULT 'ok',
     home address,
     tags text[] NOT NULL DEFAULT '{}',
     meta jsonb DEFAULT '{}'::jsonb,
     made timestamptz NOT NULL DEFAULT now(),
     changed timestamptz DEFAULT CURRENT_TIMESTAMP,
     token uuid DEFAULT gen_random_uuid(),
     CHECK (name <> '' AND (born IS NULL OR born < DATE '2100-01-01')),
     CONSTRAINT fine CHECK (CASE WHEN state = 'gone' THEN mail IS NULL ELSE length(name) BETWEEN 1 AND 100 END)
   );`,
  `CREATE TABLE billing.accounts (
     id integer GENERATED ALWAYS AS IDENTITY (START 1000) PRIMARY KEY,
     person bigint NOT NULL REFERENCES people ON DELETE CASCADE,
     balance cents,
     rate numeric(5,2) DEFAULT 1.5 CHECK (rate > -1.0 AND rate <= 100),
     total numeric GENERATED ALWAYS AS (balance * (1 + rate / 100)) STORED,
     kind char(1) CHECK (kind = ANY (ARRAY['a', 'b'])),
     period interval DEFAULT '1 day',
     during tsrange,
     EXCLUDE USING gist (during WITH &&) WHERE (balance > 0),
     UNIQUE (person, kind) DEFERRABLE INITIALLY DEFERRED
   );`,
  `ALTER TABLE people ADD COLUMN account integer REFERENCES billing.accounts ON DELETE SET NULL DEFERRABLE;`,
  `CREATE INDEX people_name ON people (lower(name) text_pattern_ops, born DESC NULLS LAST) INCLUDE (mail) WHERE state IN ('new', 'active');
   CREATE UNIQUE INDEX people_token ON people (token) WHERE token IS NOT NULL AND state <> 'gone';
   CREATE INDEX people_tags ON people USING gin (tags) WITH (fastupdate = off);
   CREATE INDEX people_meta ON people USING gin ((meta -> 'a') jsonb_path_ops);
   CREATE INDEX people_made ON people USING brin (made) WITH (pages_per_range = 8);
   CREATE INDEX people_expr ON people ((date_part('year', born)), (coalesce(name, 'x') || state) COLLATE "C");`,
  `CREATE TABLE events (at timestamptz NOT NULL, person bigint, kind text, n int, PRIMARY KEY (at, n)) PARTITION BY RANGE (at);
   CREATE TABLE events_2024 PARTITION OF events FOR VALUES FROM ('2024-01-01 00:00:00+00') TO ('2025-01-01 00:00:00+00');
   CREATE TABLE events_rest PARTITION OF events DEFAULT;
   CREATE INDEX events_person ON events (person);
   ALTER TABLE events ADD FOREIGN KEY (person) REFERENCES people;`,
  `CREATE TABLE lists (a text, b int) PARTITION BY LIST (lower(a));
   CREATE TABLE lists_1 PARTITION OF lists FOR VALUES IN ('x', 'y') PARTITION BY HASH (b);
   CREATE TABLE lists_1_0 PARTITION OF lists_1 FOR VALUES WITH (MODULUS 2, REMAINDER 0);`,
  `CREATE TABLE base (id int, note text DEFAULT 'n', CHECK (id > 0)); CREATE TABLE special (extra int) INHERITS (base); ALTER TABLE special ALTER note SET DEFAULT 's';`,
  `CREATE SEQUENCE numbers AS int INCREMENT 5 MINVALUE 5 MAXVALUE 500 CYCLE; CREATE TABLE numbered (n int DEFAULT nextval('numbers') PRIMARY KEY); ALTER SEQUENCE numbers OWNED BY numbered.n;`,
  `CREATE VIEW active AS SELECT * FROM people WHERE state = 'active' AND made > now() - interval '30 days';
   CREATE VIEW named (who, since) AS SELECT p.name, p.made FROM people p WHERE p.name LIKE 'a%' OR p.name ILIKE '%b' OR p.name SIMILAR TO 'c|d' OR p.name !~ 'e';`,
  `CREATE VIEW joined AS SELECT p.id, a.id AS account, a.balance, coalesce(a.rate, 0) AS rate, (a.balance)::numeric / 100 AS euros
   FROM people p JOIN billing.accounts a ON a.person = p.id LEFT JOIN events e ON e.person = p.id AND e.kind IN ('x', 'y') WHERE a.balance IS DISTINCT FROM 0;
   CREATE VIEW using_join AS SELECT * FROM (SELECT id, name FROM people) x JOIN (SELECT id, note FROM base) y USING (id) NATURAL LEFT JOIN (SELECT id FROM active) z;`,
  `CREATE VIEW counted WITH (security_barrier) AS SELECT state, count(*) AS n, count(*) FILTER (WHERE born IS NOT NULL) AS born, sum(id) OVER w AS running, array_agg(name ORDER BY name DESC NULLS LAST) AS names
   FROM people GROUP BY state, id HAVING count(*) > 1 WINDOW w AS (PARTITION BY state ORDER BY id ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) ORDER BY state DESC, n LIMIT 10 OFFSET 1;
   CREATE VIEW grouped AS SELECT state, feeling, grouping(state) AS g, count(DISTINCT name) AS c, percentile_cont(0.5) WITHIN GROUP (ORDER BY id) AS middle FROM people GROUP BY GROUPING SETS ((state), (feeling), ()), ROLLUP (born);`,
  `CREATE VIEW deep AS WITH RECURSIVE tree AS (SELECT id, 1 AS depth FROM people UNION ALL SELECT t.id, t.depth + 1 FROM tree t WHERE t.depth < 5), other AS MATERIALIZED (SELECT 1 AS x)
   SELECT tree.id, tree.depth, l.n FROM tree CROSS JOIN other, LATERAL (SELECT count(*) AS n FROM events e WHERE e.person = tree.id) l WHERE EXISTS (SELECT 1 FROM people WHERE people.id = tree.id) AND tree.id NOT IN (SELECT person FROM events WHERE person IS NOT NULL);
   CREATE VIEW mixed AS SELECT id FROM people WHERE id = ANY (SELECT person FROM events) UNION SELECT id FROM base EXCEPT ALL (SELECT 3 INTERSECT SELECT 4) ORDER BY 1;
   CREATE VIEW firsts AS SELECT DISTINCT ON (state) state, name FROM people ORDER BY state, made DESC FETCH FIRST 3 ROWS WITH TIES;`,
  `CREATE VIEW functions AS SELECT extract(year FROM made) AS y, extract(epoch FROM made - changed) AS e, made AT TIME ZONE 'UTC' AS utc, date_trunc('day', made) AS day,
     substring(name FROM 1 FOR 3) AS s, substring(name FROM '[a-z]+') AS r, position('a' IN name) AS p, trim(BOTH 'x' FROM name) AS t, overlay(name PLACING 'z' FROM 2) AS o,
     CASE state WHEN 'new' THEN 1 WHEN 'gone' THEN -1 ELSE 0 END AS c, nullif(name, '') AS nu, greatest(id, 5) AS g, meta ->> 'k' AS mk, meta #> '{a,b}' AS mp, meta @> '{"a": 1}' AS mc,
     tags[1] AS t1, tags[1:2] AS t2, ARRAY[1, 2, 3] AS arr, ROW(id, name)::text AS ro, (home).street AS street, -id AS neg, - 1.5 AS minus, id::text || 'x' AS cat, born + 1 AS tomorrow, CURRENT_DATE AS today,
     name COLLATE "C" AS coll, xmin::text AS tx, (SELECT max(e.n) FROM events e WHERE e.person = people.id) AS most, id IN (1, 2, 3) AS small, state NOT IN ('a', 'b') AS nots, id BETWEEN SYMMETRIC 5 AND 1 AS sym,
     (id, name) < (5, 'x') AS rowcmp, born IS NOT NULL AND state IS NULL AS nn, feeling = 'glad' AS glad, feeling > 'sad'::mood AS better, (made, changed) OVERLAPS (now(), now() + '1 day') AS ov, name IS NOT DISTINCT FROM 'n' AS same
   FROM people;`,
  `CREATE VIEW sources AS SELECT g.g, v.a, v.b, f.*, u.ordinality FROM generate_series(1, 3) g, (VALUES (1, 'a'), (2, 'b')) v(a, b), jsonb_to_recordset('[{"x": 1}]') AS f(x int, y text), unnest(ARRAY['p', 'q']) WITH ORDINALITY u(v, ordinality), ROWS FROM (generate_series(1, 2), generate_series(3, 4)) AS rf(m, n) WHERE v.a = g.g;
   CREATE VIEW sampled AS SELECT name FROM people TABLESAMPLE system (10) REPEATABLE (5) FOR UPDATE;`,
  `CREATE VIEW view_on_view AS SELECT c.state, c.n, f.y FROM counted c, functions f WHERE c.n > f.y::int; ALTER VIEW active ALTER COLUMN name SET DEFAULT 'someone';`,
  `CREATE MATERIALIZED VIEW totals AS SELECT person, sum(balance) AS total FROM billing.accounts GROUP BY person WITH NO DATA; CREATE UNIQUE INDEX ON totals (person);`,
  `CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.changed := now(); RETURN NEW; END $$;
   CREATE FUNCTION add(a int, b int DEFAULT 1, OUT s int) LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 5 AS 'SELECT a + b';
   CREATE FUNCTION add(a text, VARIADIC b text[] DEFAULT '{}') RETURNS text LANGUAGE sql STABLE SET search_path = public, pg_temp AS 'SELECT a';
   CREATE FUNCTION standard(x int) RETURNS int LANGUAGE sql RETURN x * 2 + (SELECT count(*) FROM people WHERE people.id > x);
   CREATE FUNCTION several(x int) RETURNS SETOF people LANGUAGE sql BEGIN ATOMIC UPDATE people SET name = 'x' WHERE id = several.x; SELECT * FROM people WHERE state IN ('new', 'gone') ORDER BY id DESC; END;
   CREATE PROCEDURE clean(INOUT n int) LANGUAGE plpgsql SECURITY DEFINER AS 'BEGIN DELETE FROM events; END';
   CREATE FUNCTION rows_of() RETURNS TABLE (a int, b text) LANGUAGE sql ROWS 10 AS 'SELECT 1, ''x''';
   CREATE AGGREGATE total(numeric) (sfunc = numeric_add, stype = numeric, initcond = '0', combinefunc = numeric_add, parallel = safe);`,
  `CREATE TRIGGER touched BEFORE UPDATE OF name, state ON people FOR EACH ROW WHEN (old.* IS DISTINCT FROM new.*) EXECUTE FUNCTION touch();
   CREATE TRIGGER after_all AFTER INSERT ON people REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION touch('a', 'b''c');`,
  `CREATE TRIGGER of_events BEFORE INSERT ON events FOR EACH ROW WHEN (new.kind IN ('x', 'y')) EXECUTE FUNCTION touch();
   CREATE CONSTRAINT TRIGGER late AFTER INSERT ON base DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION touch(); ALTER TABLE base DISABLE TRIGGER late;`,
  `CREATE RULE no_delete AS ON DELETE TO base WHERE old.id > 5 DO INSTEAD UPDATE base SET note = 'gone', id = old.id + 1 WHERE base.id = old.id;
   CREATE RULE logged AS ON INSERT TO special DO ALSO (INSERT INTO base (id, note) VALUES (new.id, 'copy'); NOTIFY changed);`,
  `CREATE ROLE reader_role; CREATE ROLE writer_role;
   ALTER TABLE people ENABLE ROW LEVEL SECURITY; ALTER TABLE people FORCE ROW LEVEL SECURITY;
   CREATE POLICY own ON people FOR SELECT TO reader_role, writer_role USING (name = CURRENT_USER OR state IN ('new', 'active'));
   CREATE POLICY strict ON people AS RESTRICTIVE FOR UPDATE USING (EXISTS (SELECT 1 FROM events e WHERE e.person = people.id)) WITH CHECK (id > 0);`,
  `GRANT SELECT ON people TO reader_role; GRANT ALL ON people TO writer_role; GRANT UPDATE (kind, rate) ON billing.accounts TO writer_role; GRANT USAGE ON SCHEMA billing TO reader_role;
   REVOKE EXECUTE ON FUNCTION touch() FROM PUBLIC; GRANT USAGE ON SEQUENCE numbers TO writer_role WITH GRANT OPTION; GRANT CREATE ON SCHEMA public TO writer_role;
   ALTER DEFAULT PRIVILEGES IN SCHEMA billing GRANT SELECT ON TABLES TO reader_role; ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;`,
  `COMMENT ON TABLE people IS 'People, "quoted", it''s'; COMMENT ON COLUMN people.name IS 'n'; COMMENT ON INDEX people_name IS 'i'; COMMENT ON CONSTRAINT fine ON people IS 'c'; COMMENT ON FUNCTION touch() IS 'f'; COMMENT ON VIEW active IS 'v';`,
  `ALTER TABLE people ALTER name SET STATISTICS 500, ALTER meta SET STORAGE EXTERNAL, ALTER born SET (n_distinct = -0.5); ALTER TABLE people SET (fillfactor = 90, autovacuum_vacuum_scale_factor = 0.05, toast.autovacuum_enabled = off); ALTER TABLE people CLUSTER ON people_pkey; ALTER TABLE base REPLICA IDENTITY FULL;`,
  `ALTER TABLE people RENAME COLUMN home TO place; ALTER TABLE people ADD COLUMN junk int; ALTER TABLE people DROP COLUMN junk; ALTER TYPE mood ADD VALUE 'angry' BEFORE 'sad'; ALTER TABLE billing.accounts RENAME CONSTRAINT accounts_person_fkey TO owner_fk;`,
  `CREATE STATISTICS on_people (dependencies, mcv) ON state, name FROM people; CREATE STATISTICS on_expressions ON (lower(name)), (id + 1) FROM people;`,
  `CREATE PUBLICATION changes FOR TABLE people, billing.accounts WITH (publish = 'insert, update');`,
  `CREATE TEXT SEARCH CONFIGURATION plain (COPY = simple); ALTER TEXT SEARCH CONFIGURATION plain ALTER MAPPING FOR word, asciiword WITH english_stem, simple;`,
  `ALTER TABLE people ADD CONSTRAINT later CHECK (id < 1000000) NOT VALID; ALTER TABLE base ADD CONSTRAINT alone CHECK (note IN ('a', 'b')) NO INHERIT NOT VALID;`,
];
