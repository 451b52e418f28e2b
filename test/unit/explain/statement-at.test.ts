import {describe, expect, it} from 'vitest';
import {statementsIn, type FoundStatement} from '../../../src/core/explain/statement-at.ts';
import type {Outcome} from '../../../src/core/outcome.ts';
import {offsetOfPosition} from '../../../src/core/sql/positions.ts';
import {createParser} from '../../../src/parser/libpg-query.ts';

const parser = createParser();

/** The cursor is where `|` stands, a selection between two of them. */
async function find(marked: string): Promise<{text: string; found: Outcome<readonly FoundStatement[]>}> {
  const start = marked.indexOf('|');
  const end = marked.lastIndexOf('|');
  const text = marked.replaceAll('|', '');
  return {text, found: await statementsIn(parser, text, {start, end: end === start ? start : end - 1})};
}

async function one(marked: string): Promise<FoundStatement> {
  const {found} = await find(marked);
  if (!found.ok) throw new Error(found.failure.message);
  expect(found.value).toHaveLength(1);
  const [statement] = found.value;
  if (!statement) throw new Error('nothing found');
  return statement;
}

describe('the statement at the cursor', () => {
  it.each([
    ['in it', 'SELECT 1; SEL|ECT 2; SELECT 3', 'SELECT 2'],
    ['behind its semicolon', 'SELECT 1;|\nSELECT 2', 'SELECT 1'],
    ['in the comment before it', '-- a; b\n-- |c\nSELECT 2', 'SELECT 2'],
    ['on an empty line before it', 'SELECT 1;\n\n|\nSELECT 2;', 'SELECT 2'],
    ['behind the last', 'SELECT 1;\nSELECT 2;\n\n|', 'SELECT 2'],
    ['after a string with a semicolon', "SELECT ';|'; SELECT 2", "SELECT ';'"],
    ['in a dollar quote', 'SELECT $$a;|b$$; SELECT 2', 'SELECT $$a;b$$'],
    ['in a nested comment', 'SELECT /* ; /* ; */ |; */ 1; SELECT 2', 'SELECT /* ; /* ; */ ; */ 1'],
    ['in an escape string', String.raw`SELECT E'\';|'; SELECT 2`, String.raw`SELECT E'\';'`],
    ['behind characters of two units', "SELECT '🐘é'; SELECT |2", 'SELECT 2'],
    ['beside a statement that does not parse', 'SELEC 1;\nSELECT |2;\nFROM;', 'SELECT 2'],
    ['beside a command of psql', '\\timing on\n;\nSELECT |2;', 'SELECT 2'],
  ])('is found %s', async (_where, marked, sql) => {
    const found = await one(marked);
    expect(found.sql).toBe(sql);
    expect(marked.replace('|', '').slice(found.span.start, found.span.end)).toBe(sql);
  });

  it('is none in a text without any', async () => {
    const {found} = await find('-- nothing|\n');
    expect(found).toEqual({ok: true, value: []});
  });

  it.each([
    ['SELECT 1;\nSELECT |FROM WHERE;', 'WHERE'],
    ["SELECT '🐘' |FROM WHERE", 'WHERE'],
    ['SELECT * FROM t WHERE id = :id |AND AND', 'AND'],
    ['|SELECT 1 FROM FROM|', 'FROM'],
  ])('fails at the token: %s', async (marked, token) => {
    const {text, found} = await find(marked);
    if (found.ok) throw new Error('it parses');
    const at = offsetOfPosition(text, found.failure.server?.position ?? 0);
    expect(at).toBe(text.lastIndexOf(token));
  });

  it('says of a string without an end that it has none', async () => {
    const {found} = await find("SELECT '|a");
    expect(found).toMatchObject({ok: false, failure: {reason: 'sql'}});
  });

  it('is each one of a selection', async () => {
    const {found} = await find('SELECT 0; |SELECT 1; SELECT :a; SELECT :a, :b;|');
    expect(found.ok && found.value.map(({sql}) => sql)).toEqual(['SELECT 1', 'SELECT $1', 'SELECT $1, $2']);
  });
});

describe('placeholders', () => {
  it.each([
    ['SELECT $2, $1, $2', 'SELECT $2, $1, $2', ['$1', '$2']],
    ['SELECT $7', 'SELECT $1', ['$7']],
    ['SELECT :id, :name, :id', 'SELECT $1, $2, $1', [':id', ':name']],
    ['SELECT * FROM t WHERE a=:1', 'SELECT * FROM t WHERE a=$1', [':1']],
    ["SELECT :'name'", 'SELECT $1', [":'name'"]],
    ['SELECT %(a)s, %(b)s, %(a)s', 'SELECT $1, $2, $1', ['%(a)s', '%(b)s']],
    ['SELECT %s, %s', 'SELECT $1, $2', ['%s', '%s']],
    ['SELECT 1 WHERE a=%s AND b =%(c)s', 'SELECT 1 WHERE a=$1 AND b =$2', ['%s', '%(c)s']],
    ['SELECT ? WHERE a=? LIMIT ?', 'SELECT $1 WHERE a=$2 LIMIT $3', ['?', '?', '?']],
    ['SELECT * FROM t WHERE id IN (?, ?)', 'SELECT * FROM t WHERE id IN ($1, $2)', ['?', '?']],
    ["SELECT d ? 'k', d ?& ? FROM t", "SELECT d ? 'k', d ?& $1 FROM t", ['?']],
    ['SELECT ${user.id}, ${f(1)}', 'SELECT $1, $2', ['${user.id}', '${f(1)}']],
    ['SELECT a[1:n], b[:n], x::int, :v', 'SELECT a[1:n], b[$1], x::int, $2', [':n', ':v']],
    ["SELECT ':a %s ?', $$ :b $$ /* :c */, :d", "SELECT ':a %s ?', $$ :b $$ /* :c */, $1", [':d']],
    ['SELECT a % s FROM t WHERE b = %s', 'SELECT a % s FROM t WHERE b = $1', ['%s']],
    ['SELECT a[1:n], d ? x FROM t', 'SELECT a[1:n], d ? x FROM t', []],
    ['SELECT $3, :id', 'SELECT $1, $2', ['$3', ':id']],
  ])('of %s', async (text, sql, names) => {
    const found = await one(`${text}|`);
    expect(found.sql).toBe(sql);
    expect(found.placeholders).toEqual(names.map((name, index) => ({name, number: index + 1})));
  });

  it('leave every other place known', async () => {
    const text = 'SELECT 1;\nSELECT :first_name, lower(b) FROM t WHERE a = :id';
    const found = await one(`${text}|`);
    for (const word of ['SELECT :f', 'lower', 'FROM', 'WHERE', ':id']) {
      const inSql = found.sql.indexOf(word.replace(':f', '$1').replace(':id', '$2'));
      expect(found.toDocument(inSql)).toBe(text.lastIndexOf(word));
    }
    expect(found.toDocument(found.sql.length)).toBe(text.length);
  });
});
