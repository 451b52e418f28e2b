import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {createLinter} from '../../../src/core/lint/engine.ts';
import {createModel} from '../../../src/core/lint/model/model.ts';
import {createParseCache} from '../../../src/core/lint/parse-cache.ts';
import {parsePassage} from '../../../src/core/lint/parse-passage.ts';
import {rule} from '../../../src/core/lint/rules/unbatched-change.ts';
import {defaultLintSettings} from '../../../src/core/lint/settings.ts';
import {sqlTool} from '../../../src/core/lint/tools/sql.ts';
import type {Session} from '../../../src/core/session.ts';
import {createParser} from '../../../src/parser/libpg-query.ts';
import {createDatabase, type TestDatabase} from '../../rig/databases.ts';
import {openFor, value} from '../../rig/sessions.ts';

const parser = createParser();
const cache = createParseCache(parser);

/** What the fix writes for a change of a table. */
async function loopFor(table: string, sql: string): Promise<string> {
  const before = createModel();
  for (const {statement} of (await parsePassage(cache, table)).statements) before.apply(statement);
  const {findings} = await createLinter(parser, [rule]).lint({
    document: {path: '/project/change.sql', text: sql},
    tool: sqlTool,
    state: 'unknown',
    history: {},
    before,
    settings: defaultLintSettings,
  });
  const [edit] = findings[0]?.fixes[0]?.edits ?? [];
  if (!edit) throw new Error('no fix');
  return sql.slice(0, edit.start) + edit.text + sql.slice(edit.end);
}

const rows = 25_000;

const cases: readonly {
  readonly about: string;
  readonly key: string;
  readonly value: string;
  readonly sql: string;
}[] = [
  {about: 'integers with gaps', key: 'id integer', value: 'g * 7 - 50000', sql: 'UPDATE t SET n = 1'},
  {
    about: 'uuids and an alias',
    key: 'id uuid',
    value: 'md5(g::text)::uuid',
    sql: 'UPDATE t AS x SET n = 1 WHERE x.n IS NULL OR x.n = 7',
  },
  {about: 'text', key: '"Key" text', value: "'k' || g", sql: 'UPDATE t SET n = 1 WHERE n IS NULL'},
  {
    about: 'another table',
    key: 'id bigint',
    value: 'g',
    sql: 'UPDATE t SET n = o.n FROM other o WHERE o.id = t.id',
  },
  {about: 'deletions', key: 'id bigint', value: 'g', sql: 'DELETE FROM t WHERE n IS NULL'},
];

it.each([
  ['the key changes', 'UPDATE t SET id = id + 1000'],
  ['it reads what it changes', 'UPDATE t SET n = (SELECT max(n) FROM t)'],
  ['it returns rows', 'UPDATE t SET n = 1 RETURNING id'],
])('is not offered where %s', async (_, sql) => {
  await expect(loopFor('CREATE TABLE t (id bigint PRIMARY KEY, n int)', sql)).rejects.toThrow('no fix');
});

describe.each([14, 18] as const)('a loop over batches on PostgreSQL %i', major => {
  let database: TestDatabase;
  let session: Session;

  beforeAll(async () => {
    database = await createDatabase(major, 'batches');
    session = await openFor(database);
  });

  afterAll(async () => {
    await session.close();
    await database.drop();
  });

  it.each(cases)('changes every row of $about, in three transactions', async ({key, value: of, sql}) => {
    const table = `CREATE TABLE t (${key} PRIMARY KEY, n int)`;
    value(
      await session.script(
        `DROP TABLE IF EXISTS t, other; CREATE TABLE other (id bigint, n int); INSERT INTO other SELECT g, 1 FROM generate_series(1, ${rows}) AS g; ${table};
        INSERT INTO t SELECT ${of} FROM generate_series(1, ${rows}) AS g`,
      ),
    );
    value(await session.script(await loopFor(table, sql)));
    expect(await number('SELECT count(*) FROM t WHERE n IS DISTINCT FROM 1')).toBe(0);
    const left = await number('SELECT count(*) FROM t');
    expect(await number('SELECT count(DISTINCT xmin::text) FROM t')).toBe(left === 0 ? 0 : 3);
  });

  async function number(sql: string): Promise<number> {
    const {rows: found} = value(await session.query(sql));
    return Number(Object.values(found[0] ?? {})[0]);
  }
});
