import {expect, it} from 'vitest';
import {recallValues, rememberValues} from '../../../src/editor/explain/parameter-memory.ts';

/** The editor's own store, as far as it is used here. */
function memento(stored: Record<string, unknown> = {}): Parameters<typeof recallValues>[0] {
  return {
    keys: () => Object.keys(stored),
    get: <T>(key: string, fallback?: T) => (key in stored ? stored[key] : fallback),
    update: (key: string, value: unknown) => {
      stored[key] = JSON.parse(JSON.stringify(value));
      return Promise.resolve();
    },
  };
}

it('gives back the values of a statement, NULL and the empty text among them', async () => {
  const store = memento();
  await rememberValues(store, 'a', ['1', null, '']);
  await rememberValues(store, 'b', ['2']);
  expect(recallValues(store, 'a')).toEqual(['1', null, '']);
  expect(recallValues(store, 'c')).toEqual([]);
});

it('forgets the statement that was used least recently after a hundred others', async () => {
  const store = memento();
  for (let index = 0; index < 100; index += 1) await rememberValues(store, `s${index}`, [String(index)]);
  await rememberValues(store, 's0', ['again']);
  await rememberValues(store, 'new', ['1']);
  expect(recallValues(store, 's0')).toEqual(['again']);
  expect(recallValues(store, 's1')).toEqual([]);
  expect(recallValues(store, 's2')).toEqual(['2']);
});

it('takes what it does not understand for nothing', async () => {
  const store = memento({'explain.parameters': [{fingerprint: 1}]});
  expect(recallValues(store, 'a')).toEqual([]);
  await rememberValues(store, 'a', ['1']);
  expect(recallValues(store, 'a')).toEqual(['1']);
});
