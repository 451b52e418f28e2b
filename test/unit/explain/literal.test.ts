import {describe, expect, it} from 'vitest';
import {sqlInLiteral} from '../../../src/core/explain/literal.ts';

describe('SQL in a literal of another language', () => {
  it.each([
    ['"SELECT 1"', 'SELECT 1'],
    ["'SELECT 1'", 'SELECT 1'],
    ['`SELECT 1`', 'SELECT 1'],
    ['sql`SELECT ${id}`', 'SELECT ${id}'],
    ['db.sql`SELECT 1`;', 'SELECT 1'],
    ['"""\n  SELECT 1\n"""', '\n  SELECT 1\n'],
    ["r'''SELECT '\\d' '''", "SELECT '\\d' "],
    ['f"SELECT 1"', 'SELECT 1'],
    [String.raw`"SELECT \"Id\"\n FROM t"`, 'SELECT "Id"\n FROM t'],
    [String.raw`'SELECT \'x\''`, "SELECT 'x'"],
    [String.raw`"SELECT 'a\u00e9\u{1F418}\x41'"`, "SELECT 'aé🐘A'"],
    ['@"SELECT ""Id"" FROM t"', 'SELECT "Id" FROM t'],
    ['r#"SELECT "Id""#', 'SELECT "Id"'],
    ['"SELECT 1 " +\n  "FROM t"', 'SELECT 1 FROM t'],
    ["('SELECT 1 '\n 'FROM t')", 'SELECT 1 FROM t'],
    ['"SELECT \\\n 1"', 'SELECT  1'],
  ])('reads %s', (literal, sql) => {
    expect(sqlInLiteral(literal).sql).toBe(sql);
  });

  it.each(['SELECT 1', 'SELECT * FROM "t"', "SELECT 'a'", '"SELECT 1', 'run("SELECT 1")', ''])(
    'leaves %s as it is',
    text => {
      expect(sqlInLiteral(text).sql).toBe(text);
    },
  );

  it('knows where each character came from', () => {
    const literal = String.raw`"SELECT \"Id\" " + "FROM t"`;
    const {sql, toDocument} = sqlInLiteral(literal);
    expect(sql).toBe('SELECT "Id" FROM t');
    expect(literal[toDocument(sql.indexOf('S'))]).toBe('S');
    expect(literal.slice(toDocument(sql.indexOf('"'))).startsWith('\\"Id')).toBe(true);
    expect(literal.slice(toDocument(sql.indexOf('FROM'))).startsWith('FROM t')).toBe(true);
    expect(literal[toDocument(sql.lastIndexOf('t'))]).toBe('t');
  });
});
