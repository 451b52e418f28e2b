import {describe, expect, it} from 'vitest';
import {identityOf} from '../../../src/core/schema/key.ts';
import type {AttributesOf} from '../../../src/core/schema/attributes.ts';
import type {SchemaObject, SchemaSnapshot} from '../../../src/core/schema/objects.ts';
import {migrationTexts} from '../../../src/core/schema/reconcile/migration-files.ts';
import {reconcile} from '../../../src/core/schema/reconcile/reconcile.ts';
import type {ReconcileOptions} from '../../../src/core/schema/reconciliation.ts';

const short: ReconcileOptions = {safe: false};

describe('the order of statements', () => {
  it('drops a view before the column that it uses changes its type, and makes it again', async () => {
    const before = schema([table('t'), column('t', 'a', {type: 'integer', position: 1}), view('v')], {
      'view public.v': ['column public.t.a'],
    });
    const after = schema([table('t'), column('t', 'a', {type: 'bigint', position: 1}), view('v')], {
      'view public.v': ['column public.t.a'],
    });
    expect(await sqlOf(before, after)).toEqual([
      'DROP VIEW public.v',
      'ALTER TABLE public.t ALTER COLUMN a TYPE bigint',
      'CREATE VIEW public.v AS\nSELECT 1',
    ]);
  });

  it('makes two tables before the foreign keys with which they point to each other, and drops these first', async () => {
    const objects = [
      table('a'),
      table('b'),
      ...ids('a'),
      ...ids('b'),
      reference('a', 'b'),
      reference('b', 'a'),
    ];
    const both = schema(objects, {
      'constraint public.a.a_fk': ['table public.b', 'column public.a.id'],
      'constraint public.b.b_fk': ['table public.a', 'column public.b.id'],
    });
    expect((await sqlOf(schema([]), both)).map(firstLine)).toEqual([
      'CREATE TABLE public.a (',
      'CREATE TABLE public.b (',
      'ALTER TABLE public.a ADD CONSTRAINT a_fk FOREIGN KEY (id) REFERENCES public.b(id)',
      'ALTER TABLE public.b ADD CONSTRAINT b_fk FOREIGN KEY (id) REFERENCES public.a(id)',
    ]);
    expect(await sqlOf(both, schema([]))).toEqual([
      'ALTER TABLE public.a DROP CONSTRAINT a_fk',
      'ALTER TABLE public.b DROP CONSTRAINT b_fk',
      'DROP TABLE public.a',
      'DROP TABLE public.b',
    ]);
  });

  it('gives a name free before something else takes it', async () => {
    const sequence = object('sequence', 'x', {
      type: 'bigint',
      start: '1',
      increment: '1',
      minimum: '1',
      maximum: '9',
      cache: '1',
    });
    const statements = await sqlOf(schema([sequence]), schema([table('x'), ...ids('x')]));
    expect(statements.map(firstLine)).toEqual(['DROP SEQUENCE public.x', 'CREATE TABLE public.x (']);
  });

  it('lets a default go before its sequence, which is owned by the column, goes with the column', async () => {
    const serial = column('t', 'id', {
      type: 'integer',
      default: "nextval('public.s'::regclass)",
      position: 1,
    });
    const sequence = object('sequence', 's', {
      type: 'integer',
      start: '1',
      increment: '1',
      minimum: '1',
      maximum: '9',
      cache: '1',
      ownedBy: 'public.t.id',
    });
    const needs = {'column public.t.id': ['sequence public.s'], 'sequence public.s': ['column public.t.id']};
    const all = schema([table('t'), serial, sequence], needs);
    expect((await sqlOf(schema([]), all)).map(firstLine)).toEqual([
      'CREATE SEQUENCE public.s AS integer',
      'CREATE TABLE public.t (',
      'ALTER SEQUENCE public.s OWNED BY public.t.id',
    ]);
    expect(await sqlOf(all, schema([]))).toEqual(['DROP TABLE public.t']);
  });
});

