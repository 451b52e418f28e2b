import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {indexDefinitionOf} from '../../../../src/core/health/indexes/definition.ts';
import {
  dropIndexMigrations,
  rebuildIndexMigration,
} from '../../../../src/core/health/indexes/drop-migration.ts';
import {withExactSizes} from '../../../../src/core/health/indexes/exact-sizes.ts';
import {foreignKeyDefinition} from '../../../../src/core/health/indexes/foreign-key-definition.ts';
import type {IndexesPart} from '../../../../src/core/health/parts/indexes.ts';
import {readExactIndexes} from '../../../../src/postgres/health/indexes/exact.ts';
import {createDatabase, type TestDatabase} from '../../../rig/databases.ts';
import {majors} from '../../../rig/servers.ts';
import {openFor, value} from '../../../rig/sessions.ts';
import {indexesOf, readIndexes, rowOf} from './index-rig.ts';

const schema = `
CREATE SCHEMA "Other schema";
CREATE DOMAIN label AS varchar(30);
CREATE TYPE mood AS ENUM ('sad', 'glad');
CREATE TYPE pair AS (a int, b int);
CREATE COLLATION "of us" (provider = icu, locale = 'und');
CREATE OPERATOR CLASS "Other schema"."By number" FOR TYPE int4 USING btree AS OPERATOR 1 <, OPERATOR 2 <=, OPERATOR 3 =, OPERATOR 4 >=, OPERATOR 5 >, FUNCTION 1 btint4cmp(int4, int4);
CREATE FUNCTION "Other schema".twice(int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT $1 * 2';
CREATE TABLE t (id int PRIMARY KEY, a int, b int, c text, v varchar(10), k char(5), l label, m mood, g int[], r int4range, ts tsvector, j jsonb, i inet,
  "Of b" int, "select" int, "time" int, "weird "" name" text, n name, o oid, p point, u text COLLATE "C", w pair, d date);
CREATE INDEX t_plain ON t (a, b DESC, c NULLS FIRST, d DESC NULLS LAST);
CREATE INDEX t_names ON t ("Of b", "select", "time", "weird "" name");
CREATE INDEX "T names""" ON t ("time") INCLUDE ("Of b", "select", "time");
CREATE UNIQUE INDEX t_unique ON t (a, c) INCLUDE (b) WHERE c IS NOT NULL AND a > 0;
CREATE INDEX t_strings ON t (v, k, l, n, o, m);
CREATE INDEX t_pattern ON t (v varchar_pattern_ops, k bpchar_pattern_ops, l text_pattern_ops, c text_pattern_ops DESC);
CREATE INDEX t_collated ON t (c COLLATE "C", u, u COLLATE "of us" text_pattern_ops, lower(c) COLLATE "of us");
CREATE INDEX t_expressions ON t (lower(c), (a + b), (a IS NULL) DESC NULLS LAST, "Other schema".twice(a), (c || E'a\\\\,''"('), COALESCE(a, b), ((j ->> 'x, y')));
CREATE INDEX t_mixed ON t (a, lower(c) text_pattern_ops, b) WHERE (v = 'it''s' OR v ~ E'\\\\d(') AND m = 'sad';
CREATE INDEX t_class ON t (a "Other schema"."By number", b);
CREATE INDEX t_oid ON t (a oid_ops) WITH (fillfactor = 70, deduplicate_items = off);
CREATE INDEX t_row ON t (w);
CREATE INDEX t_hash ON t USING hash (c);
CREATE INDEX t_hash_domain ON t USING hash (l);
CREATE INDEX t_gin ON t USING gin (g, ts, j jsonb_path_ops) WITH (fastupdate = off);
CREATE INDEX t_gin_expression ON t USING gin (to_tsvector('english'::regconfig, c), j);
CREATE INDEX t_gist ON t USING gist (r, p, ts tsvector_ops (siglen = 100), i inet_ops) INCLUDE (a);
CREATE INDEX t_spgist ON t USING spgist (lower(c)) INCLUDE (a);
CREATE INDEX t_brin ON t USING brin (a, b int4_minmax_multi_ops (values_per_range = 16), c) WITH (pages_per_range = 16, autosummarize = true);
CREATE INDEX t_long ON t (c) WHERE c IN ('a', 'b') AND NOT (a BETWEEN 1 AND 2);
CREATE INDEX t_commented ON t ((a * 2), b); COMMENT ON INDEX t_commented IS 'it''s for \\ reports';
ALTER INDEX t_commented ALTER COLUMN 1 SET STATISTICS 500;
CREATE INDEX t_clustered ON t (b); ALTER TABLE t CLUSTER ON t_clustered;
ALTER TABLE t ADD CONSTRAINT t_key UNIQUE (a, "Of b") INCLUDE (c) WITH (fillfactor = 80) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE t ADD CONSTRAINT t_excluded EXCLUDE USING gist (r WITH &&) WHERE (a > 0);
ALTER TABLE t ADD CONSTRAINT "T ""excluded""" EXCLUDE USING gist (r range_ops WITH &&, i inet_ops WITH &&) INCLUDE (b) WITH (fillfactor = 60) WHERE (c IN ('x', 'it''s')) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE t ADD CONSTRAINT t_plain_key UNIQUE (d, "select");
CREATE TABLE "Other schema"."table" (id int, "user" text); CREATE INDEX "index" ON "Other schema"."table" ("user", id);
CREATE MATERIALIZED VIEW mv AS SELECT a, lower(c) AS c FROM t; CREATE UNIQUE INDEX mv_unique ON mv (a);
CREATE TABLE p (a int, b text, c int) PARTITION BY RANGE (a);
CREATE TABLE p1 (c int, a int, b text); ALTER TABLE p ATTACH PARTITION p1 FOR VALUES FROM (0) TO (10);
CREATE TABLE p2 PARTITION OF p FOR VALUES FROM (10) TO (20) PARTITION BY RANGE (c);
CREATE TABLE p2a PARTITION OF p2 FOR VALUES FROM (0) TO (10);
CREATE INDEX "own name" ON p1 (lower(b), c); CREATE INDEX p_idx ON p (lower(b), c); COMMENT ON INDEX "own name" IS 'mine';
ALTER TABLE p ADD CONSTRAINT p_key PRIMARY KEY (a, c);
ALTER TABLE p1 ADD CONSTRAINT "own key" UNIQUE (c, a); ALTER TABLE p ADD CONSTRAINT p_unique UNIQUE (c, a);
CREATE TABLE f (a int, b int, x int, CONSTRAINT f_simple FOREIGN KEY (a) REFERENCES t (id), CONSTRAINT f_full FOREIGN KEY (a, b) REFERENCES p (a, c) MATCH FULL ON UPDATE CASCADE ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT "f set" FOREIGN KEY (x) REFERENCES t ON DELETE SET DEFAULT ON UPDATE RESTRICT DEFERRABLE);
ALTER TABLE f ADD CONSTRAINT f_late FOREIGN KEY (b) REFERENCES t ON DELETE CASCADE NOT VALID;
`;

