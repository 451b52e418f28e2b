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
    ['/* a /* ; b */ AS */ SELECT 1; /**/ /*/**/;*/ SELECT 2', ['SELECT 1', 'SELECT 2']],
    ["SELECT E'\\';'; SELECT U&';'", ["SELECT E'\\';'", "SELECT U&';'"]],
    ['SELECT $$;$$, $a$;$$;$a$; SELECT $1;', ['SELECT $$;$$, $a$;$$;$a$', 'SELECT $1']],
    ['SELECT ";", \';\'\n\';\'; TABLE ";"', ["SELECT \";\", ';'\n';'", 'TABLE ";"']],
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

  it.each<[string, readonly string[]]>([
    ['SELECT "a", $1 -- é\n+ 1.5;', ['SELECT', '"a"', ',', '$1', '-- é', '+', '1.5', ';']],
    ["'🐘 '' ;' /* a /* b */ c */ x", ["'🐘 '' ;'", '/* a /* b */ c */', 'x']],
    ["E'\\';' $$;$$ U&\"d\\0061t\" >= :name", ["E'\\';'", '$$;$$', 'U&"d\\0061t"', '>=', ':', 'name']],
    ['SELEC 1 ) (', ['SELEC', '1', ')', '(']],
    ['', []],
  ])('scans %j, also where it does not parse', async (sql, tokens) => {
    const scanned = await parser.scan(sql);
    expect(scanned.ok && scanned.value.map(({start, end}) => sql.slice(start, end))).toEqual(tokens);
  });

  it('names the kinds of tokens that others look for', async () => {
    const scanned = await parser.scan("SELECT a, $1, 's'; -- c");
    expect(scanned.ok && scanned.value.map(({kind}) => kind)).toEqual(
      'RESERVED_KEYWORD IDENT ASCII_44 PARAM ASCII_44 SCONST ASCII_59 SQL_COMMENT'.split(' '),
    );
  });

  it.each(["SELECT 'a", 'SELECT /* a /* b */', 'SELECT "a', 'SELECT $$ a'])(
    'scans no text that ends inside of %j',
    async sql =>
      expect(await parser.scan(sql)).toMatchObject({failure: {reason: 'sql', server: {sqlState: '42601'}}}),
  );

  it.each([
    ['SELECT 1', 'select /* a */ 2 -- b'],
    ["SELECT * FROM t WHERE a IN (1, 2) AND b = 'x'", 'SELECT *\nFROM t WHERE a IN (7) AND b = $1'],
    ['INSERT INTO t VALUES (1, 2)', 'INSERT INTO t VALUES (3, 4), (5, 6)'],
  ])('gives one fingerprint to %j and %j', async (one, other) => {
    const fingerprint = await parser.fingerprint(one);
    expect(fingerprint).toMatchObject({value: expect.stringMatching(/^[\da-f]{16}$/)});
    expect(await parser.fingerprint(other)).toEqual(fingerprint);
  });

  it.each([
    ['SELECT a FROM t', 'SELECT b FROM t'],
    ['SELECT a FROM t', 'SELECT a FROM u'],
    ['SELECT a FROM t', 'SELECT a FROM t ORDER BY a'],
    ['SELECT a FROM t WHERE a = 1', 'SELECT a FROM t WHERE a > 1'],
  ])('gives different fingerprints to %j and %j', async (one, other) =>
    expect(await parser.fingerprint(one)).not.toEqual(await parser.fingerprint(other)),
  );

  it('gives no fingerprint to what does not parse, and says where', async () =>
    expect(await parser.fingerprint("SELECT 'é'; SELEC 2")).toMatchObject({
      failure: {reason: 'sql', server: {sqlState: '42601', position: 13}},
    }));
});
