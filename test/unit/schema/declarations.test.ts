import {describe, expect, it} from 'vitest';
import type {MigrationScript} from '../../../src/core/rehearse/script.ts';
import {blameFor} from '../../../src/core/schema/blame.ts';
import type {Difference} from '../../../src/core/schema/comparison.ts';
import {declarationsIn, type Declarations} from '../../../src/core/schema/declarations.ts';
import type {ObjectIdentity} from '../../../src/core/schema/objects.ts';
import {createParser} from '../../../src/parser/libpg-query.ts';

const parser = createParser();

function script(id: string, sql: string): MigrationScript {
  return {
    migration: {id, label: id, title: 'x'},
    direction: 'up',
    path: `/db/${id}.up.sql`,
    sql,
    pieces: [{start: 0, end: sql.length, how: 'query'}],
  };
}

const texts: readonly string[] = [
  `-- größe
CREATE TABLE orders (
  id bigserial PRIMARY KEY,
  note text NOT NULL DEFAULT 'a,b)', -- said
  buyer int REFERENCES people (id),
  CONSTRAINT positive CHECK (id > 0)
);
CREATE INDEX orders_note ON orders (note);`,
  `ALTER TABLE orders
  ALTER COLUMN note SET DEFAULT 'c',
  ADD COLUMN "Total" numeric(10,2) CHECK ("Total" > 0);
COMMENT ON COLUMN orders.note IS 'n';
CREATE VIEW v AS SELECT id FROM orders;
CREATE FUNCTION f(a int) RETURNS int LANGUAGE sql AS 'SELECT a';`,
  `ALTER TABLE orders RENAME TO purchases;
ALTER TABLE purchases RENAME COLUMN buyer TO customer;
DROP INDEX orders_note;
GRANT SELECT ON v TO reader;
CREATE TYPE mood AS ENUM ('a');
ALTER TYPE mood RENAME TO "Mood";
CREATE POLICY own ON purchases USING (true);`,
];
const scripts = texts.map((sql, index) => script(String(index + 1), sql));
const declarations = await declarationsIn(parser, scripts);

/** The places as the files have them. */
function told(key: string, found: Declarations = declarations): readonly string[] {
  return found.of(key).map(({migration, act, about, at}) => {
    const lines = (texts[Number(migration) - 1] ?? '').split('\n');
    const text = at
      ? (lines[at.start.line] ?? '').slice(
          at.start.column,
          at.start.line === at.end.line ? at.end.column : undefined,
        )
      : '';
    return `${migration} ${act}${about === undefined ? '' : ` ${about}`}: ${text}`;
  });
}

it.each([
  [
    'table public.purchases',
    ['1 create: CREATE TABLE orders (', '3 alter: ALTER TABLE orders RENAME TO purchases'],
  ],
  ['table public.orders', []],
  [
    'column public.purchases.note',
    [
      "1 create: note text NOT NULL DEFAULT 'a,b)'",
      '2 alter default: ALTER TABLE orders',
      "2 alter comment: COMMENT ON COLUMN orders.note IS 'n'",
    ],
  ],
  ['column public.purchases."Total"', ['2 create: "Total" numeric(10,2) CHECK ("Total" > 0)']],
  [
    'column public.purchases.customer',
    [
      '1 create: buyer int REFERENCES people (id)',
      '3 alter: ALTER TABLE purchases RENAME COLUMN buyer TO customer',
    ],
  ],
  ['constraint public.purchases.orders_pkey', ['1 create: PRIMARY KEY']],
  ['constraint public.purchases.orders_buyer_fkey', ['1 create: REFERENCES people (id)']],
  ['constraint public.purchases.positive', ['1 create: CONSTRAINT positive CHECK (id > 0)']],
  ['sequence public.orders_id_seq', ['1 create: id bigserial PRIMARY KEY']],
  [
    'index public.orders_note',
    ['1 create: CREATE INDEX orders_note ON orders (note)', '3 drop: DROP INDEX orders_note'],
  ],
  [
    'view public.v',
    ['2 create: CREATE VIEW v AS SELECT id FROM orders', '3 alter privileges: GRANT SELECT ON v TO reader'],
  ],
  [
    'function public.f(integer)',
    ["2 create: CREATE FUNCTION f(a int) RETURNS int LANGUAGE sql AS 'SELECT a'"],
  ],
  [
    'type public."Mood"',
    ["3 create: CREATE TYPE mood AS ENUM ('a')", '3 alter: ALTER TYPE mood RENAME TO "Mood"'],
  ],
  ['policy public.purchases.own', ['3 create: CREATE POLICY own ON purchases USING (true)']],
])('finds what the files say of %s', (key, places) => {
  expect(told(key)).toEqual(places);
});

