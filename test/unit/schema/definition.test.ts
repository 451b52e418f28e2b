import {expect, it} from 'vitest';
import {definitionOf} from '../../../src/core/schema/definition.ts';
import type {SchemaObject} from '../../../src/core/schema/objects.ts';
import {column, object, orders, snapshot, table} from './snapshots.ts';

const ordersParts: readonly SchemaObject[] = [
  table('orders', {
    owner: 'shop',
    options: {fillfactor: '70'},
    comment: "What's sold",
    rowSecurity: true,
    privileges: {
      app: ['SELECT'],
      shop: ['DELETE', 'INSERT', 'MAINTAIN', 'REFERENCES', 'SELECT', 'TRIGGER', 'TRUNCATE', 'UPDATE'],
    },
  }),
  column('id', {
    type: 'bigint',
    notNull: true,
    identity: 'always',
    identityOptions: {start: '10', cycle: 'true'},
  }),
  column('note', {position: 2, collation: 'pg_catalog."C"', default: "'-'::text", comment: 'by hand'}),
  column('total', {
    position: 3,
    type: 'numeric(10,2)',
    generated: '(a + b)',
    generatedKind: 'stored',
    statistics: 500,
  }),
  object(
    'constraint',
    {name: 'orders_pkey', of: orders},
    {type: 'primary key', definition: 'PRIMARY KEY (id)', columns: ['id']},
  ),
  object(
    'constraint',
    {name: 'positive', of: orders},
    {type: 'check', definition: 'CHECK ((total > 0)) NOT VALID', notValid: true},
  ),
  object(
    'index',
    {schema: 'public', name: 'orders_note', of: orders},
    {
      definition: 'CREATE INDEX orders_note ON public.orders USING btree (note)',
      method: 'btree',
      keys: ['note'],
    },
  ),
];

it('writes a table with all that belongs to it', () => {
  expect(definitionOf(snapshot(ordersParts), 'table public.orders')).toBe(`CREATE TABLE public.orders (
    id bigint GENERATED ALWAYS AS IDENTITY (START WITH 10 CYCLE) NOT NULL,
    note text COLLATE pg_catalog."C" DEFAULT '-'::text,
    total numeric(10,2) GENERATED ALWAYS AS (a + b) STORED,
    CONSTRAINT orders_pkey PRIMARY KEY (id)
)
WITH (fillfactor=70);

ALTER TABLE public.orders ADD CONSTRAINT positive CHECK ((total > 0)) NOT VALID;

ALTER TABLE public.orders OWNER TO shop;

GRANT SELECT ON TABLE public.orders TO app;

COMMENT ON TABLE public.orders IS 'What''s sold';

CREATE INDEX orders_note ON public.orders USING btree (note);

ALTER TABLE public.orders ALTER COLUMN total SET STATISTICS 500;

ALTER TABLE public.orders ENABLE ROW LEVEL SECURITY;

COMMENT ON COLUMN public.orders.note IS 'by hand';
`);
});

it('says nothing of owners where they have other names', () => {
  const text = definitionOf(snapshot(ordersParts), 'table public.orders', {owners: false});
  expect(text).not.toContain('shop');
  expect(text).toContain('GRANT SELECT ON TABLE public.orders TO app;');
});

it('knows nothing of an unknown object', () => {
  expect(definitionOf(snapshot([]), 'table public.nothing')).toBe('');
});

const view = {kind: 'view', schema: 'public', name: 'v'} as const;

