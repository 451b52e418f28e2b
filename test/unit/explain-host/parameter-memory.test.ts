import {expect, it} from 'vitest';
import {recallValues, rememberValues} from '../../../src/editor/explain/parameter-memory.ts';

/** The editor's own store, as far as it is used here. */
class Store {
  readonly #stored = new Map<string, unknown>();

  constructor(stored: Readonly<Record<string, unknown>> = {}) {
    for (const [key, value] of Object.entries(stored)) this.#stored.set(key, value);
  }

  get(key: string): unknown {
    return this.#stored.get(key);
  }

  update(key: string, value: unknown): Promise<void> {
    this.#stored.set(key, JSON.parse(JSON.stringify(value)));
    return Promise.resolve();
  }
}

it('gives back the values of a statement, NULL and the empty text among them', async () => {
  const store = new Store();
  await rememberValues(store, 'a', ['1', null, '']);
  await rememberValues(store, 'b', ['2']);
  expect(recallValues(store, 'a')).toEqual(['1', null, '']);
  expect(recallValues(store, 'c')).toEqual([]);
});

it('forgets the statement that was used least recently after a hundred others', async () => {
  const store = new Store();
  for (let index = 0; index < 100; index += 1) await rememberValues(store, `s${index}`, [String(index)]);
  await rememberValues(store, 's0', ['again']);
  await rememberValues(store, 'new', ['1']);
  expect(recallValues(store, 's0')).toEqual(['again']);
  expect(recallValues(store, 's1')).toEqual([]);
  expect(recallValues(store, 's2')).toEqual(['2']);
});

it('takes what it does not understand for nothing', async () => {
  const store = new Store({'explain.parameters': [{fingerprint: 1}]});
  expect(recallValues(store, 'a')).toEqual([]);
  await rememberValues(store, 'a', ['1']);
  expect(recallValues(store, 'a')).toEqual(['1']);
});
