import {expect, it} from 'vitest';
import type {SchemaObject} from '../../../src/core/schema/objects.ts';
import {reconcile} from '../../../src/core/schema/reconcile/reconcile.ts';
import {column, object, orders, snapshot, table} from './snapshots.ts';

const all = ['DELETE', 'INSERT', 'MAINTAIN', 'REFERENCES', 'SELECT', 'TRIGGER', 'TRUNCATE', 'UPDATE'];
const view = {schema: 'public', name: 'v'} as const;
const ofView = {kind: 'view', ...view} as const;
const f = {schema: 'public', name: 'f', signature: '(integer)'} as const;
const routine = {
  routine: 'function',
  definition: 'CREATE OR REPLACE FUNCTION public.f(a integer) …',
  arguments: 'a integer',
  result: 'integer',
  language: 'sql',
  body: 'SELECT a',
} as const;
const trigger = {name: 'x', of: orders} as const;
const policy = {name: 'own', of: orders} as const;

it.each<[string, readonly SchemaObject[], readonly SchemaObject[], readonly string[]]>([
  [
    'a view that gets columns at its end is replaced',
    [
      object('view', view, {definition: 'SELECT a'}),
      object('column', {name: 'a', of: ofView}, {type: 'text', position: 1}),
    ],
    [
      object('view', view, {definition: 'SELECT a, b'}),
      object('column', {name: 'a', of: ofView}, {type: 'text', position: 1}),
      object('column', {name: 'b', of: ofView}, {type: 'text', position: 2}),
    ],
    ['CREATE OR REPLACE VIEW public.v AS\nSELECT a, b'],
  ],
  [
    'a view with another type is made again',
    [
      object('view', view, {definition: 'SELECT a'}),
      object('column', {name: 'a', of: ofView}, {type: 'text', position: 1}),
    ],
    [
      object('view', view, {definition: 'SELECT b'}),
      object('column', {name: 'a', of: ofView}, {type: 'integer', position: 1}),
    ],
    ['DROP VIEW public.v', 'CREATE VIEW public.v AS\nSELECT b'],
  ],
  [
    'options of a view',
    [object('view', view, {definition: 'SELECT 1', options: {security_barrier: 'true'}})],
    [object('view', view, {definition: 'SELECT 1', options: {security_invoker: 'true'}})],
    ['ALTER VIEW public.v RESET (security_barrier)', 'ALTER VIEW public.v SET (security_invoker=true)'],
  ],
  [
    'what ALTER FUNCTION can say needs no body',
    [object('function', f, {...routine, strict: true, settings: {work_mem: '1MB'}})],
    [
      object('function', f, {
        ...routine,
        definition: 'other',
        volatility: 'stable',
        cost: 5,
        settings: {search_path: '""'},
      }),
    ],
    [
      'ALTER FUNCTION public.f(integer) STABLE CALLED ON NULL INPUT COST 5',
      'ALTER FUNCTION public.f(integer) RESET work_mem',
      "ALTER FUNCTION public.f(integer) SET search_path TO ''",
    ],
  ],
  [
    'a function of another result is made again',
    [object('function', f, routine)],
    [object('function', f, {...routine, result: 'bigint'})],
    ['DROP FUNCTION public.f(integer)', 'CREATE FUNCTION public.f(a integer) …'],
  ],
  [
    'a function whose argument loses its default is made again',
    [object('function', f, {...routine, arguments: 'a integer DEFAULT 1'})],
    [object('function', f, {...routine, body: 'SELECT 2'})],
    ['DROP FUNCTION public.f(integer)', 'CREATE FUNCTION public.f(a integer) …'],
  ],
  [
    'a function whose argument gets a name is replaced',
    [object('function', f, {...routine, arguments: 'integer'})],
    [object('function', f, {...routine, definition: 'CREATE OR REPLACE FUNCTION public.f(a integer) …'})],
    ['CREATE OR REPLACE FUNCTION public.f(a integer) …'],
  ],
  [
    'a trigger that is replaced stays disabled',
    [
      table('orders'),
      object('trigger', trigger, {definition: 'CREATE TRIGGER x A', function: 'g', enabled: 'disabled'}),
    ],
    [
      table('orders'),
      object('trigger', trigger, {definition: 'CREATE TRIGGER x B', function: 'g', enabled: 'disabled'}),
    ],
    ['CREATE OR REPLACE TRIGGER x B', 'ALTER TABLE public.orders DISABLE TRIGGER x'],
  ],
  [
    'a policy without its expression is made again',
    [table('orders'), object('policy', policy, {command: 'ALL', roles: ['PUBLIC'], using: 'true'})],
    [table('orders'), object('policy', policy, {command: 'ALL', roles: ['PUBLIC']})],
    ['DROP POLICY own ON public.orders', 'CREATE POLICY own ON public.orders\n    FOR ALL\n    TO PUBLIC'],
  ],
  [
    'a new owner takes the old one’s place',
    [
      object(
        'schema',
        {name: 's'},
        {owner: 'one', privileges: {one: ['CREATE', 'USAGE'], reader: ['USAGE']}},
      ),
    ],
    [
      object(
        'schema',
        {name: 's'},
        {owner: 'two', privileges: {two: ['CREATE', 'USAGE'], writer: ['USAGE*']}},
      ),
    ],
    [
      'ALTER SCHEMA s OWNER TO two',
      'REVOKE USAGE ON SCHEMA s FROM reader',
      'GRANT USAGE ON SCHEMA s TO writer WITH GRANT OPTION',
    ],
  ],
  [
    'only the right to pass a privilege on is taken',
    [
      object(
        'schema',
        {name: 's'},
        {owner: 'one', privileges: {one: ['CREATE', 'USAGE'], reader: ['USAGE*']}},
      ),
    ],
    [
      object(
        'schema',
        {name: 's'},
        {owner: 'one', privileges: {one: ['CREATE', 'USAGE'], reader: ['USAGE']}},
      ),
    ],
    ['REVOKE GRANT OPTION FOR USAGE ON SCHEMA s FROM reader'],
  ],
  [
    'a privilege that is taken from a table stays on its column',
    [
      table('orders', {owner: 'app', privileges: {app: all, reader: ['SELECT', 'UPDATE']}}),
      column('note', {privileges: {reader: ['SELECT']}}),
    ],
    [table('orders', {owner: 'app'}), column('note', {privileges: {reader: ['SELECT']}})],
    [
      'REVOKE SELECT, UPDATE ON TABLE public.orders FROM reader',
      'GRANT SELECT (note) ON TABLE public.orders TO reader',
    ],
  ],
  [
    'the last tables of a publication are dropped from it',
    [object('publication', {name: 'p'}, {tables: ['public.a (x) WHERE ((x > 1))', '"S".b'], schemas: ['s']})],
    [object('publication', {name: 'p'}, {viaRoot: true})],
    [
      'ALTER PUBLICATION p DROP TABLE public.a, "S".b, TABLES IN SCHEMA s',
      'ALTER PUBLICATION p SET (publish_via_partition_root = true)',
    ],
  ],
  [
    'options of a dictionary',
    [
      object(
        'text search dictionary',
        {schema: 'public', name: 'd'},
        {template: 't', options: "language = 'english', stopwords = 'a, b'"},
      ),
    ],
    [
      object(
        'text search dictionary',
        {schema: 'public', name: 'd'},
        {template: 't', options: "language = 'german'"},
      ),
    ],
    ["ALTER TEXT SEARCH DICTIONARY public.d (language = 'german', stopwords)"],
  ],
  [
    'members of an operator family',
    [
      object(
        'operator family',
        {schema: 'public', name: 'm USING btree'},
        {members: ['FUNCTION 1 (integer, bigint) public.c(integer, bigint)']},
      ),
    ],
    [
      object(
        'operator family',
        {schema: 'public', name: 'm USING btree'},
        {members: ['OPERATOR 1 public.<(integer, bigint)']},
      ),
    ],
    [
      'ALTER OPERATOR FAMILY public.m USING btree DROP FUNCTION 1 (integer, bigint)',
      'ALTER OPERATOR FAMILY public.m USING btree ADD OPERATOR 1 public.<(integer, bigint)',
    ],
  ],
  [
    'what a role is a member of',
    [object('role', {name: 'app'}, {memberOf: ['a', 'b with admin option', 'c']})],
    [object('role', {name: 'app'}, {memberOf: ['a with admin option', 'b']})],
    ['REVOKE ADMIN OPTION FOR b FROM app', 'REVOKE c FROM app', 'GRANT a TO app WITH ADMIN OPTION'],
  ],
  [
    'default privileges that a new table begins with are not granted again',
    [
      object(
        'default privileges',
        {name: 'd'},
        {role: 'app', inSchema: 'public', on: 'tables', privileges: {reader: ['SELECT'], writer: ['INSERT']}},
      ),
    ],
    [
      object(
        'default privileges',
        {name: 'd'},
        {role: 'app', inSchema: 'public', on: 'tables', privileges: {reader: ['SELECT'], writer: ['INSERT']}},
      ),
      object('view', view, {
        definition: 'SELECT 1',
        owner: 'app',
        privileges: {
          app: all,
          reader: ['SELECT'],
        },
      }),
    ],
    [
      'CREATE VIEW public.v AS\nSELECT 1',
      'ALTER VIEW public.v OWNER TO app',
      'REVOKE INSERT ON TABLE public.v FROM writer',
    ],
  ],
])('%s', async (_, before, after, expected) => {
  const {statements, leftOut} = await reconcile({
    from: snapshot(before),
    to: snapshot(after),
    options: {safe: false},
  });
  expect(statements.map(({sql}) => sql)).toEqual(expected);
  expect(leftOut).toEqual([]);
});

