import {describe, expect, it} from 'vitest';
import {dumpScript, readDump} from '../../../src/core/schema/dump-file.ts';

/** Lines of a dump that are left of it. */
function linesOf(sql: string): readonly string[] {
  const dump = readDump(sql);
  if (!dump.ok) throw new Error(dump.failure.message);
  return dump.value.sql
    .split('\n')
    .map(line => line.trim())
    .filter(line => line !== '');
}

const pgDump = String.raw`--
-- PostgreSQL database dump
--

\restrict abc123

-- Dumped from database version 17.6

SET statement_timeout = 0;
SET transaction_timeout = 0;
SET client_encoding = 'UTF8';
SELECT pg_catalog.set_config('search_path', '', false);
SET default_tablespace = '';

CREATE DATABASE shop WITH TEMPLATE = template0 ENCODING = 'UTF8';
ALTER DATABASE shop OWNER TO app;
\connect shop

CREATE FUNCTION public.f() RETURNS text
    LANGUAGE sql
    AS $_$
  SELECT 'a;b\c' || $1; -- not the end;
$_$;

ALTER FUNCTION public.f() OWNER TO app;

CREATE TABLE public.orders (
    id bigint,
    note text DEFAULT 'it''s; \d'::text
);

COPY public.orders (id, note) FROM stdin;
1	CREATE TABLE never;
2	\N
\.

COPY public.nothing (id) FROM stdin;
\.

SELECT pg_catalog.setval('public.orders_id_seq', 2, true);

\unrestrict abc123
`;

describe('a file as pg_dump writes it', () => {
  it('keeps the schema, and nothing that is psql’s, about the database or a row', () => {
    expect(linesOf(pgDump)).toEqual([
      '--',
      '-- PostgreSQL database dump',
      '--',
      '-- Dumped from database version 17.6',
      `SET client_encoding = 'UTF8';`,
      `SELECT pg_catalog.set_config('search_path', '', false);`,
      `SET default_tablespace = '';`,
      'CREATE FUNCTION public.f() RETURNS text',
      'LANGUAGE sql',
      'AS $_$',
      String.raw`SELECT 'a;b\c' || $1; -- not the end;`,
      '$_$;',
      'ALTER FUNCTION public.f() OWNER TO app;',
      'CREATE TABLE public.orders (',
      'id bigint,',
      String.raw`note text DEFAULT 'it''s; \d'::text`,
      ');',
      `SELECT pg_catalog.setval('public.orders_id_seq', 2, true);`,
    ]);
  });

  it('keeps every position', () => {
    const dump = readDump(pgDump);
    expect(dump.ok && dump.value.sql.length).toBe(pgDump.length);
    expect(dump.ok && dump.value.sql.indexOf('CREATE TABLE public.orders')).toBe(
      pgDump.indexOf('CREATE TABLE public.orders'),
    );
  });

  it('says what it left out', () => {
    const dump = readDump(pgDump);
    expect(dump.ok && dump.value.notes).toEqual([
      'CREATE DATABASE and settings of the database in the file were left out.',
      'The rows in the file were left out: only the schema is compared.',
    ]);
  });
});

describe('a single statement', () => {
  it.each([
    ['CREATE SCHEMA public;', []],
    ['CREATE SCHEMA public_api;', ['CREATE SCHEMA public_api;']],
    ['create schema if not exists public;', ['create schema if not exists public;']],
    ['SET search_path = shop;', ['SET search_path = shop;']],
    ["INSERT INTO schema_migrations VALUES ('1');", ["INSERT INTO schema_migrations VALUES ('1');"]],
    ["COPY t FROM '/tmp/rows';", ["COPY t FROM '/tmp/rows';"]],
    ['SELECT 1', ['SELECT 1']],
    [String.raw`SELECT E'\';\\i x';`, [String.raw`SELECT E'\';\\i x';`]],
    ['/* ; \\i x */ SELECT 1;', ['/* ; \\i x */ SELECT 1;']],
    ['SELECT a$b$ FROM t; SELECT $b$;$b$;', ['SELECT a$b$ FROM t; SELECT $b$;$b$;']],
    ['COPY t FROM stdin;\n1\n2', []],
  ])('%j', (sql, lines) => {
    expect(linesOf(sql)).toEqual(lines);
  });

  it.each([
    [
      String.raw`SELECT 1;` + '\n' + String.raw`\i tables/orders.sql`,
      String.raw`Line 2 has \i, which only psql can run.`,
    ],
    [String.raw`\ir x.sql`, String.raw`Line 1 has \ir, which only psql can run.`],
    [String.raw`SELECT 'drop table t' \gexec`, String.raw`Line 1 has \gexec, which only psql can run.`],
  ])('refuses %j', (sql, message) => {
    const dump = readDump(sql);
    expect(!dump.ok && dump.failure).toMatchObject({reason: 'unsupported', message});
  });
});

it('makes one script of a file, as psql runs it', () => {
  const script = dumpScript('/work/db/schema.sql', 'CREATE TABLE t ();');
  expect(script.ok && script.value).toEqual({
    script: {
      migration: {id: 'schema.sql', label: 'schema.sql', title: '', up: '/work/db/schema.sql'},
      direction: 'up',
      path: '/work/db/schema.sql',
      sql: 'CREATE TABLE t ();',
      pieces: [{start: 0, end: 18, how: 'bare'}],
    },
    notes: [],
  });
});

it('reads a dump of several megabytes', () => {
  const table = 'CREATE TABLE public.t (\n    id bigint NOT NULL,\n    note text\n);\n\n\n';
  const sql = table.repeat(60_000);
  const dump = readDump(sql);
  expect(dump.ok && dump.value.sql).toBe(sql);
});
