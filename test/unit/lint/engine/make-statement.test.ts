import {describe, expect, it} from 'vitest';
import {makeStatement} from '../../../../src/core/lint/make-statement.ts';
import type {LintStatement} from '../../../../src/core/lint/statement.ts';
import type {Span} from '../../../../src/core/sql/positions.ts';
import {field, list} from '../../../../src/core/sql/objects.ts';
import {parser} from './rig.ts';

async function statementOf(sql: string, index = 0): Promise<LintStatement> {
  const parsed = await parser.parse(sql);
  const statement = parsed.ok ? parsed.value[index] : undefined;
  if (!statement) throw new Error(`not parsed: ${sql}`);
  return makeStatement(sql, statement);
}

function textAt({sql}: LintStatement, span: Span | undefined): string | undefined {
  return span && sql.slice(span.start, span.end);
}

describe('a statement for rules', () => {
  it.each([
    ['create index i on t (a)', 'CREATE INDEX'],
    ['CREATE UNIQUE INDEX CONCURRENTLY ON t (a)', 'CREATE UNIQUE INDEX'],
    ['create or replace temp view v as select 1', 'CREATE VIEW'],
    ['CREATE MATERIALIZED VIEW v AS SELECT 1', 'CREATE MATERIALIZED VIEW'],
    ['ALTER TABLE ONLY t ADD a int', 'ALTER TABLE'],
    ['alter /* é */ type t rename to u', 'ALTER TYPE'],
    ['REFRESH MATERIALIZED VIEW v', 'REFRESH MATERIALIZED VIEW'],
    ['VACUUM FULL t', 'VACUUM'],
    ['with a as (select 1) select * from a', 'WITH'],
  ])('%j is %s', async (sql, command) => {
    expect((await statementOf(sql)).command).toBe(command);
  });

  it('has its words without comments, keywords and plain names in upper case', async () => {
    const {words, sql} = await statementOf(
      "/* a */ select \"Aé\", É -- b\n, $$x y$$, E'\\'', $1::int4, 1.5e3 <=-1;",
    );
    expect(words.map(({text}) => text)).toEqual([
      'SELECT',
      '"Aé"',
      ',',
      'É',
      ',',
      '$$x y$$',
      ',',
      "E'\\''",
      ',',
      '$1',
      '::',
      'INT4',
      ',',
      '1.5e3',
      '<=-',
      '1',
    ]);
    expect(words.map(({start, end}) => sql.slice(start, end).toUpperCase())).toEqual(
      words.map(({text}) => text.toUpperCase()),
    );
  });

  it.each([
    ['ALTER TABLE t ADD a int, DROP b', ['ADD a int', 'DROP b']],
    [
      'ALTER TABLE IF EXISTS ONLY "s,"."t"  ADD a numeric(10, 2) DEFAULT (1), ADD b int[] DEFAULT ARRAY[1,2] ',
      ['ADD a numeric(10, 2) DEFAULT (1)', 'ADD b int[] DEFAULT ARRAY[1,2]'],
    ],
    ['ALTER TABLE ONLY (t) ADD a int', ['ADD a int']],
    ['ALTER TABLE t * ADD a int -- why, why\n, /* x */ DROP b', ['ADD a int', 'DROP b']],
    [
      "ALTER TABLE é.ü ADD CHECK (a IN (1, 2)), ALTER b SET DEFAULT 'x,y', SET (fillfactor = 70, autovacuum_enabled = off)",
      [
        'ADD CHECK (a IN (1, 2))',
        "ALTER b SET DEFAULT 'x,y'",
        'SET (fillfactor = 70, autovacuum_enabled = off)',
      ],
    ],
    [
      'ALTER TABLE p ATTACH PARTITION c FOR VALUES FROM (1, 2) TO (3, 4)',
      ['ATTACH PARTITION c FOR VALUES FROM (1, 2) TO (3, 4)'],
    ],
    ['ALTER TYPE c ADD ATTRIBUTE a int, DROP ATTRIBUTE b', ['ADD ATTRIBUTE a int', 'DROP ATTRIBUTE b']],
    ['ALTER INDEX i SET (fillfactor = 70)', ['SET (fillfactor = 70)']],
    ['ALTER VIEW v ALTER a DROP DEFAULT', ['ALTER a DROP DEFAULT']],
    ['ALTER SEQUENCE s SET LOGGED', ['SET LOGGED']],
    ['ALTER MATERIALIZED VIEW m CLUSTER ON i, SET TABLESPACE x', ['CLUSTER ON i', 'SET TABLESPACE x']],
    ["ALTER FOREIGN TABLE f OPTIONS (ADD a '1', DROP b)", ["OPTIONS (ADD a '1', DROP b)"]],
    ['ALTER TABLE t RENAME a TO b', []],
    ['CREATE TABLE t (a int)', []],
  ])('finds the clauses of %j', async (sql, clauses) => {
    const statement = await statementOf(sql);
    expect(statement.actions.map(action => textAt(statement, action))).toEqual(clauses);
    expect(statement.actions.map(({node}) => node)).toEqual(
      list(statement.node['cmds']).map(each => field(each, 'AlterTableCmd')),
    );
  });

  it.each([
    ['SELECT 1; /* é */ ALTER TABLE "a é" . b ADD c int', 1, '"a é" . b', 'c'],
    ["-- 🐘\nALTER TABLE é🐘.ü ADD x int DEFAULT '🐘'", 0, 'é🐘.ü', 'x'],
    ['ALTER TABLE t ADD x int', 0, 't', 'x'],
  ])('finds what the parser places in bytes: %j', async (sql, index, name, column) => {
    const statement = await statementOf(sql, index);
    const {node} = statement;
    const definition = field(field(statement.actions[0]?.node, 'def'), 'ColumnDef');
    expect(textAt(statement, statement.nameAt(field(node, 'relation')['location']))).toBe(name);
    expect(statement.sql.slice(statement.at(definition['location']))).toMatch(new RegExp(`^${column} int`));
    expect([statement.at(undefined), statement.at(-1), statement.at(99_999)]).toEqual([
      0,
      0,
      statement.sql.length,
    ]);
  });

  it.each<[string, string, string | undefined]>([
    ['CREATE INDEX IF NOT EXISTS i ON t (a)', 'if not exists', 'IF NOT EXISTS'],
    ['CREATE INDEX IF /* x */ NOT\nEXISTS i ON t (a)', 'IF NOT EXISTS', 'IF /* x */ NOT\nEXISTS'],
    ['ALTER TABLE "add column" ADD COLUMN a int', 'ADD COLUMN', 'ADD COLUMN'],
    ["COMMENT ON TABLE t IS 'add column'", 'ADD COLUMN', undefined],
    ['ALTER TABLE s.cascade DROP cascade CASCADE', 'CASCADE', 'cascade'],
    ['SELECT type.type FROM type', 'TYPE', 'type'],
    ['SELECT 1', 'SELECT 1 ;', undefined],
  ])('in %j %j is %j', async (sql, phrase, found) => {
    const statement = await statementOf(sql);
    expect(textAt(statement, statement.find(phrase))).toBe(found);
  });

  it('looks for a phrase in a part only', async () => {
    const statement = await statementOf('ALTER TABLE t ADD COLUMN a int, ADD COLUMN b int');
    const [, second] = statement.actions;
    expect(statement.find('ADD COLUMN', second)?.start).toBe(32);
    expect(statement.find('ADD COLUMN', {start: 15, end: 20})).toBeUndefined();
  });
});
