import {execFile} from 'node:child_process';
import {promisify} from 'node:util';
import {afterAll, beforeAll, expect, it} from 'vitest';
import {compareSchemas} from '../../src/core/schema/compare/compare.ts';
import {dumpScript} from '../../src/core/schema/dump-file.ts';
import type {SchemaSnapshot} from '../../src/core/schema/objects.ts';
import {createParser} from '../../src/parser/libpg-query.ts';
import {replay} from '../../src/postgres/rehearse/replay.ts';
import {readSchema} from '../../src/postgres/schema/read-schema.ts';
import {useStage} from '../embedded/stage-rig.ts';
import {createDatabase, type TestDatabase} from '../rig/databases.ts';
import {openFor, value} from '../rig/sessions.ts';

/** Debian's, which dumps servers up to its own version. */
const pgDump = '/usr/lib/postgresql/15/bin/pg_dump';
const rig = useStage();
const parser = createParser();

/** Texts that a reader of dumps can stumble over: semicolons, backslashes, quotes and dollars where they mean nothing. */
const shop = String.raw`
CREATE SCHEMA sales;
CREATE TYPE sales.state AS ENUM ('new; old', 'back\slash', 'it''s');
CREATE DOMAIN sales.path AS text CHECK (VALUE ~ '^\\?[a-z]+$');
CREATE TABLE sales.orders (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  state sales.state NOT NULL DEFAULT 'new; old',
  path sales.path DEFAULT E'\\abc',
  "odd; ""name\" text,
  total numeric(12, 2) CHECK (total >= 0)
);
CREATE INDEX ON sales.orders (lower("odd; ""name\")) WHERE state <> 'back\slash';
CREATE VIEW sales.fresh AS SELECT id, total * 1.19 AS gross FROM sales.orders WHERE state = 'new; old';
CREATE FUNCTION sales.touch() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  -- \connect nowhere;
  RAISE NOTICE 'COPY sales.orders FROM stdin; %', $q$\.$q$;
  RETURN NEW;
END
$$;
CREATE FUNCTION sales.gross(sales.orders) RETURNS numeric LANGUAGE sql STABLE
  BEGIN ATOMIC SELECT $1.total * 1.19; END;
CREATE TRIGGER touch BEFORE UPDATE ON sales.orders FOR EACH ROW EXECUTE FUNCTION sales.touch();
ALTER TABLE sales.orders ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON sales.orders USING (path <> '');
COMMENT ON TABLE sales.orders IS E'first\n\\i second.sql\nCOPY t FROM stdin;';
INSERT INTO sales.orders (state, "odd; ""name\", total) VALUES ('it''s', E'tab\t\\.\nCREATE TABLE never;', 1), ('new; old', '\.', 2);
CREATE TABLE public.schema_migrations (version bigint PRIMARY KEY, dirty boolean NOT NULL);
INSERT INTO public.schema_migrations VALUES (7, false);
`;

let database: TestDatabase;
let live: SchemaSnapshot;

beforeAll(async () => {
  database = await createDatabase(15, 'dump');
  await database.sql(shop);
  const session = await openFor(database);
  live = value(await readSchema(session));
  await session.close();
});
afterAll(() => database?.drop());

it.each([
  ['the schema only', ['--schema-only']],
  ['rows as COPY', []],
  ['rows as INSERT', ['--inserts']],
  ['the database as well', ['--create', '--schema-only']],
  ['what is dropped first', ['--clean', '--if-exists', '--schema-only']],
  ['without owners and grants', ['--no-owner', '--no-privileges', '--schema-only']],
])('makes the same schema from a dump with %s', async (_, flags) => {
  const {stdout} = await promisify(execFile)(pgDump, [...flags, `--dbname=${database.url}`]);
  const {script} = value(dumpScript('/work/db/schema.sql', stdout));
  const stage = value(await rig.shared().open());
  try {
    const replayed = value(await replay(stage, parser, {project: '', scripts: [script]}));
    if (replayed.kind === 'stopped') expect.fail(replayed.stop.failure.message);
    const expected = value(await readSchema(replayed.session));
    const comparison = await compareSchemas(parser, expected, live, {
      roles: 'ignore',
      sameRole: {expected: expected.user, live: live.user},
    });
    expect(comparison.differences.map(({words}) => words)).toEqual([]);
    expect(comparison.compared).toBeGreaterThan(20);
  } finally {
    await stage.release();
  }
});
