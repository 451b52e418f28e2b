import {describe, expect, it} from 'vitest';
import {createModel, type Model} from '../../../../src/core/lint/model/model.ts';
import {createParseCache} from '../../../../src/core/lint/parse-cache.ts';
import {parsePassage} from '../../../../src/core/lint/parse-passage.ts';
import {createParser} from '../../../../src/parser/libpg-query.ts';

const cache = createParseCache(createParser());

async function apply(model: Model, sql: string): Promise<Model> {
  for (const {statement} of (await parsePassage(cache, sql)).statements) model.apply(statement);
  return model;
}

describe('a model', () => {
  it('leaves the one that it was forked from as it was', async () => {
    const before = await apply(createModel(), "create table t (a int); create type e as enum ('x')");
    const after = await apply(before.fork(), 'alter table t add b int; drop type e; create table u ()');
    expect([...(before.relation({name: 't'})?.columns.keys() ?? [])]).toEqual(['a']);
    expect([...(after.relation({name: 't'})?.columns.keys() ?? [])]).toEqual(['a', 'b']);
    expect([before.type({name: 'e'})?.kind, after.type({name: 'e'})]).toEqual(['enum', undefined]);
    expect(before.relation({name: 'u'})).toBeUndefined();
  });
});
