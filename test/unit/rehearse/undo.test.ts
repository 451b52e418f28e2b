import {expect, it} from 'vitest';
import {blameIn} from '../../../src/core/rehearse/blame.ts';
import {changesBetween} from '../../../src/core/rehearse/changes.ts';
import {renamesIn} from '../../../src/core/rehearse/renames.ts';
import {undoDifferences} from '../../../src/core/rehearse/undo.ts';
import {identityOf} from '../../../src/core/schema/key.ts';
import type {SchemaObject, SchemaSnapshot} from '../../../src/core/schema/objects.ts';
import {createParser} from '../../../src/parser/libpg-query.ts';
import {scriptOf} from '../../rig/migration-scripts.ts';

const parser = createParser();

function snapshot(...objects: readonly SchemaObject[]): SchemaSnapshot {
  return {
    versionNumber: 180_000,
    database: 'd',
    user: 'u',
    objects: new Map(objects.map(object => [object.key, object])),
    needs: new Map(),
    gaps: [],
  };
}

function table(name: string): SchemaObject {
  return {...identityOf('table', {schema: 'public', name}), attributes: {}};
}

function column(of: string, name: string, position: number, type = 'text'): SchemaObject {
  const identity = identityOf('column', {name, of: {kind: 'table', schema: 'public', name: of}});
  return {...identity, attributes: {type, position}};
}

const before = snapshot(table('t'), column('t', 'a', 1), column('t', 'b', 2));

it.each<readonly [name: string, found: SchemaSnapshot, phase: 'down' | 'up-again', words: readonly string[]]>(
  [
    ['nothing', snapshot(table('t'), column('t', 'a', 1), column('t', 'b', 2)), 'down', []],
    ['a place without an order', snapshot(table('t'), column('t', 'a', 2), column('t', 'b', 5)), 'down', []],
    [
      'an order',
      snapshot(table('t'), column('t', 'b', 1), column('t', 'a', 2)),
      'down',
      ['After down, columns of table public.t come as b, a and came as a, b.'],
    ],
    ['a whole table once', snapshot(), 'down', ['Down does not bring back table public.t.']],
    [
      'a new table once',
      snapshot(...before.objects.values(), table('n'), column('n', 'x', 1)),
      'up-again',
      ['After up, down and up again, there is table public.n that the first up did not make.'],
    ],
    [
      'a missing column',
      snapshot(table('t'), column('t', 'b', 1)),
      'up-again',
      ['After up, down and up again, column public.t.a is missing.'],
    ],
    [
      'a type',
      snapshot(table('t'), column('t', 'a', 1, 'integer'), column('t', 'b', 2)),
      'down',
      ['After down, type of column public.t.a is integer and was text.'],
    ],
  ],
)('tells %s', (_name, found, phase, words) => {
  expect(undoDifferences(before, found, phase, () => undefined).map(each => each.words)).toEqual(words);
});

it('blames the last statement that names the object, then its table, then the first line', async () => {
  const script = scriptOf('-- down\nDROP INDEX i;\nALTER TABLE "T x" DROP a;\nDROP INDEX i2;', {
    direction: 'down',
  });
  const parsed = await parser.parse(script.sql);
  const blame = blameIn(script, parsed.ok ? parsed.value : []);
  expect(blame({name: 'i2'})?.start.line).toBe(3);
  expect(blame({name: 'i'})?.start.line).toBe(1);
  expect(blame({name: 'zz', parent: 'table public."T x"'})?.start.line).toBe(2);
  expect(blame({name: 'zz'})?.start.line).toBe(0);
});

it.each<readonly [sql: string, after: SchemaSnapshot, changes: readonly string[]]>([
  [
    'ALTER TABLE t RENAME a TO c',
    snapshot(table('t'), column('t', 'c', 1), column('t', 'b', 2)),
    ['changed column public.t.c name'],
  ],
  [
    'ALTER TABLE public.t RENAME TO u',
    snapshot(table('u'), column('u', 'a', 1), column('u', 'b', 2)),
    ['changed table public.u name'],
  ],
  [
    'SELECT 1',
    snapshot(table('t'), column('t', 'c', 1), column('t', 'b', 2)),
    ['removed column public.t.a type,position', 'added column public.t.c type,position'],
  ],
  ['DROP TABLE t', snapshot(), ['removed table public.t ']],
])('tells a new name of %s from something new', async (sql, after, changes) => {
  const parsed = await parser.parse(sql);
  const renames = renamesIn(parsed.ok ? parsed.value : [], before, after);
  const found = changesBetween(before, after, () => '', renames);
  expect(
    found.map(
      ({change, object, attributes}) => `${change} ${object.key} ${attributes.map(({name}) => name).join()}`,
    ),
  ).toEqual(changes);
});
