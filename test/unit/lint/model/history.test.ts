import {describe, expect, it} from 'vitest';
import {createHistoryModel, type HistoryModel} from '../../../../src/core/lint/model/history.ts';
import {createParseCache} from '../../../../src/core/lint/parse-cache.ts';
import {toolNamed} from '../../../../src/core/lint/tools/tools.ts';
import type {SchemaModel} from '../../../../src/core/lint/model/schema.ts';
import {createParser} from '../../../../src/parser/libpg-query.ts';

const tool = toolNamed('golang-migrate');
const cache = createParseCache(createParser());

function fill(history: HistoryModel, texts: readonly string[]): void {
  history.set(texts.map((text, index) => ({path: `/m/${index}.up.sql`, id: String(index), tool, text})));
}

function columnsIn(model: SchemaModel, name = 't'): readonly string[] | undefined {
  const relation = model.relation({name});
  return relation && [...relation.columns.keys()];
}

const many = [
  'create table t (c0 int)',
  ...Array.from({length: 60}, (_, at) => `alter table t add c${at + 1} int`),
];

describe('the schema at a point of a history', () => {
  it.each([
    ['/m/0.up.sql', undefined],
    ['/m/1.up.sql', 1],
    ['/m/20.up.sql', 20],
    ['/m/45.up.sql', 45],
    ['/m/other.up.sql', 61],
  ])('is as the files before %s leave it', async (path, count) => {
    const history = createHistoryModel(cache);
    fill(history, many);
    expect(columnsIn(await history.before(path))?.length).toBe(count);
    expect(columnsIn(await history.before(path))?.length).toBe(count);
  });

  it('follows an edit, and keeps what was before it', async () => {
    const history = createHistoryModel(cache);
    fill(history, many);
    await history.last();
    const kept = await history.kept('/m/30.up.sql');
    fill(history, many.with(30, 'alter table t rename to u'));
    expect(await history.kept('/m/30.up.sql')).toBe(kept);
    const last = await history.last();
    expect([columnsIn(last, 'u')?.length, columnsIn(last)?.length]).toEqual([30, 30]);
    fill(history, many.slice(0, 5));
    expect(columnsIn(await history.last())?.length).toBe(5);
  });

  it('is not changed by who got it', async () => {
    const history = createHistoryModel(cache);
    fill(history, many);
    const passages = await history.read({path: '/m/x.up.sql', text: 'drop table t'}, tool);
    const model = await history.last();
    for (const {statement} of passages[0]?.statements ?? []) model.apply(statement);
    expect([columnsIn(model), columnsIn(await history.last())?.length]).toEqual([undefined, 61]);
  });

  it('passes over what does not parse, and forgets what a session sets', async () => {
    const history = createHistoryModel(cache);
    fill(history, [
      'create schema s; set search_path to s; create table t (a int); creat nonsense; create table w ()',
      'create table t (b int)',
    ]);
    const last = await history.last();
    expect([columnsIn(last), [...(last.relation({schema: 's', name: 't'})?.columns.keys() ?? [])]]).toEqual([
      ['b'],
      ['a'],
    ]);
  });

  it('knows of a table that nobody made only what is said of it', async () => {
    const history = createHistoryModel(cache);
    fill(history, ['alter table elsewhere add a int; create index on elsewhere (b)']);
    const found = (await history.last()).relation({name: 'elsewhere'});
    expect([
      found?.complete,
      [...(found?.columns.keys() ?? [])],
      [...(found?.indexes.keys() ?? [])],
      found?.made,
    ]).toEqual([false, ['a'], ['elsewhere_b_idx'], undefined]);
  });

  it('lets others have their turn', async () => {
    const history = createHistoryModel(cache);
    fill(
      history,
      many.map(text => `${text}; select 1; select 2; select 3; select 4`),
    );
    let pauses = 0;
    await history.last({pause: async () => void (pauses += 1)});
    expect(pauses).toBeGreaterThan(2);
  });
});
