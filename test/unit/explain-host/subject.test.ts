import {describe, expect, it} from 'vitest';
import type {Connection} from '../../../src/core/connections/connection.ts';
import type {Outcome} from '../../../src/core/outcome.ts';
import {
  placeNow,
  shortened,
  statementsOf,
  subjectOf,
  subjectOfRecord,
  type LocatedStatement,
  type Subject,
} from '../../../src/editor/explain/subject.ts';
import {originOf} from '../../../src/editor/explain/plan-view.ts';
import {createParser} from '../../../src/parser/libpg-query.ts';

const parser = createParser();
const connection: Connection = {
  id: 'shop',
  name: 'shop',
  source: {kind: 'added'},
  environment: 'development',
  readOnly: false,
  settings: {
    endpoints: [{host: 'db', port: 5432}],
    database: 'shop',
    user: 'app',
    sslMode: 'disable',
    targetSessionAttrs: 'any',
    connectTimeout: 10,
    parameters: {},
    extra: {password: 'never'},
  },
};
const uri = 'file:///home/user/shop.sql';

/** `|` marks the cursor, or two of them the selection. */
async function located(marked: string, written: 'sql' | 'literal' = 'sql'): Promise<LocatedStatement> {
  const [before = '', ...rest] = marked.split('|');
  const text = [before, ...rest].join('');
  const selection = {
    start: before.length,
    end: before.length + (rest.length === 2 ? (rest[0]?.length ?? 0) : 0),
  };
  const [first] = must(await statementsOf(parser, {uri, text, selection, written}));
  if (!first) throw new Error('no statement');
  return first;
}

function must<T>(outcome: Outcome<T>): T {
  if (outcome.ok) return outcome.value;
  throw new Error(outcome.failure.message);
}

/** What the document has at the place of each character of a word of the sent statement. */
function inDocument({place, toPlace, found}: LocatedStatement, word: string): string {
  const at = found.sql.indexOf(word);
  const from = toPlace(at);
  return place?.original.slice(from, toPlace(at + word.length - 1) + 1) ?? '';
}

describe('the statement of a command', () => {
  it('is the one at the cursor, and knows its place', async () => {
    const one = await located('select 1;\n\nselect id from | orders;\nselect 3;');
    expect(one.found.sql).toBe('select id from  orders');
    expect(one.place).toEqual({uri, start: 11, original: 'select id from  orders', written: 'sql'});
    expect(inDocument(one, 'orders')).toBe('orders');
  });

  it('is found in a long file as in a short one', async () => {
    const noise = "select 'a; b' as something_that_is_long_enough;\n".repeat(1000);
    const one = await located(`${noise}select id\nfrom | orders;\n${noise}`);
    expect(one.found.sql).toBe('select id\nfrom  orders');
    expect(one.place?.start).toBe(noise.length);
  });

  it('is what a string of another language says', async () => {
    const one = await located('db.query(|"select id\\n from orders where id = %s"|, [id])', 'literal');
    expect(one.found.sql).toBe('select id\n from orders where id = $1');
    expect(one.place?.start).toBe(9);
    expect(inDocument(one, 'orders')).toBe('orders');
    expect(inDocument(one, 'where')).toBe('where');
  });

  it.each([
    ['in SQL', 'select 1;\nselect * fro | orders wher;', 'sql'],
    ['in a string', 'x = |"select * fro orders wher"|', 'literal'],
    ['in a long file', `${'select 1 as x;\n'.repeat(3000)}select from where |;`, 'sql'],
  ] as const)(
    'that does not parse is a failure at its token in the document, %s',
    async (_, marked, written) => {
      const [before = '', ...rest] = marked.split('|');
      const text = [before, ...rest].join('');
      const end = rest.length === 2 ? text.lastIndexOf('"') + 1 : before.length;
      const found = await statementsOf(parser, {uri, text, selection: {start: before.length, end}, written});
      if (found.ok) throw new Error('it parses');
      const [, token = ''] = /"(.*)"/.exec(found.failure.message) ?? [];
      const position = found.failure.server?.position ?? 0;
      expect(text.slice(position - 1, position - 1 + token.length)).toBe(token);
      expect(token).not.toBe('');
    },
  );
});

describe('a subject', () => {
  const subjectFor = async (marked: string): Promise<Subject> =>
    must(await subjectOf(parser, connection, await located(marked)));

  it('is what can be explained of the statement', async () => {
    const subject = await subjectFor('explain (analyze) | delete from orders');
    expect([subject.sql, subject.verdict.kind]).toEqual(['delete from orders', 'writes']);
  });

  it('has one fingerprint whatever its constants and layout', async () => {
    const one = await subjectFor('select * from orders where id = 1|');
    const other = await subjectFor('SELECT *\nFROM orders -- all\nWHERE id = 22|');
    expect(one.fingerprint).toBe(other.fingerprint);
    expect((await subjectFor('select * from customers where id = 1|')).fingerprint).not.toBe(one.fingerprint);
  });

  it('is refused with a reason where EXPLAIN takes nothing of it', async () => {
    const vacuum = await subjectOf(parser, connection, await located('vacuum orders|'));
    expect(vacuum).toMatchObject({ok: false, failure: {reason: 'unsupported'}});
  });

  it.each(['select 1;\nselect id from orders where id = :id|', 'explain select id from| orders'])(
    'is tied to its place again when its plan is restored: %s',
    async marked => {
      const subject = await subjectFor(marked);
      const decision = {
        mode: 'explain',
        parameters: [],
        timeouts: {statement: 0, lock: 0},
        notes: [],
      } as const;
      const record = {
        version: 1 as const,
        id: 'a.1',
        origin: originOf(subject, decision, 0),
        connectionId: 'shop',
        length: 0,
        place: subject.place ?? null,
        openedFrom: null,
        figures: null,
      };
      const restored = must(await subjectOfRecord(parser, connection, record));
      expect(restored.place).toEqual(subject.place);
      expect(restored.sql).toBe(subject.sql);
      expect(restored.fingerprint).toBe(subject.fingerprint);
      expect(inDocument(restored, 'orders')).toBe('orders');
    },
  );

  it('is shown with its target, and without anything that is nobody’s business', async () => {
    const decision = {
      mode: 'analyze',
      guard: 'read-only',
      parameters: [{name: ':id', value: null}],
      timeouts: {statement: 1, lock: 2},
      notes: [],
    } as const;
    const origin = originOf(await subjectFor('select :id|'), decision, 7);
    expect(origin).toMatchObject({
      mode: 'analyze',
      guard: 'read-only',
      title: 'select $1',
      connection: {name: 'shop', address: 'app@db:5432/shop'},
      parameters: [{name: ':id', type: null, value: null}],
    });
    expect(JSON.stringify(origin)).not.toContain('never');
  });
});

it.each([
  ['where it was', 'a; select 1; b', 3],
  ['moved down', 'new line; a; select 1; b', 13],
  ['moved up', 'select 1; b', 0],
  ['at the nearest of two places', 'select 1; select 1; a', 0],
  ['nowhere, once it was changed', 'a; select 2; b', undefined],
])('a statement is found %s', (_, text, at) => {
  expect(placeNow(text, {uri, start: 3, original: 'select 1', written: 'sql'})).toBe(at);
});

it.each([
  ['select\n  1', 10, 'select 1'],
  ['select 1 from a_table', 12, 'select 1 fr…'],
])('%j is called by its beginning', (sql, length, title) => expect(shortened(sql, length)).toBe(title));