const since15 = `
CREATE UNIQUE INDEX t_nulls ON t (a, b) NULLS NOT DISTINCT WHERE a > 1;
ALTER TABLE t ADD CONSTRAINT t_nulls_key UNIQUE NULLS NOT DISTINCT (b);
ALTER TABLE f ADD CONSTRAINT f_columns FOREIGN KEY (a, x) REFERENCES p (a, c) ON DELETE SET NULL (x);`;

const since18 = `
CREATE TABLE temporal (id int4range, valid daterange, CONSTRAINT temporal_key PRIMARY KEY (id, valid WITHOUT OVERLAPS));
ALTER TABLE temporal ADD CONSTRAINT temporal_twin UNIQUE (id, valid WITHOUT OVERLAPS) WITH (fillfactor = 70) DEFERRABLE;
CREATE TABLE temporal_child (id int4range, valid daterange, CONSTRAINT temporal_fk FOREIGN KEY (id, PERIOD valid) REFERENCES temporal (id, PERIOD valid));
ALTER TABLE f ADD CONSTRAINT f_not FOREIGN KEY (x) REFERENCES t NOT ENFORCED;
ALTER TABLE t ADD z int GENERATED ALWAYS AS (a + 1) VIRTUAL;`;

const names = [
  't_plain',
  't_names',
  'T names"',
  't_unique',
  't_collated',
  't_expressions',
  't_mixed',
  't_class',
  't_oid',
  't_gist',
  't_brin',
  't_commented',
  't_clustered',
  't_key',
  't_plain_key',
  't_excluded',
  'T "excluded"',
  'p_unique',
  'index',
  'mv_unique',
  'p_idx',
  'own name',
];

/** The statements are the same in all versions; what is read is not. */
const dropped = (major: number): readonly string[] =>
  major === 14 ? names : major === 18 ? [...names, 't_nulls_key', 'temporal_twin'] : [];

