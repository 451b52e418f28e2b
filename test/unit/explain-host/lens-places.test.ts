import {describe, expect, it} from 'vitest';
import {lensPlaces, surroundings} from '../../../src/editor/explain/lens-places.ts';
import {createParser} from '../../../src/parser/libpg-query.ts';

/** The place of each lens is marked by `^` before it in the text, which is taken out. */
function marked(text: string): {readonly sql: string; readonly places: readonly number[]} {
  const parts = text.split('^');
  const places = parts.slice(0, -1).map((_, index) => parts.slice(0, index + 1).join('').length);
  return {sql: parts.join(''), places};
}

describe('lenses are above', () => {
  it.each([
    ['each statement', '^select 1;\n^UPDATE t SET a = 1;\n\n^delete from t'],
    ['one after comments', '-- select 0;\n/* select 0; /* nested; */ ; */ ^select 1;'],
    ['none with a semicolon in a string', `^select ';', E'\\';', "a;b", $x$;$x$ ;^select 2`],
    ['statements in brackets', '^(select 1) union (select 2); ^((select 1))'],
    [
      'WITH, VALUES, TABLE, INSERT, MERGE, EXPLAIN',
      '^with a as (select 1) table a;^values (1);^table t;^insert into t values (1);^merge into t using s on true when matched then do nothing;^explain select 1;',
    ],
    [
      'nothing but what can be explained',
      'begin; create table t (a int); set x = 1; vacuum; ^select 1; commit;',
    ],
    ['statements with placeholders', '^select :id, ?, %(name)s, $1;^select * from t where a = :a;'],
    ['statements around an unfinished one', '^select 1;\n^select * fro where ;\n^select 2;'],
    [
      'nothing inside a function',
      'create function f() returns int begin atomic select case when true then 1 end; select 2; end;\n^select f();',
    ],
    ['nothing inside a dollar-quoted body', 'do $$ begin perform 1; delete from t; end $$;^select 1;'],
    ['statements after psql’s own commands', '\\c shop\n\\set x 1; select 0\n^select 1;'],
    ['statements after copied data', 'COPY t FROM stdin;\nselect 1;\t2\n\\.\n^select 2;'],
  ])('%s', (_, text) => {
    const {sql, places} = marked(text);
    expect(lensPlaces(sql)).toEqual(places);
  });

  it.each([
    ['more than a megabyte', `select ${'x'.repeat(1_000_000)}`],
    ['more than 500 statements', 'select 1;'.repeat(501)],
    ['an empty text', ''],
    ['a text of comments', '-- nothing\n/* open'],
  ])('nothing in %s', (_, text) => expect(lensPlaces(text)).toEqual([]));

  it('the places that PostgreSQL’s parser names', async () => {
    const sql = marked(
      'create table t (a int);^select 1 ; ; \n ^with x as (select $1) select * from x;^insert into t values (2);alter table t add b int;^select 1 where $q$;$q$ = 1',
    ).sql;
    const parsed = await createParser().parse(sql);
    const kinds = new Set(['SelectStmt', 'InsertStmt', 'UpdateStmt', 'DeleteStmt']);
    expect(parsed.ok && parsed.value.flatMap(({kind, start}) => (kinds.has(kind) ? [start] : []))).toEqual(
      lensPlaces(sql),
    );
  });
});

describe('of a long text', () => {
  const line = (index: number): string => `select ${index} as a_column_of_statement_number_${index};\n`;
  const long = Array.from({length: 2000}, (_, index) => line(index)).join('');

  it.each([
    ['the beginning', 0],
    ['a statement', 1000],
    ['the end', 1999],
  ])('the parser reads no more than is around the cursor: %s', (_, index) => {
    const cursor = long.indexOf(line(index)) + 5;
    const {start, end} = surroundings(long, cursor);
    const part = long.slice(start, end);
    expect(part).toContain(line(index));
    expect(part.split('\n').length).toBeLessThan(6);
  });
});

it('gives a short text to the parser as it is', () => {
  expect(surroundings('select 1; select 2', 3)).toEqual({start: 0, end: 18});
});
