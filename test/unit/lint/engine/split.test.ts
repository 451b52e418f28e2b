import {describe, expect, it} from 'vitest';
import {parsePassage} from '../../../../src/core/lint/parse-passage.ts';
import {pieceFrom} from '../../../../src/core/lint/split.ts';
import type {Span} from '../../../../src/core/sql/positions.ts';
import {cache, parser} from './rig.ts';

/** Each is accepted by PostgreSQL, and is as many statements as its parser says. */
const accepted = [
  '',
  ';;  ; -- nothing',
  'SELECT 1; SELECT 2',
  "SELECT ';', ''';''' ; SELECT 'a''; b'",
  "SELECT E'\\';' ; SELECT e'\\\\'; SELECT 2",
  "SELECT E'a'\n  '\\';'; SELECT 2",
  "SELECT E'a' -- more\n -- and more\n '\\';'; SELECT 2",
  "SELECT 'a' -- more\n 'b;' -- and more\n\n 'c'; SELECT 2",
  "SELECT 'a\\'; SELECT 'b'",
  "SELECT type'x;' FROM (SELECT 1) AS t(type); SELECT 2",
  "SELECT U&'\\0061;' , N';', B'1', X'1F'; SELECT 2",
  'SELECT $$;$$, $a$;$$;$b$;$a$, $é$;$é$; SELECT 2',
  'SELECT a$b$ FROM (SELECT 1) AS t(a$b$); SELECT c$d$ FROM (SELECT 1) AS t(c$d$)',
  'PREPARE p AS SELECT $1, $2; SELECT 2',
  'SELECT "a;""b;" FROM (SELECT 1) AS t("a;""b;"); SELECT U&"x;" FROM (SELECT 1) AS t(U&"x;")',
  '/* ; /* ; */ ; */ SELECT 1 /* ; */ ; -- ;\n SELECT 2 -- ;',
  'SELECT 1 --;\n;SELECT 2',
  'SELECT 2*/*;*/3; SELECT 4-/*;*/-5; SELECT 6 +--;\n 7',
  'CREATE RULE r AS ON INSERT TO t DO ALSO (DELETE FROM a; UPDATE b SET c = 1;); SELECT 2',
  'CREATE RULE r AS ON INSERT TO t DO INSTEAD NOTHING; SELECT 2',
  'CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1; SELECT 2; END; SELECT 3',
  'CREATE OR REPLACE PROCEDURE f(a int DEFAULT 1) BEGIN ATOMIC INSERT INTO t VALUES (1); END; SELECT 3',
  'CREATE FUNCTION f() RETURNS int LANGUAGE sql BEGIN ATOMIC SELECT CASE WHEN true THEN CASE 1 WHEN 1 THEN 2 END END; END; SELECT 3',
  'CREATE FUNCTION f() RETURNS int LANGUAGE sql RETURN 1; SELECT 3',
  'CREATE FUNCTION "begin"() RETURNS int LANGUAGE sql AS $$SELECT 1; SELECT 2$$; SELECT 3',
  'BEGIN; SELECT 1; END; BEGIN; COMMIT AND CHAIN; ROLLBACK',
  'CREATE TABLE begin (atomic int); CREATE TABLE a (b int)',
  "DO $body$ BEGIN IF true THEN NULL; END IF; END $body$; DO LANGUAGE plpgsql 'BEGIN NULL; END'; SELECT 1",
  'CREATE SCHEMA s CREATE TABLE t (a int) CREATE VIEW v AS SELECT 1; SELECT 1',
  'SELECT 1;\r\n\r\nSELECT 2;\r\n',
  "SELECT 'é🐘;'; SELECT '🐘'",
  "COMMENT ON TABLE t IS '--'; SELECT 1",
  "SELECT a[1:2], b -> 'x;' , c @> ARRAY[1] FROM t; SELECT 1::int",
  'SELECT 1e5, .5, 0x1F, 1_000; SELECT $1',
];

/** PostgreSQL takes them, and the library does not. */
function withoutCommentsInStrings(sql: string): string {
  return sql.replaceAll(/-- (?:and )?more/g, comment => ' '.repeat(comment.length));
}

function markedAt(sql: string, places: readonly Span[]): string {
  return places
    .toReversed()
    .reduce((all, {start, end}) => `${all.slice(0, start)}«${all.slice(start, end)}»${all.slice(end)}`, sql);
}

/** The parser's statements go on to the semicolon. */
function withoutLastComment(sql: string): string {
  return sql.replace(/(?<=\d)\s*(?:\/\* ; \*\/|-- ?;)$/, '');
}

