import {describe, expect, it} from 'vitest';
import {createParser} from '../../../src/parser/libpg-query.ts';

const parser = createParser();

describe('PostgreSQL’s own parser', () => {
  it.each<[string, readonly string[]]>([
    ['SELECT 1', ['SELECT 1']],
    ['SELECT 1;', ['SELECT 1']],
    ['-- é🐘\nSELECT 1;\n\n/* a; b */ SELECT 2 ; -- end', ['SELECT 1', 'SELECT 2']],
    ["SELECT 'é🐘'; SELECT 'b' ;;", ["SELECT 'é🐘'", "SELECT 'b'"]],
    ['DO $$ BEGIN NULL; END $$;\r\nSELECT 1', ['DO $$ BEGIN NULL; END $$', 'SELECT 1']],
    ['', []],
    [' -- nothing', []],
    [';;', []],
  ])('finds the statements of %j', async (sql, statements) => {
    const parsed = await parser.parse(sql);
    expect(parsed.ok && parsed.value.map(({start, end}) => sql.slice(start, end))).toEqual(statements);
  });

  it.each([
    ['SELECT 1; SELEC 2', 11],
    ["SELECT 'é🐘'; SELEC 2", 14],
    ['\uFEFFSELECT 1', 1],
    ['SELECT (1', 10],
  ])('gives the position of the syntax error in %j as the server does', async (sql, position) =>
    expect(await parser.parse(sql)).toMatchObject({
      failure: {reason: 'sql', server: {sqlState: '42601', position}},
    }),
  );
});