describe.each(majors)('PostgreSQL %i', major => {
  let db: TestDatabase;
  let part: IndexesPart;

  beforeAll(async () => {
    db = await createDatabase(major, 'definitions');
    await db.sql(`${schema}${major >= 15 ? since15 : ''}${major >= 18 ? since18 : ''}`);
    part = indexesOf(await readIndexes(db));
  });
  afterAll(() => db.drop());

  it('writes every definition as the server does', async () => {
    const rows = await db.sql(
      "SET search_path = ''; SELECT indexrelid::int AS oid, pg_get_indexdef(indexrelid) AS text FROM pg_index WHERE indexrelid >= 16384 AND indrelid NOT IN (SELECT oid FROM pg_class WHERE relkind = 't')",
    );
    expect(part.indexes.length).toBe(rows.length);
    const written = new Map(part.indexes.map(index => [index.oid, indexDefinitionOf(index)]));
    expect(rows.map(({oid}) => written.get(Number(oid)))).toEqual(rows.map(({text}) => text));
  });

  it('writes every foreign key as the server does', async () => {
    const rows = await db.sql(
      "SET search_path = ''; SELECT conname, pg_get_constraintdef(oid) AS text FROM pg_constraint WHERE contype = 'f' AND conparentid = 0 ORDER BY conname",
    );
    const written = new Map(part.foreignKeys.map(key => [key.name, foreignKeyDefinition(key)]));
    expect(rows.map(({conname}) => written.get(String(conname)))).toEqual(rows.map(({text}) => text));
    expect(rows.length).toBeGreaterThan(3);
  });

  it('reads exact sizes and definitions afterwards', async () => {
    const session = await openFor(db);
    const oids = part.indexes.map(({oid}) => oid);
    const pieces: number[] = [];
    const exact = value(
      await readExactIndexes(session, oids, {definitions: true, onPiece: piece => pieces.push(piece.length)}),
    );
    await session.close();
    const sizes = await db.sql(
      "SET search_path = ''; SELECT oid::int, pg_relation_size(oid)::int AS bytes, pg_get_indexdef(oid) AS definition FROM pg_class WHERE relkind = 'i' AND oid >= 16384 AND relnamespace <> 'pg_toast'::regnamespace ORDER BY oid",
    );
    expect([...exact].toSorted((a, b) => a.oid - b.oid)).toEqual(sizes);
    expect(pieces).toEqual([exact.length]);
    const sized = withExactSizes({...part, exact: false}, exact);
    expect(sized.exact).toBe(true);
    expect(rowOf(sized, 'p_idx').bytes).toBe(
      rowOf(sized, 'own name').bytes + rowOf(sized, 'p2a_lower_c_idx').bytes,
    );
  });

  it.each(dropped(major))('drops %s and makes it again as it was', async name => {
    const state = (): Promise<readonly unknown[]> =>
      db.sql(`SELECT x.relname, pg_get_indexdef(x.oid), obj_description(x.oid, 'pg_class'), i.indisclustered, i.indisvalid, pg_get_constraintdef(k.oid) AS constraint,
          (SELECT array_agg(a.attstattarget ORDER BY a.attnum) FROM pg_attribute AS a WHERE a.attrelid = x.oid) AS statistics,
          (SELECT p.relname FROM pg_inherits AS h JOIN pg_class AS p ON p.oid = h.inhparent WHERE h.inhrelid = x.oid) AS parent
        FROM pg_class AS x JOIN pg_index AS i ON i.indexrelid = x.oid LEFT JOIN pg_constraint AS k ON k.conindid = x.oid AND k.conrelid = i.indrelid
        WHERE x.oid >= 16384 AND i.indrelid NOT IN (SELECT oid FROM pg_class WHERE relkind = 't') ORDER BY x.relname`);
    const before = await state();
    const migrations = dropIndexMigrations(part, rowOf(part, name));
    expect(migrations.length).toBeGreaterThan(0);
    // A statement that is CONCURRENTLY would fail beside another one.
    for (const {up} of migrations) await db.sql(up);
    expect((await state()).length).toBeLessThan(before.length);
    for (const {down} of migrations.toReversed()) await db.sql(down);
    expect(await state()).toEqual(before);
  });

  it.each(major === 14 || major === 18 ? ['t_plain', 't_excluded', 'p_idx', 't_pkey'] : [])(
    'rebuilds %s',
    async name => {
      const {up, down} = rebuildIndexMigration(rowOf(part, name));
      await db.sql(up);
      await db.sql(down);
      expect(up).toMatch(name === 't_excluded' ? /^REINDEX INDEX public/ : /^REINDEX INDEX CONCURRENTLY /);
    },
  );

  it('takes for a unique constraint an index that was built before', async () => {
    const [migration] = dropIndexMigrations(part, rowOf(part, 't_plain_key'));
    const [, build = ''] = /^-- (CREATE .* CONCURRENTLY .*;)$/m.exec(migration?.down ?? '') ?? [];
    await db.sql(migration?.up ?? '');
    await db.sql(build);
    const [built] = await db.sql("SELECT 't_plain_key'::regclass::oid AS oid");
    await db.sql(migration?.down ?? '');
    expect(await db.sql("SELECT conindid AS oid FROM pg_constraint WHERE conname = 't_plain_key'")).toEqual([
      built,
    ]);
  });

  it('offers no drop of what it could not make again', () => {
    const {constraint, ...index} = rowOf(part, 't_excluded');
    if (!constraint) expect.fail('it is a constraint');
    const {definition: _, ...unread} = constraint;
    expect(dropIndexMigrations(part, {...index, constraint: unread})).toEqual([]);
  });
});