it.each<[string, readonly SchemaObject[], readonly SchemaObject[], string]>([
  ['a role', [], [object('role', {name: 'app'}, {})], 'Create app on the server first'],
  [
    'a subscription',
    [],
    [object('subscription', {name: 's'}, {publications: ['p']})],
    'connection string is not read',
  ],
  [
    'a secret',
    [object('server', {name: 'far'}, {wrapper: 'w'})],
    [
      object('server', {name: 'far'}, {wrapper: 'w'}),
      object(
        'user mapping',
        {name: 'app', of: {kind: 'server', name: 'far'}},
        {options: {password: '(not read)'}},
      ),
    ],
    'password may be a secret',
  ],
])('says that it leaves out %s', async (_, before, after, why) => {
  const {leftOut} = await reconcile({from: snapshot(before), to: snapshot(after)});
  expect(leftOut.map(left => left.why).join(' ')).toContain(why);
});

const replayedFunction = {
  ...routine,
  owner: 'postgres',
  privileges: {postgres: ['EXECUTE'], gone: ['EXECUTE'], reader: ['EXECUTE']},
};
const reader = object('role', {name: 'reader'}, {});
const otherRoles = {differences: [], ignored: [], gaps: [], compared: 1, otherRoles: true} as const;

it('gives a replayed object to the roles that are there', async () => {
  const from = snapshot([reader]);
  const made = object('function', f, replayedFunction);
  const to = {...snapshot([reader, made]), user: 'postgres'};
  const missing = {object: made, severity: 'error', kind: 'missing', words: ''} as const;
  const {statements} = await reconcile({from, to, comparison: {...otherRoles, differences: [missing]}});
  expect(statements.map(({sql}) => sql)).toEqual([
    'CREATE FUNCTION public.f(a integer) …',
    'REVOKE EXECUTE ON FUNCTION public.f(integer) FROM PUBLIC',
    'GRANT EXECUTE ON FUNCTION public.f(integer) TO reader',
  ]);
});