describe('splitting into statements', () => {
  it.each(accepted)('cuts %j where PostgreSQL does', async sql => {
    const joined = withoutCommentsInStrings(sql);
    const whole = await parser.parse(joined);
    const split = await parsePassage(cache, sql);
    expect(split.errors).toEqual([]);
    expect(split.statements.map(({start, statement}) => [start, statement.kind, statement.sql])).toEqual(
      whole.ok
        ? whole.value.map(({start, end, kind}) => [start, kind, withoutLastComment(joined.slice(start, end))])
        : 'refused',
    );
  });

  it.each<[string, readonly string[]]>([
    ["SET standard_conforming_strings = off; SELECT 'a\\';'; SELECT E'\\''", ['SET', 'SELECT', 'SELECT']],
    [
      "SET standard_conforming_strings TO 'off'; SELECT '\\\\', \"\\\"; SELECT 1",
      ['SET', 'SELECT', 'SELECT'],
    ],
    [
      "SET standard_conforming_strings = off; SET standard_conforming_strings = on; SELECT '\\'; SELECT 1",
      ['SET', 'SET', 'SELECT', 'SELECT'],
    ],
    ["SET LOCAL standard_conforming_strings = false; SELECT '\\';'", ['SET', 'SELECT']],
  ])('follows standard_conforming_strings in %j', async (sql, commands) => {
    const {statements, errors} = await parsePassage(cache, sql);
    expect(errors).toEqual([]);
    expect(statements.map(({statement}) => statement.command)).toEqual(commands);
  });

  it.each<[string, readonly string[], readonly string[]]>([
    ['SELECT 1; «SELEC» 2; SELECT 3', ['syntax error at or near "SELEC"'], ['SELECT 1', 'SELECT 3']],
    ['CREATE TABLE a (b int«;» SELECT 2', ['syntax error at or near ";"'], ['SELECT 2']],
    [
      'SELECT (1«;» SELECT (2«;» SELECT 3',
      ['syntax error at or near ";"', 'syntax error at or near ";"'],
      ['SELECT 3'],
    ],
    [
      'CREATE TABLE a (b int)\n«CREATE» TABLE c (d int); SELECT 1',
      ['syntax error at or near "CREATE"'],
      ['SELECT 1'],
    ],
    ['SELECT 1; CREATE TABLE a («b»', ['syntax error at end of input'], ['SELECT 1']],
    ['SELECT 1 «)»; SELECT 2', ['syntax error at or near ")"'], ['SELECT 2']],
    [
      "SELECT 1; SELECT «'a;»\nSELECT ''b; SELEC 2",
      ["unterminated quoted string at or near \"'a;\nSELECT ''b; SELEC 2\""],
      ['SELECT 1'],
    ],
    [
      'SELECT 1; SELECT «$a$» x\n; SELECT 2',
      ['unterminated dollar-quoted string at or near "$a$ x\n; SELECT 2"'],
      ['SELECT 1'],
    ],
    [
      'SELECT 1; SELECT «"a; SELECT 2»',
      ['unterminated quoted identifier at or near ""a; SELECT 2"'],
      ['SELECT 1'],
    ],
    [
      'SELECT 1; «/*» a /* b */ SELECT 2;',
      ['unterminated /* comment at or near "/* a /* b */ SELECT 2;"'],
      ['SELECT 1'],
    ],
    ['SELECT 1 «/*» a; SELECT 2', ['unterminated /* comment at or near "/* a; SELECT 2"'], []],
    [
      'CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1; SELECT «2»',
      ['syntax error at end of input'],
      [],
    ],
    ["SELECT 'é🐘' FRM «t»; SELECT 2", ['syntax error at or near "t"'], ['SELECT 2']],
  ])('goes on behind what PostgreSQL refuses: %j', async (marked, messages, kept) => {
    const sql = marked.replaceAll(/[«»]/g, '');
    const {statements, errors} = await parsePassage(cache, sql);
    expect(errors.map(({message}) => message)).toEqual(messages);
    expect(statements.map(({statement}) => statement.sql)).toEqual(kept);
    expect(
      markedAt(
        sql,
        errors.map(({at}) => at),
      ),
    ).toBe(marked);
  });

  it('does not take long for what is never closed', () => {
    const texts = ["'", '"', '$$', '/*', '(', "E'", 'CREATE FUNCTION f() BEGIN ATOMIC SELECT 1;'];
    const begin = performance.now();
    for (const open of texts) pieceFrom(`${open} ${"SELECT ''; /* */ ".repeat(20_000)}`, 0);
    // What looks at the rest again for each quote takes minutes, also on a machine with nothing else to do.
    expect(performance.now() - begin).toBeLessThan(20_000);
  }, 60_000);
});
