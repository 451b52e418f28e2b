import {describe, expect, it} from 'vitest';
import type {Severity} from '../../../../src/core/lint/finding.ts';
import type {RowsDemand} from '../../../../src/core/lint/rows/rows-question.ts';
import {spokesmen} from '../../../../src/core/lint/rows/spokesmen.ts';
import type {StatementRule} from '../../../../src/core/lint/rule.ts';
import type {LiveQuestion} from '../../../../src/core/rehearse/live-questions.ts';
import {afterSql, lintText, marking, toolSending} from './rig.ts';

const rule: StatementRule = marking('marked', ['AlterTableStmt', 'IndexStmt', 'AlterDomainStmt']);

const history = `
CREATE TABLE customers (id int PRIMARY KEY, a int, b int);
CREATE DOMAIN positive AS int;
CREATE TABLE orders (id int PRIMARY KEY, customer_id int, note text, code varchar(10), total int, "Odd N" positive);
ALTER TABLE orders ADD CONSTRAINT late CHECK (total < 100) NOT VALID;
ALTER TABLE orders ADD CONSTRAINT late_key FOREIGN KEY (customer_id) REFERENCES customers NOT VALID;
CREATE TABLE events (id int, at date) PARTITION BY RANGE (at);
CREATE VIEW v AS SELECT 1 AS a`;

/** @returns the demand of the last statement that is marked */
async function demandOf(sql: string): Promise<RowsDemand | undefined> {
  const {findings} = await lintText(sql, [rule], {before: await afterSql(history)});
  return findings.at(-1)?.rows;
}

function wordsOf({table, ask}: LiveQuestion): string {
  switch (ask.kind) {
    case 'rows':
      return `${table}: ${ask.condition}`;
    case 'duplicates':
      return `${table}: ${ask.columns.join(', ')} twice where ${ask.where}`;
    case 'cast':
      return `${table}: ${ask.value ?? ask.column}::${ask.type}`;
    default:
      return ask satisfies never;
  }
}

const orphan =
  't.customer_id IS NOT NULL AND NOT EXISTS (SELECT FROM public.customers AS r WHERE r.id = t.customer_id)';