it('passes over what does not parse, and takes names without a schema for those of the given one', async () => {
  const found = await declarationsIn(
    parser,
    [script('1', 'CREATE TABEL t'), script('2', 'CREATE TABLE t (a int)')],
    {schema: 'app'},
  );
  expect(found.of('table app.t')).toHaveLength(1);
});

function difference(kind: string, key: string, parent?: string): Difference {
  const [type = ''] = key.split(' ');
  const object: ObjectIdentity = {
    kind: type === 'column' ? 'column' : type === 'index' ? 'index' : 'table',
    key,
    name: key,
    ...(parent === undefined ? {} : {parent}),
  };
  const rest = {object, severity: 'error', words: ''} as const;
  return kind === 'missing' || kind === 'extra'
    ? {kind, ...rest}
    : {kind: 'changed', attribute: kind, ...rest};
}

const none = new Set<string>();
const purchases = 'table public.purchases';

describe('a difference', () => {
  it.each([
    ['missing', 'column public.purchases.note', 4],
    ['default', 'column public.purchases.note', 1],
    ['type', 'column public.purchases.note', 4],
    ['extra', 'index public.orders_note', 3],
    ['extra', 'column public.purchases.unknown', 2],
    ['extra', 'table public.unknown', undefined],
    ['missing', 'constraint public.purchases.unknown', 2],
  ])('of %s in %s has its line', (kind, key, line) => {
    const at = declarations.placeOf(
      difference(kind, key, key.includes('purchases.') ? purchases : undefined),
    );
    expect(at && at.start.line + 1).toBe(line);
  });

  it.each([
    ['missing', 'column public.purchases.note', none, none, {kind: 'by-hand', migration: '1'}],
    ['missing', 'column public.purchases.note', new Set(['1']), none, {kind: 'pending', migration: '1'}],
    ['default', 'column public.purchases.note', new Set(['2']), none, {kind: 'pending', migration: '2'}],
    ['type', 'column public.purchases.note', new Set(['2']), none, {kind: 'by-hand', migration: '1'}],
    [
      'missing',
      'column public.purchases.note',
      none,
      new Set(['1']),
      {kind: 'edited-after-apply', migration: '1'},
    ],
    ['extra', 'column public.purchases.unknown', none, none, {kind: 'no-migration'}],
    [
      'extra',
      'column public.purchases.unknown',
      none,
      new Set(['1']),
      {kind: 'edited-after-apply', migration: '1'},
    ],
    ['extra', 'index public.orders_note', new Set(['3']), none, {kind: 'pending', migration: '3'}],
    ['extra', 'table public.unknown', none, none, {kind: 'no-migration'}],
    ['missing', 'table public.unknown', none, none, {kind: 'by-hand'}],
    ['missing', 'table public.unknown', none, new Set(['2']), {kind: 'unknown'}],
  ])('of %s in %s has its reason', (kind, key, pending, edited, blame) => {
    const of = difference(kind, key, key.includes('purchases.') ? purchases : undefined);
    expect(blameFor(of, {declarations, pending, edited})).toEqual(blame);
  });
});