describe('what is lost', () => {
  it.each([
    ['a table', [table('t'), ...ids('t')], [], 'All rows of public.t.'],
    ['a column', [table('t'), ...ids('t')], [table('t')], 'All values of public.t.id.'],
    [
      'digits',
      [table('t'), column('t', 'a', {type: 'numeric', position: 1})],
      [table('t'), column('t', 'a', {type: 'integer', position: 1})],
      'Digits behind the point in public.t.a.',
    ],
  ])('is said of %s', async (_, before, after, loses) => {
    const {statements} = await reconcile({from: schema(before), to: schema(after)});
    expect(statements.map(one => one.loses)).toEqual([loses]);
  });
});

describe('a new name', () => {
  const named = (name: string): SchemaSnapshot =>
    schema([table('t'), column('t', name, {type: 'text', position: 1})]);

  it('is given to a column that is equal in all else', async () => {
    const {statements} = await reconcile({from: named('a'), to: named('b')});
    expect(statements.map(({sql}) => sql)).toEqual(['ALTER TABLE public.t RENAME COLUMN a TO b']);
    expect(statements[0]?.note).toContain('Taken for the same column');
  });

  it('is not given where it was not asked for', async () => {
    const {statements} = await reconcile({from: named('a'), to: named('b'), options: {renames: false}});
    expect(statements.map(({sql}) => sql)).toEqual([
      'ALTER TABLE public.t DROP COLUMN a',
      'ALTER TABLE public.t ADD COLUMN b text',
    ]);
  });

  it('is not given to one of two that can be meant', async () => {
    const two = schema([table('a'), ...ids('a'), table('b'), ...ids('b')]);
    const statements = await sqlOf(two, schema([table('c'), ...ids('c')]));
    expect(statements.map(firstLine)).toEqual([
      'DROP TABLE public.a',
      'DROP TABLE public.b',
      'CREATE TABLE public.c (',
    ]);
  });
});

describe('values of an enum', () => {
  const mood = (...labels: readonly string[]): SchemaObject => object('type', 'mood', {form: 'enum', labels});
  const feeling = column('t', 'm', {type: 'public.mood', position: 1});
  const needs = {'column public.t.m': ['type public.mood']};

  it.each([
    [
      ['a', 'c'],
      ['a', 'b', 'c', 'd'],
      ["ALTER TYPE public.mood ADD VALUE 'b' AFTER 'a'", "ALTER TYPE public.mood ADD VALUE 'd'"],
    ],
    [['b'], ['a', 'b'], ["ALTER TYPE public.mood ADD VALUE 'a' BEFORE 'b'"]],
    [['a', 'b'], ['a', 'x'], ["ALTER TYPE public.mood RENAME VALUE 'b' TO 'x'"]],
    [
      ['a', 'b'],
      ['a'],
      [
        'ALTER TABLE public.t ALTER COLUMN m TYPE text USING m::text',
        'DROP TYPE public.mood',
        "CREATE TYPE public.mood AS ENUM (\n    'a'\n)",
        'ALTER TABLE public.t ALTER COLUMN m TYPE public.mood USING m::public.mood',
      ],
    ],
  ])('%j become %j', async (was, is, expected) => {
    const side = (labels: readonly string[]): SchemaSnapshot =>
      schema([table('t'), feeling, mood(...labels)], needs);
    expect(await sqlOf(side(was), side(is))).toEqual(expected);
  });

  it('are added in a transaction of their own where they are used', async () => {
    const used = column('t', 'm', {type: 'public.mood', default: "'b'::public.mood", position: 1});
    const {statements} = await reconcile({
      from: schema([table('t'), feeling, mood('a')], needs),
      to: schema([table('t'), used, mood('a', 'b')], needs),
    });
    expect(statements.map(({transaction, sql}) => [transaction, sql])).toEqual([
      ['outside', "ALTER TYPE public.mood ADD VALUE 'b'"],
      ['inside', "ALTER TABLE public.t ALTER COLUMN m SET DEFAULT 'b'::public.mood"],
    ]);
  });
});

describe('only what was chosen', () => {
  it('comes with what it needs, and nothing else', async () => {
    const after = schema([table('t'), ...ids('t'), table('other'), ...ids('other'), view('v')], {
      'view public.v': ['column public.t.id', 'table public.t'],
    });
    const {statements} = await reconcile({from: schema([]), to: after, only: new Set(['view public.v'])});
    expect(statements.map(({sql}) => firstLine(sql))).toEqual([
      'CREATE TABLE public.t (',
      'CREATE VIEW public.v AS',
    ]);
  });
});

