import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import type {RowsAnswer} from '../../../src/core/lint/rows/rows-answer.ts';
import type {RowsQuestion} from '../../../src/core/lint/rows/rows-question.ts';
import type {Session} from '../../../src/core/session.ts';
import {askRows} from '../../../src/postgres/rehearse/ask-rows.ts';
import {createDatabase, type TestDatabase} from '../../rig/databases.ts';
import {openFor} from '../../rig/sessions.ts';
import {afterSql, lintText, marking} from '../../unit/lint/engine/rig.ts';

const schema = `
CREATE TABLE customers (id int PRIMARY KEY, name text);
CREATE DOMAIN positive AS int;
CREATE TABLE orders (id int PRIMARY KEY, customer_id int, note text, code varchar(10), total positive, at text);
ALTER TABLE orders ADD CONSTRAINT late CHECK (total < 100) NOT VALID;
CREATE FUNCTION is_small(int) RETURNS boolean LANGUAGE sql AS 'SELECT $1 < 100';
CREATE TABLE hidden (id int, a int);`;

const rows = `
INSERT INTO customers VALUES (1, 'a'), (2, 'b');
INSERT INTO orders VALUES (1, 1, 'x', 'abcdef', 5, '2020-01-01'), (2, 99, NULL, 'abc', -5, 'soon'), (3, 2, 'x', 'abc', NULL, ''), (4, NULL, 'y', 'a', 1, NULL);
INSERT INTO hidden VALUES (1, NULL);
ALTER TABLE hidden ENABLE ROW LEVEL SECURITY;
CREATE POLICY p ON hidden USING (false)`;

/** The history knows more than what the database has. */
const pending = `
ALTER TABLE orders ADD remark text;
CREATE TABLE coupons (id int PRIMARY KEY);`;

const rule = marking('marked', ['AlterTableStmt', 'IndexStmt', 'AlterDomainStmt']);

async function questionsOf(sql: string): Promise<readonly RowsQuestion[]> {
  const {findings} = await lintText(sql, [rule], {before: await afterSql(schema + pending)});
  return findings.at(-1)?.rows?.questions ?? [];
}

function wordsOf(answer: RowsAnswer): string {
  switch (answer.kind) {
    case 'passes':
      return 'passes';
    case 'offends':
      return `${answer.atLeast ? 'at least ' : ''}${answer.rows} of ${answer.of}`;
    case 'missing':
      return `no ${answer.object}`;
    case 'unknown':
      return answer.failure.server?.sqlState ?? answer.failure.reason;
    default:
      return answer satisfies never;
  }
}

const cases: readonly (readonly [sql: string, ...answers: string[]])[] = [
  ['ALTER TABLE orders ALTER note SET NOT NULL', '1 of 4'],
  ['ALTER TABLE orders ALTER code SET NOT NULL', 'passes'],
  ['ALTER TABLE orders ADD CHECK (total > 0 -- above\n)', '1 of 4'],
  ['ALTER TABLE orders ADD CHECK (is_small(total))', 'passes'],
  ['ALTER TABLE orders VALIDATE CONSTRAINT late', 'passes'],
  ['ALTER TABLE orders ADD UNIQUE (note)', '2 of 4'],
  ['CREATE UNIQUE INDEX ON orders (upper(code), note)', 'passes'],
  ['CREATE UNIQUE INDEX ON orders (note) WHERE total > 1', 'passes'],
  ['ALTER TABLE hidden ADD PRIMARY KEY (id, a)', 'passes', '1 of 1', 'passes'],
  ['ALTER TABLE orders ADD FOREIGN KEY (customer_id) REFERENCES customers', '1 of 4'],
  ['ALTER TABLE orders ALTER at TYPE date USING at::date', '≥ of 4'],
  ["ALTER TABLE orders ALTER at TYPE date USING nullif(nullif(at, ''), 'soon')::date", 'passes'],
  ['ALTER TABLE orders ALTER at TYPE int USING length(at)', 'passes'],
  ['ALTER TABLE orders ALTER at TYPE int USING (at || 1)::int', 'at least 1 of 4'],
  ['ALTER TABLE orders ALTER code TYPE varchar(3)', '1 of 4'],
  ['ALTER TABLE orders ALTER code TYPE varchar(3) USING left(code, 3)', 'passes'],
  ['ALTER TABLE orders ADD state text NOT NULL', '4 of 4'],
  ['ALTER DOMAIN positive ADD CHECK (VALUE > 0)', '1 of 4'],
  ['ALTER DOMAIN positive SET NOT NULL', '1 of 4'],
  ['ALTER TABLE orders ALTER remark SET NOT NULL', 'no orders.remark'],
  ['ALTER TABLE coupons ALTER id SET NOT NULL', 'no coupons'],
  ['ALTER TABLE orders ADD FOREIGN KEY (customer_id) REFERENCES coupons', 'no coupons'],
  ['ALTER TABLE orders ADD "New" int, ADD CHECK ("New" > 0)', 'no orders."New"'],
  ['ALTER TABLE elsewhere.t ALTER a SET NOT NULL', 'no elsewhere.t'],
  ['ALTER TABLE orders ADD CHECK (no_such_function(total))', '42883'],
];