it.each<[string, SchemaObject, string]>([
  ['a part', column('note', {notNull: true}), 'ALTER TABLE public.orders ADD COLUMN note text NOT NULL'],
  [
    'a schema',
    object('schema', {name: 'Shop'}, {owner: 'app'}),
    'CREATE SCHEMA "Shop";\n\nALTER SCHEMA "Shop" OWNER TO app',
  ],
  [
    'a view with options',
    object('view', view, {
      definition: ' SELECT 1 AS one;',
      options: {security_barrier: 'true', check_option: 'local'},
    }),
    "CREATE VIEW public.v WITH (check_option='local', security_barrier=true) AS\n SELECT 1 AS one",
  ],
  [
    'a function that everybody may not call',
    object(
      'function',
      {schema: 'public', name: 'f', signature: '(integer)'},
      {
        routine: 'function',
        definition: 'CREATE OR REPLACE FUNCTION public.f(a integer)\n RETURNS integer …',
        arguments: 'a integer',
        language: 'sql',
        owner: 'app',
        privileges: {app: ['EXECUTE'], reader: ['EXECUTE*']},
      },
    ),
    `CREATE FUNCTION public.f(a integer)
 RETURNS integer …;

ALTER FUNCTION public.f(integer) OWNER TO app;

REVOKE EXECUTE ON FUNCTION public.f(integer) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION public.f(integer) TO reader WITH GRANT OPTION`,
  ],
  [
    'a disabled trigger',
    object(
      'trigger',
      {name: 'stamp', of: orders},
      {definition: 'CREATE TRIGGER stamp …', function: 'public.f', enabled: 'disabled', comment: 'off'},
    ),
    `CREATE TRIGGER stamp …;

ALTER TABLE public.orders DISABLE TRIGGER stamp;

COMMENT ON TRIGGER stamp ON public.orders IS 'off'`,
  ],
  [
    'a policy',
    object(
      'policy',
      {name: 'own', of: orders},
      {command: 'UPDATE', restrictive: true, roles: ['PUBLIC', '"PUBLIC"', 'a b'], using: 'true'},
    ),
    `CREATE POLICY own ON public.orders
    AS RESTRICTIVE
    FOR UPDATE
    TO PUBLIC, "PUBLIC", "a b"
    USING (true)`,
  ],
  [
    'privileges of a column',
    column('note', {privileges: {app: ['SELECT', 'UPDATE']}}),
    'ALTER TABLE public.orders ADD COLUMN note text;\n\nGRANT SELECT (note), UPDATE (note) ON TABLE public.orders TO app',
  ],
  [
    'settings of the database, by whatever name',
    object('database', {name: 'current'}, {settings: {search_path: '"$user", app', work_mem: '8MB'}}),
    `DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET search_path TO ''$user'', ''app''', current_database()); END $$;

DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET work_mem TO ''8MB''', current_database()); END $$`,
  ],
  [
    'a comment with dollars and percent signs on the database',
    object('database', {name: 'current'}, {comment: '100 % $$'}),
    "DO $q1$ BEGIN EXECUTE format('COMMENT ON DATABASE %I IS ''100 %% $$''', current_database()); END $q1$",
  ],
  [
    'a user mapping without its secret',
    object(
      'user mapping',
      {name: 'PUBLIC', of: {kind: 'server', name: 'far'}},
      {options: {user: 'u', password: '(not read)'}},
    ),
    'CREATE USER MAPPING FOR PUBLIC SERVER far\n    OPTIONS ("user" \'u\')',
  ],
  [
    'default privileges that take something away',
    object(
      'default privileges',
      {name: 'for role app on functions'},
      {role: 'app', on: 'functions', privileges: {app: ['EXECUTE']}},
    ),
    'ALTER DEFAULT PRIVILEGES FOR ROLE app REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC',
  ],
  [
    'default privileges of a schema',
    object(
      'default privileges',
      {name: 'for role app in schema s on tables'},
      {role: 'app', inSchema: 's', on: 'tables', privileges: {reader: ['SELECT']}},
    ),
    'ALTER DEFAULT PRIVILEGES FOR ROLE app IN SCHEMA s GRANT SELECT ON TABLES TO reader',
  ],
  [
    'a role without its password',
    object('role', {name: 'app'}, {capabilities: ['createdb'], memberOf: ['staff with admin option']}),
    'CREATE ROLE app CREATEDB;\n\nGRANT staff TO app WITH ADMIN OPTION',
  ],
  [
    'an operator family',
    object(
      'operator family',
      {schema: 'public', name: 'fam USING btree'},
      {members: ['OPERATOR 1 <(integer, integer)']},
    ),
    'CREATE OPERATOR FAMILY public.fam USING btree;\n\nALTER OPERATOR FAMILY public.fam USING btree ADD OPERATOR 1 <(integer, integer)',
  ],
])('writes %s', (_, made, expected) => {
  expect(definitionOf(snapshot([made]), made.key)).toBe(`${expected};\n`);
});