it('takes nothing from roles that a replay does not know', async () => {
  const grants = {owner: 'boss', privileges: {boss: ['EXECUTE'], night: ['EXECUTE'], reader: ['EXECUTE']}};
  const before = object('function', f, {...routine, ...grants});
  const after = object('function', f, {...routine, owner: 'postgres'});
  const roles = [reader, object('role', {name: 'night'}, {}), object('role', {name: 'boss'}, {})];
  const from = snapshot([...roles, before]);
  const to = {...snapshot([reader, after]), user: 'postgres'};
  const changed = {
    object: after,
    severity: 'warning',
    kind: 'changed',
    attribute: 'privileges',
    words: '',
  } as const;
  const {statements} = await reconcile({from, to, comparison: {...otherRoles, differences: [changed]}});
  expect(statements.map(({sql}) => sql)).toEqual([
    'REVOKE EXECUTE ON FUNCTION public.f(integer) FROM reader',
    'GRANT EXECUTE ON FUNCTION public.f(integer) TO PUBLIC',
  ]);
});

it('comments on the column of a view', async () => {
  const bare = object('column', {name: 'a', of: ofView}, {type: 'text', position: 1});
  const said = object('column', {name: 'a', of: ofView}, {type: 'text', position: 1, comment: 'here'});
  const whole = object('view', view, {definition: 'SELECT a'});
  const {statements} = await reconcile({from: snapshot([whole, bare]), to: snapshot([whole, said])});
  expect(statements.map(({sql}) => sql)).toEqual(["COMMENT ON COLUMN public.v.a IS 'here'"]);
});
