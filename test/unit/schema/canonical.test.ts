import {expect, it} from 'vitest';
import {meansTheSame} from '../../../src/core/schema/compare/canonical.ts';
import {createParser} from '../../../src/parser/libpg-query.ts';

const parser = createParser();

it.each([
  // What a dump and its reload make of IN on a varchar column.
  [
    'expression',
    "((s)::text = ANY ((ARRAY['a'::character varying, 'b'::character varying])::text[]))",
    "((s)::text = ANY (ARRAY[('a'::character varying)::text, ('b'::character varying)::text]))",
  ],
  ['expression', "(s IN ('a', 'b'))", "(s = ANY (ARRAY['a'::text, 'b'::text]))"],
  ['expression', "(s NOT IN ('a', 'b'))", "(s <> ALL (ARRAY['a'::text, 'b'::text]))"],
  ['expression', '((a > 1) AND ((b > 2) AND (c > 3)))', '(a > 1 AND b > 2 AND c > 3)'],
  ['expression', "(s ~~ 'a%'::text)", "s LIKE 'a%'"],
  ['expression', "nextval('public.s'::regclass)", "pg_catalog.nextval('public.s'::regclass)"],
  // 15 and older name the table of a view's columns.
  [
    'query',
    ' SELECT t.id,\n    t.note AS n\n   FROM public.t\n  WHERE (t.id > 1)\n ORDER BY t.id;',
    'SELECT id, note AS n FROM public.t WHERE id > 1 ORDER BY id',
  ],
  ['query', 'SELECT x.id AS id FROM public.t x', 'SELECT id FROM public.t x'],
  ['index key', 'a NULLS LAST', 'a'],
  ['index key', 'a DESC NULLS FIRST', 'a DESC'],
  ['index key', 'lower(b) ASC', 'lower(b)'],
  [
    'partition bound',
    "FOR VALUES FROM ('2024-01-01') TO ('2025-01-01')",
    "for values from ( '2024-01-01' ) to ('2025-01-01')",
  ],
  ['constraint', 'CHECK ((a > 0))', 'CHECK (a > 0)'],
  ['body', 'BEGIN\r\n  RETURN 1;\r\nEND', 'BEGIN\n  RETURN 1;\nEND'],
  ['body', 'RETURN (a + 1)', 'RETURN a + 1'],
  ['published table', 'public.t (a, b) WHERE ((a > 1))', 'public.t (a, b) WHERE (a > 1)'],
] as const)('sees that one thing is meant: %s %s', async (form, one, other) => {
  expect(await meansTheSame(parser, form, one, other)).toBe(true);
});

it.each([
  ['expression', "'a'::text", "'b'::text"],
  ['expression', "'1'::integer", "'1'::bigint"],
  ['expression', "(s = ANY (ARRAY['a'::text]))", "(s = ALL (ARRAY['a'::text]))"],
  ['expression', '(a AND (b OR c))', '((a AND b) OR c)'],
  ['expression', 'now()', 'CURRENT_TIMESTAMP'],
  ['expression', '(a)::character varying(10)', '(a)::character varying(20)'],
  ['query', 'SELECT t.id FROM public.t, public.u', 'SELECT u.id FROM public.t, public.u'],
  [
    'query',
    'SELECT t.id FROM t WHERE EXISTS (SELECT 1 FROM u WHERE u.id = t.id)',
    'SELECT t.id FROM t WHERE EXISTS (SELECT 1 FROM u WHERE u.id = u.id)',
  ],
  ['index key', 'a DESC NULLS LAST', 'a DESC'],
  ['body', ' SELECT 1 ', 'SELECT 1'],
  ['body', 'no SQL at all', 'no SQL at  all'],
] as const)('sees that two things are meant: %s %s', async (form, one, other) => {
  expect(await meansTheSame(parser, form, one, other)).toBe(false);
});