describe('migrations', () => {
  const plain = schema([table('t'), column('t', 'a', {type: 'integer', position: 1})]);
  const indexed = schema([
    table('t'),
    column('t', 'a', {type: 'integer', notNull: true, position: 1}),
    {
      ...object('index', 't_a', {
        definition: 'CREATE INDEX t_a ON public.t USING btree (a)',
        method: 'btree',
        keys: ['a'],
      }),
      parent: 'table public.t',
    },
  ]);

  it('hold a statement alone that PostgreSQL refuses in a transaction, and what would lengthen locks', async () => {
    const texts = migrationTexts(
      await reconcile({from: plain, to: indexed}),
      await reconcile({from: indexed, to: plain}),
    );
    expect(texts.map(({up, down, title}) => [title, statementsOf(up), statementsOf(down)])).toEqual([
      [
        'change column t a',
        ['ALTER TABLE public.t ADD CONSTRAINT a_is_not_null CHECK (a IS NOT NULL) NOT VALID;'],
        ['ALTER TABLE public.t DROP CONSTRAINT a_is_not_null;'],
      ],
      [
        'create index t_a',
        ['CREATE INDEX CONCURRENTLY t_a ON public.t USING btree (a);'],
        ['DROP INDEX CONCURRENTLY public.t_a;'],
      ],
      [
        'validate column t a',
        [
          'ALTER TABLE public.t VALIDATE CONSTRAINT a_is_not_null;',
          'ALTER TABLE public.t ALTER COLUMN a SET NOT NULL;',
          'ALTER TABLE public.t DROP CONSTRAINT a_is_not_null;',
        ],
        [
          'ALTER TABLE public.t ADD CONSTRAINT a_is_not_null CHECK (a IS NOT NULL) NOT VALID;',
          'ALTER TABLE public.t ALTER COLUMN a DROP NOT NULL;',
        ],
      ],
    ]);
  });

  it('are one migration in the short forms', async () => {
    const up = await reconcile({from: plain, to: indexed, options: short});
    const texts = migrationTexts(up, await reconcile({from: indexed, to: plain, options: short}));
    expect(texts.map(({up: text}) => statementsOf(text))).toEqual([
      ['ALTER TABLE public.t ALTER COLUMN a SET NOT NULL;', 'CREATE INDEX t_a ON public.t USING btree (a);'],
    ]);
  });
});

async function sqlOf(from: SchemaSnapshot, to: SchemaSnapshot): Promise<readonly string[]> {
  const {statements} = await reconcile({from, to, options: short});
  return statements.map(({sql}) => sql);
}

function statementsOf(text: string): readonly string[] {
  return text.split('\n').filter(line => line !== '' && !line.startsWith('--'));
}

function firstLine(text: string): string {
  return text.split('\n')[0] ?? '';
}

function schema(
  objects: readonly SchemaObject[],
  needs: Readonly<Record<string, readonly string[]>> = {},
): SchemaSnapshot {
  return {
    versionNumber: 170_000,
    database: 'd',
    user: 'u',
    objects: new Map(objects.map(one => [one.key, one])),
    needs: new Map(Object.entries(needs)),
    gaps: [],
  };
}

type Kind = 'table' | 'view' | 'sequence' | 'type' | 'index';

function object<K extends Kind>(kind: K, name: string, attributes: AttributesOf[K]) {
  return {...identityOf(kind, {schema: 'public', name}), attributes};
}

function table(name: string): SchemaObject {
  return object('table', name, {});
}

function view(name: string): SchemaObject {
  return object('view', name, {definition: 'SELECT 1'});
}

function column(of: string, name: string, attributes: AttributesOf['column']): SchemaObject {
  return {...identityOf('column', {name, of: {kind: 'table', schema: 'public', name: of}}), attributes};
}

function ids(of: string): readonly SchemaObject[] {
  return [column(of, 'id', {type: 'integer', position: 1})];
}

function reference(of: string, to: string): SchemaObject {
  return {
    ...identityOf('constraint', {name: `${of}_fk`, of: {kind: 'table', schema: 'public', name: of}}),
    attributes: {
      type: 'foreign key',
      definition: `FOREIGN KEY (id) REFERENCES public.${to}(id)`,
      columns: ['id'],
      references: `public.${to}`,
    },
  };
}