describe('a statement demands of rows', () => {
  it.each<[sql: string, ...questions: string[]]>([
    ['ALTER TABLE orders ALTER note SET NOT NULL', 'public.orders: t.note IS NULL'],
    ['ALTER TABLE shop."T x" ALTER "a b" SET NOT NULL', 'shop."T x": t."a b" IS NULL'],
    ['ALTER TABLE orders ADD CONSTRAINT n NOT NULL note', 'public.orders: t.note IS NULL'],
    ['ALTER TABLE orders ADD CONSTRAINT n NOT NULL note NOT VALID'],
    ['ALTER TABLE orders ADD CHECK (total > 0 AND id > 0)', 'public.orders: (total > 0 AND id > 0) IS FALSE'],
    [
      'ALTER TABLE orders ADD CONSTRAINT k CHECK (total > 0 -- a comment\n)',
      'public.orders: (total > 0 -- a comment\n) IS FALSE',
    ],
    ['ALTER TABLE orders ADD CHECK (total > 0) NOT VALID'],
    ['ALTER TABLE orders VALIDATE CONSTRAINT late', 'public.orders: (total < 100) IS FALSE'],
    ['ALTER TABLE orders VALIDATE CONSTRAINT late_key', `public.orders: ${orphan}`],
    ['ALTER TABLE orders VALIDATE CONSTRAINT unheard_of'],
    ['ALTER TABLE orders ADD FOREIGN KEY (customer_id) REFERENCES customers', `public.orders: ${orphan}`],
    [
      'ALTER TABLE orders ADD FOREIGN KEY (id, total) REFERENCES customers (a, b) MATCH FULL',
      'public.orders: (t.id IS NOT NULL OR t.total IS NOT NULL) AND (NOT (t.id IS NOT NULL AND t.total IS NOT NULL) OR NOT EXISTS (SELECT FROM public.customers AS r WHERE r.a = t.id AND r.b = t.total))',
    ],
    ['ALTER TABLE orders ADD FOREIGN KEY (customer_id) REFERENCES nobody_knows'],
    [
      'ALTER TABLE orders ADD UNIQUE (note, code)',
      'public.orders: note, code twice where (note) IS NOT NULL AND (code) IS NOT NULL',
    ],
    ['ALTER TABLE orders ADD UNIQUE NULLS NOT DISTINCT (note)', 'public.orders: note twice where true'],
    ['ALTER TABLE orders ADD UNIQUE USING INDEX u'],
    [
      'ALTER TABLE customers ADD PRIMARY KEY (id, a)',
      'public.customers: t.a IS NULL',
      'public.customers: id, a twice where (id) IS NOT NULL AND (a) IS NOT NULL',
    ],
    [
      'CREATE UNIQUE INDEX k ON orders (lower(note) DESC) WHERE total > 1',
      'public.orders: (lower(note)) twice where ((lower(note))) IS NOT NULL AND (total > 1)',
    ],
    [
      'CREATE UNIQUE INDEX CONCURRENTLY ON orders ("Odd N")',
      'public.orders: "Odd N" twice where ("Odd N") IS NOT NULL',
    ],
    [
      'CREATE UNIQUE INDEX ON orders (upper(code), note)',
      'public.orders: (upper(code)), note twice where ((upper(code))) IS NOT NULL AND (note) IS NOT NULL',
    ],
    ['CREATE INDEX ON orders (note)'],
    ['ALTER TABLE orders ADD x int NOT NULL', 'public.orders: true'],
    ['ALTER TABLE orders ADD x int NOT NULL DEFAULT 1'],
    ['ALTER TABLE orders ADD x serial NOT NULL'],
    ['ALTER TABLE orders ADD x int CHECK (x > 0) UNIQUE'],
    ['ALTER TABLE orders ALTER note TYPE int USING note::int', 'public.orders: note::integer'],
    ['ALTER TABLE orders ALTER note TYPE int USING length(note)', 'public.orders: length(note)::integer'],
    [
      'ALTER TABLE orders ALTER code TYPE varchar(5)',
      'public.orders: pg_catalog.char_length(pg_catalog.rtrim((t.code)::text)) > 5',
    ],
    ['ALTER TABLE orders ALTER code TYPE varchar(20)'],
    ['ALTER TABLE orders ALTER total TYPE bigint'],
    ['ALTER TABLE orders ALTER total TYPE smallint', 'public.orders: total::smallint'],
    ['ALTER TABLE orders ALTER total TYPE text'],
    ['ALTER DOMAIN positive ADD CONSTRAINT p CHECK (VALUE > 0)', 'public.orders: ((t."Odd N" > 0)) IS FALSE'],
    ['ALTER DOMAIN positive SET NOT NULL', 'public.orders: t."Odd N" IS NULL'],
    ['ALTER DOMAIN positive ADD CHECK (VALUE > 0) NOT VALID'],
    ['ALTER DOMAIN elsewhere SET NOT NULL'],
    ['ALTER TABLE ONLY events ADD CHECK (id > 0)'],
    ['ALTER FOREIGN TABLE remote ADD CHECK (id > 0)'],
    ['ALTER TABLE v ALTER a SET DEFAULT 1'],
  ])('%s', async (sql, ...questions) => {
    const demand = await demandOf(sql);
    expect((demand?.questions ?? []).map(({question}) => wordsOf(question))).toEqual(questions);
  });

  it('says which columns it reads', async () => {
    const sql = 'ALTER TABLE orders ADD FOREIGN KEY (customer_id) REFERENCES customers';
    expect((await demandOf(sql))?.questions[0]).toMatchObject({
      table: 'orders',
      offence: {kind: 'orphan', columns: ['customer_id'], references: 'customers'},
      needs: [
        {table: 'public.orders', columns: ['customer_id']},
        {table: 'public.customers', columns: ['id']},
      ],
    });
  });

  it('has a place for each clause, and is one value for all findings of the statement', async () => {
    const sql = 'SELECT 1;\nALTER TABLE orders ALTER note SET NOT NULL, ADD UNIQUE (code);';
    const twice = {...rule, id: 'again'};
    const {findings} = await lintText(sql, [rule, twice], {before: await afterSql(history)});
    const [first, second] = findings.map(({rows}) => rows);
    expect(first?.questions.map(({start, end}) => sql.slice(start, end))).toEqual([
      'ALTER note SET NOT NULL',
      'ADD UNIQUE (code)',
    ]);
    expect(second).toBe(first);
  });

  it('knows that an earlier statement of the file changes the rows', async () => {
    const set = 'ALTER TABLE orders ALTER note SET NOT NULL;';
    expect((await demandOf(`UPDATE public.orders SET note = '';\n${set}`))?.changedBefore).toEqual([
      'orders',
    ]);
    expect((await demandOf(`UPDATE customers SET a = 1;\n${set}`))?.changedBefore).toEqual([]);
  });

  it('looks names up as the file does', async () => {
    const demand = await demandOf('SET search_path = shop;\nALTER TABLE t ADD CHECK (f(a));');
    expect(demand?.questions[0]?.question).toMatchObject({table: 'shop.t', writtenFor: 'shop'});
  });

  it('is not known where a template puts something in', async () => {
    const sql = 'ALTER TABLE orders ALTER xxxx SET NOT NULL;';
    const tool = toolSending({sent: 'each', placeholders: [{start: 25, end: 29, written: '{{ .C }}'}]});
    const {findings} = await lintText(sql, [rule], {before: await afterSql(history), tool});
    expect(findings.map(({rows}) => rows?.questions)).toEqual([[]]);
  });
});

describe('an answer', () => {
  const told = async (sql: string, rules: readonly StatementRule[]): Promise<readonly string[]> => {
    const {findings} = await lintText(sql, rules, {before: await afterSql(history)});
    return [...spokesmen(findings)].flatMap(([finding, questions]) =>
      questions.map(question => `${finding.rule}: ${sql.slice(question.start, question.end)}`),
    );
  };
  const at = (id: string, phrase: string, severity: Severity = 'warning'): StatementRule =>
    marking(id, ['AlterTableStmt'], {
      severity,
      check: ({statement}) => [
        {at: statement.find(phrase) ?? statement.whole, what: id, why: 'Because.', fix: ''},
      ],
    });
  const sql = 'ALTER TABLE orders ALTER note SET NOT NULL, ADD UNIQUE (code);';

  it('is told by the finding at its clause', async () => {
    expect(
      await told(sql, [at('head', 'ALTER TABLE'), at('key', 'UNIQUE'), at('null', 'SET NOT NULL')]),
    ).toEqual(['null: ALTER note SET NOT NULL', 'key: ADD UNIQUE (code)']);
  });

  it('is told by the gravest of several there, once', async () => {
    expect(
      await told(sql, [at('a', 'UNIQUE', 'hint'), at('b', 'UNIQUE', 'error'), at('null', 'SET')]),
    ).toEqual(['null: ALTER note SET NOT NULL', 'b: ADD UNIQUE (code)']);
  });

  it('is told by another of the statement where none is there', async () => {
    expect(await told(sql, [at('head', 'ALTER TABLE')])).toEqual([
      'head: ALTER note SET NOT NULL',
      'head: ADD UNIQUE (code)',
    ]);
  });
});
