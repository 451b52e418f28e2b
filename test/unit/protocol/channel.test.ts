import {describe, expect, expectTypeOf, it} from 'vitest';
import * as z from 'zod/mini';
import {
  createClient,
  createHost,
  nothing,
  type Answer,
  type ChannelProblem,
  type HostHandlers,
  type PageHandlers,
  type Port,
} from '../../../src/protocol/channel.ts';

const contract = {
  requests: {
    double: {params: z.object({value: z.number()}), result: z.number()},
    hello: {params: nothing, result: z.string()},
  },
  events: {ticked: z.number()},
} as const;

type Contract = typeof contract;

const handlers: HostHandlers<Contract> = {
  double: ({value}) => value * 2,
  hello: () => Promise.resolve('hello'),
};

/** Two ends of one wire; what passes is copied, as between two processes. */
function wire(): {readonly host: Port; readonly page: Port; readonly sent: unknown[]} {
  const sent: unknown[] = [];
  const listeners = {
    host: new Set<(message: unknown) => void>(),
    page: new Set<(message: unknown) => void>(),
  };
  const end = (own: 'host' | 'page', other: 'host' | 'page'): Port => ({
    post: message => {
      sent.push(message);
      for (const listener of listeners[other]) listener(structuredClone(message));
    },
    onMessage: listener => {
      listeners[own].add(listener);
      return () => listeners[own].delete(listener);
    },
  });
  return {host: end('host', 'page'), page: end('page', 'host'), sent};
}

function both(host = handlers): {
  readonly client: ReturnType<typeof createClient<Contract>>;
  readonly host: ReturnType<typeof createHost<Contract>>;
  readonly ticks: number[];
  readonly problems: ChannelProblem[];
  readonly page: Port;
  readonly sent: unknown[];
} {
  const problems: ChannelProblem[] = [];
  const ticks: number[] = [];
  const ends = wire();
  const report = (problem: ChannelProblem): void => void problems.push(problem);
  return {
    host: createHost(contract, host, ends.host, report),
    client: createClient(contract, {ticked: value => ticks.push(value)}, ends.page, report),
    ticks,
    problems,
    page: ends.page,
    sent: ends.sent,
  };
}

describe('a request', () => {
  it.each([
    ['at once', 'double', {value: 21}, 42],
    ['later', 'hello', null, 'hello'],
  ] as const)('is answered %s', async (_, name, params, value) => {
    const {client, problems} = both();
    expect(await client.request(name, params)).toEqual({kind: 'result', value});
    expect(problems).toEqual([]);
  });

  it('finds its own answer among several', async () => {
    const {client} = both();
    const answers = await Promise.all([1, 2, 3].map(value => client.request('double', {value})));
    expect(answers).toEqual([2, 4, 6].map(value => ({kind: 'result', value})));
  });

  it('is answered with an error when its handler throws, and the error stays with the host', async () => {
    const error = new Error('password=hunter2');
    const {client, problems, sent} = both({
      ...handlers,
      hello: () => {
        throw error;
      },
    });
    expect(await client.request('hello', null)).toEqual({kind: 'error', reason: 'handler-failed'});
    expect(problems).toEqual([{kind: 'handler-failed', name: 'hello', error}]);
    expect(JSON.stringify(sent)).not.toContain('hunter2');
  });

  it('is answered with an error when its handler rejects', async () => {
    const {client} = both({...handlers, hello: () => Promise.reject(new Error('no'))});
    expect(await client.request('hello', null)).toEqual({kind: 'error', reason: 'handler-failed'});
  });

  it('is closed with its channel', async () => {
    const ends = wire();
    const client = createClient(contract, {ticked: () => {}}, ends.page, () => {});
    const answer = client.request('hello', null);
    client.dispose();
    expect(await answer).toEqual({kind: 'error', reason: 'closed'});
  });

  it.each([
    ['a result of another type', {kind: 'result', id: 1, value: 42}, 'invalid-result'],
    ['no result', {kind: 'result', id: 1}, 'invalid-result'],
  ])('is an error with %s', async (_, reply, reason) => {
    const ends = wire();
    const client = createClient(contract, {ticked: () => {}}, ends.page, () => {});
    const answer = client.request('hello', null);
    ends.host.post(reply);
    expect(await answer).toEqual({kind: 'error', reason});
  });
});

describe('the host', () => {
  it.each([
    ['text', 'hello'],
    ['null', null],
    ['an array', []],
    ['another kind', {kind: 'shout', id: 1}],
    ['no id', {kind: 'request', name: 'hello', params: null}],
    ['an id that is no integer', {kind: 'request', id: 1.5, name: 'hello', params: null}],
  ])('ignores %s with a report', (_, message) => {
    const {page, problems, sent} = both();
    page.post(message);
    expect(problems).toEqual([{kind: 'unknown-message'}]);
    expect(sent).toHaveLength(1);
  });

  it.each([
    ['an unknown name', 'nothing', null, 'unknown-request'],
    ['a name of the prototype', 'toString', null, 'unknown-request'],
    ['parameters of another type', 'double', {value: '21'}, 'invalid-params'],
    ['no parameters', 'double', undefined, 'invalid-params'],
    ['parameters where there are none', 'hello', {}, 'invalid-params'],
  ])('answers %s with an error', async (_, name, params, reason) => {
    const {page, sent, problems} = both();
    page.post({kind: 'request', id: 7, name, params});
    await expect.poll(() => sent.at(-1)).toEqual({kind: 'error', id: 7, reason});
    expect(problems).toEqual([{kind: reason, name}]);
  });

  it('hears nothing once it is disposed of', async () => {
    const {host, page, sent} = both();
    host.dispose();
    page.post({kind: 'request', id: 1, name: 'hello', params: null});
    await Promise.resolve();
    expect(sent).toHaveLength(1);
  });
});

describe('an event', () => {
  it('is delivered', () => {
    const {host, ticks} = both();
    host.emit('ticked', 3);
    expect(ticks).toEqual([3]);
  });

  it.each([
    ['an unknown name', {kind: 'event', name: 'tocked', value: 1}, {kind: 'unknown-event', name: 'tocked'}],
    ['another type', {kind: 'event', name: 'ticked', value: 'x'}, {kind: 'invalid-event', name: 'ticked'}],
    ['another shape', {event: 'ticked'}, {kind: 'unknown-message'}],
  ])('of %s is ignored with a report', (_, message, problem) => {
    const ends = wire();
    const problems: ChannelProblem[] = [];
    createClient(contract, {ticked: () => expect.unreachable()}, ends.page, problem =>
      problems.push(problem),
    );
    ends.host.post(message);
    expect(problems).toEqual([problem]);
  });
});

describe('the types', () => {
  it('demand a handler for everything in the contract', () => {
    expectTypeOf(handlers).toExtend<HostHandlers<Contract>>();
    expectTypeOf<Omit<HostHandlers<Contract>, 'hello'>>().not.toExtend<HostHandlers<Contract>>();
    expectTypeOf<{readonly tocked: () => void}>().not.toExtend<PageHandlers<Contract>>();
  });

  it('are those of the schemas', () => {
    expectTypeOf<HostHandlers<Contract>['double']>().parameter(0).toEqualTypeOf<{value: number}>();
    expectTypeOf<{double: () => string; hello: () => string}>().not.toExtend<HostHandlers<Contract>>();
    const ask = () => both().client.request('hello', null);
    expectTypeOf(ask).returns.resolves.toEqualTypeOf<Answer<string>>();
  });
});
