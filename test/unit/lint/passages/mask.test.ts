import {beforeAll, describe, expect, it} from 'vitest';
import {mask, type Dialect} from '../../../../src/core/lint/passages/mask.ts';
import type {Parser} from '../../../../src/core/sql/parser.ts';
import {createParser} from '../../../../src/parser/libpg-query.ts';

const psql: Dialect = {psql: true, copiedRows: true, placeholders: ['template', 'colon']};
const template: Dialect = {placeholders: ['template']};
const program: Dialect = {placeholders: ['template', 'brace', 'colon', 'percent', 'question']};
const all: Dialect = {...psql, ...program, copiedRows: true, psql: true};

let parser: Parser;
beforeAll(() => {
  parser = createParser();
});

describe('what is not for PostgreSQL', () => {
  it.each<[string, Dialect, string, string]>([
    ['a setting of psql', psql, '\\set x 1\nSELECT 1;', '        \nSELECT 1;'],
    ['a setting of psql from Windows', psql, '\\set x 1\r\nSELECT 1;', '        \r\nSELECT 1;'],
    [
      'a file that psql includes',
      psql,
      "SELECT 1;\n\\i 'a b.sql'\nSELECT 2;",
      'SELECT 1;\n            \nSELECT 2;',
    ],
    ['a condition of psql', psql, '\\if :x\nSELECT 1;\n\\endif', '      \nSELECT 1;\n      '],
    [
      'a query whose result is run',
      psql,
      "SELECT 'DROP TABLE t' \\gexec\nSELECT 2;",
      "SELECT 'DROP TABLE t' ;     \nSELECT 2;",
    ],
    ['two statements in one message', psql, 'SELECT 1\\; SELECT 2;', 'SELECT 1 ; SELECT 2;'],
    [
      'rows of COPY',
      psql,
      "COPY t (a) FROM stdin;\nit's\t1\n\\.\nSELECT 1;",
      'COPY t (a) FROM stdin;\n      \n  \nSELECT 1;',
    ],
    [
      'rows of COPY without an end',
      psql,
      'COPY t FROM STDIN WITH (FORMAT csv);\na,b',
      'COPY t FROM STDIN WITH (FORMAT csv);\n   ',
    ],
    [
      'rows of COPY behind a setting',
      psql,
      '\\set x 1\nCOPY t FROM stdin;\na\n\\.\n',
      '        \nCOPY t FROM stdin;\n \n  \n',
    ],
    ['a command that sends nothing', psql, 'SELECT 1;\n\\g\n', 'SELECT 1;\n  \n'],
    ['a variable of psql', psql, 'SELECT * FROM :tbl WHERE a = :x;', 'SELECT * FROM _tbl WHERE a = _x;'],
    ['quoted variables of psql', psql, `SELECT :'x' FROM :"t";`, `SELECT '_x' FROM "_t";`],
    [
      'a schema of a template',
      template,
      'CREATE TABLE {{ .Schema }}.t ();',
      'CREATE TABLE ____Schema___.t ();',
    ],
    ['a part of a name', template, 'CREATE TABLE {{.P}}_t ();', 'CREATE TABLE ___P___t ();'],
    ['behind a part of a name', template, 'CREATE TABLE t_${n} ();', 'CREATE TABLE t___n_ ();'],
    ['ERB', template, 'DROP TABLE <%= name %>;', 'DROP TABLE ____name___;'],
    [
      'a condition of a template',
      template,
      '{{ if .X }}\nSELECT 1;\n{{- end }}',
      '           \nSELECT 1;\n          ',
    ],
    ['Jinja', template, '{% if x %} SELECT 1; {% endif %}', '           SELECT 1;            '],
    [
      'lines of a template',
      template,
      'SELECT 1;\n{{ template "x" }}\nSELECT 2;',
      `SELECT 1;\n${' '.repeat(18)}\nSELECT 2;`,
    ],
    ['marks of an extension', template, 'CREATE TABLE @extschema@.t ();', 'CREATE TABLE _extschema_.t ();'],
    [
      'parameters of a program',
      program,
      'SELECT %s, %(id)s, ? FROM {t} WHERE a = :a',
      'SELECT _s, __id_s, _ FROM _t_ WHERE a = _a',
    ],
    ['names of Knex', program, 'ALTER TABLE ?? ADD COLUMN a int', 'ALTER TABLE __ ADD COLUMN a int'],
  ])('%s', async (_, dialect, sql, expected) => {
    const masked = mask(sql, dialect);
    expect(masked.sql).toBe(expected);
    expect(await parser.parse(masked.sql)).toMatchObject({ok: true});
    for (const {start, end, written} of masked.placeholders) expect(sql.slice(start, end)).toBe(written);
  });
});

describe('SQL that stays as it is', () => {
  it.each([
    "SELECT '{{ x }}', '${x}', ':x', '\\set', '<%= x %>', E'it\\'s :x'",
    'SELECT "{{ x }}", ":x" FROM t',
    'DO $$ BEGIN x := 1; \\set $$',
    '-- {{ x }} :x \\set\n/* ${x} /* :y */ */ SELECT 1',
    'SELECT a::int, b::text[], (ARRAY[1,2,3])[1:2], (ARRAY[1])[x:y], (ARRAY[1])[:x]',
    'SELECT f(a := 1, b => 2)',
    "SELECT data ? 'a', data ?| ARRAY['a'], data ?& ARRAY['b'], data @> '{}', a @@ b",
    'SELECT a % s FROM t WHERE b %s',
    'SELECT a <% b, a %> b, a <<% b',
    'SELECT $1, $2',
    'SELECT a <%= b %> c FROM t',
    'SELECT @ a, @a + @b',
    'SELECT a$b, a$1 FROM t$',
    "COPY t FROM '/tmp/stdin'; SELECT 1",
    "SELECT x'1F', U&'\\0041', b'1'",
    'SELECT 1 -- {{ end of the text',
  ])('%s', async sql => {
    expect(await parser.parse(sql)).toMatchObject({ok: true});
    expect(mask(sql, all)).toEqual({sql, placeholders: []});
  });
});

it('gives the same name for the same placeholder, and never a longer one than PostgreSQL keeps', () => {
  const long = `{{ ${'x'.repeat(100)} }}`;
  const {sql} = mask(`SELECT * FROM {{ .S }}.a JOIN {{ .S }}.b; SELECT ${long} FROM t`, template);
  expect(sql.match(/___S___/g)).toHaveLength(2);
  expect(Math.max(...sql.split(/\W+/).map(word => word.length))).toBeLessThanOrEqual(63);
});