describe.each([14, 18] as const)('on %i', major => {
  let live: TestDatabase;
  let session: Session;
  beforeAll(async () => {
    live = await createDatabase(major, 'rows');
    await live.sql(`${schema} ${rows}`);
    session = await openFor(live);
  });
  afterAll(async () => {
    await session.close();
    await live.drop();
  });

  it.each(cases.map(([sql, ...answers]) => ({sql, answers})))('$sql', async ({sql, answers}) => {
    const counted = major >= 16 ? '2' : 'at least 1';
    const given = await askRows(session, await questionsOf(sql));
    expect(given.map(wordsOf)).toEqual(answers.map(each => each.replace('≥', counted)));
    expect(session.transactionStatus()).toBe('idle');
  });

  it('lists the rows that it has counted', async () => {
    for (const [sql] of cases) {
      for (const answer of await askRows(session, await questionsOf(sql))) {
        if (answer.kind !== 'offends' || answer.sql === undefined) continue;
        const listed = await live.sql(answer.sql);
        const rowsOf = listed.map(each => Number(each['count'] ?? 1));
        expect({sql, rows: rowsOf.reduce((sum, each) => sum + each, 0)}).toEqual({sql, rows: answer.rows});
      }
    }
  });

  it('says that it may not read, or not all of it', async () => {
    await live.sql(
      `CREATE ROLE asker_${major} LOGIN PASSWORD 'asker'; GRANT SELECT ON hidden TO asker_${major}`,
    );
    const asker = await openFor(live, {user: `asker_${major}`}, {password: 'asker'});
    const ask = async (sql: string): Promise<readonly string[]> =>
      (await askRows(asker, await questionsOf(sql))).map(wordsOf);
    expect(await ask('ALTER TABLE orders ALTER note SET NOT NULL')).toEqual(['42501']);
    expect(await ask('ALTER TABLE hidden ALTER a SET NOT NULL')).toEqual(['42501']);
    await asker.close();
    await live.sql(`DROP OWNED BY asker_${major}; DROP ROLE asker_${major}`);
  });

  it('is cancelled', async () => {
    const abort = new AbortController();
    abort.abort();
    const questions = await questionsOf('ALTER TABLE orders ALTER note SET NOT NULL');
    expect((await askRows(session, questions, abort.signal)).map(wordsOf)).toEqual(['cancelled']);
    expect(session.transactionStatus()).toBe('idle');
  });

  it('is cancelled on the server', async () => {
    const abort = new AbortController();
    const questions = await questionsOf('ALTER TABLE orders ADD CHECK (pg_sleep(id * 5) IS NULL)');
    setTimeout(() => abort.abort(), 300);
    const began = performance.now();
    expect((await askRows(session, questions, abort.signal)).map(wordsOf)).toEqual(['57014']);
    expect(performance.now() - began).toBeLessThan(4000);
    expect(session.transactionStatus()).toBe('idle');
  });
});
