import * as z from 'zod/mini';

/**
 * What a panel's page and the host say to each other. The page requests and is always answered; the host emits events.
 * A request or event without data has `nothing` for its schema.
 */
export interface Contract {
  readonly requests: Readonly<Record<string, RequestSchema>>;
  readonly events: Readonly<Record<string, z.ZodMiniType>>;
}

interface RequestSchema {
  readonly params: z.ZodMiniType;
  readonly result: z.ZodMiniType;
}

export const nothing = z.null();

type RequestName<C extends Contract> = keyof C['requests'] & string;
type EventName<C extends Contract> = keyof C['events'] & string;
type Params<C extends Contract, N extends RequestName<C>> = z.output<C['requests'][N]['params']>;
type Result<C extends Contract, N extends RequestName<C>> = z.output<C['requests'][N]['result']>;
export type EventValue<C extends Contract, N extends EventName<C>> = z.output<C['events'][N]>;

/** One handler for each request of the contract: leaving one out does not compile. */
export type HostHandlers<C extends Contract> = {
  readonly [N in RequestName<C>]: (params: Params<C, N>) => Result<C, N> | Promise<Result<C, N>>;
};

/** One handler for each event of the contract: leaving one out does not compile. */
export type PageHandlers<C extends Contract> = {
  readonly [N in EventName<C>]: (value: EventValue<C, N>) => void;
};

/** One end of the wire. `onMessage` returns a function that ends it. */
export interface Port {
  post(message: unknown): void;
  onMessage(listener: (message: unknown) => void): () => void;
}

const errorReasons = [
  'unknown-request',
  'invalid-params',
  'handler-failed',
  'closed',
  'invalid-result',
] as const;
type ErrorReason = (typeof errorReasons)[number];

/** What comes back for a request. An error here is a bug in Howdah; expected failures are part of the result. */
export type Answer<T> =
  | {readonly kind: 'result'; readonly value: T}
  | {readonly kind: 'error'; readonly reason: ErrorReason};

/** Something that does not fit the contract, or a handler that threw. For the log, never for the user. */
export type ChannelProblem =
  | {readonly kind: 'unknown-message'}
  | {readonly kind: 'unknown-request' | 'unknown-event'; readonly name: string}
  | {readonly kind: 'invalid-params' | 'invalid-result' | 'invalid-event'; readonly name: string}
  | {readonly kind: 'handler-failed'; readonly name: string; readonly error: unknown};

export type ReportProblem = (problem: ChannelProblem) => void;

const ToHost = z.object({
  kind: z.literal('request'),
  id: z.int(),
  name: z.string(),
  params: z.optional(z.unknown()),
});

const ToPage = z.discriminatedUnion('kind', [
  z.object({kind: z.literal('result'), id: z.int(), value: z.optional(z.unknown())}),
  z.object({kind: z.literal('error'), id: z.int(), reason: z.enum(errorReasons)}),
  z.object({kind: z.literal('event'), name: z.string(), value: z.optional(z.unknown())}),
]);

export interface Host<C extends Contract> {
  emit<N extends EventName<C>>(name: N, value: EventValue<C, N>): void;
  dispose(): void;
}

/**
 * The extension's end of a channel. Each inbound message is parsed; each request is answered, with an error
 * when its name or parameters are not the contract's or its handler throws.
 * @param report told of everything that does not fit the contract
 */
export function createHost<C extends Contract>(
  contract: C,
  handlers: HostHandlers<C>,
  port: Port,
  report: ReportProblem,
): Host<C> {
  const answer = async (name: string, params: unknown): Promise<Answer<unknown>> => {
    if (!hasName(contract.requests, name)) {
      report({kind: 'unknown-request', name});
      return {kind: 'error', reason: 'unknown-request'};
    }
    return await call(contract, handlers[name]!, name, params, report);
  };
  const stop = port.onMessage(message => {
    const request = ToHost.safeParse(message);
    if (!request.success) return report({kind: 'unknown-message'});
    const {id, name, params} = request.data;
    void answer(name, params).then(reply => port.post({...reply, id}));
  });
  return {emit: (name, value) => port.post({kind: 'event', name, value}), dispose: stop};
}

async function call<C extends Contract, N extends RequestName<C>>(
  contract: C,
  handler: HostHandlers<C>[N],
  name: N,
  raw: unknown,
  report: ReportProblem,
): Promise<Answer<unknown>> {
  const params = z.safeParse<C['requests'][N]['params']>(contract.requests[name]!.params, raw);
  if (!params.success) {
    report({kind: 'invalid-params', name});
    return {kind: 'error', reason: 'invalid-params'};
  }
  try {
    return {kind: 'result', value: await handler(params.data)};
  } catch (error) {
    report({kind: 'handler-failed', name, error});
    return {kind: 'error', reason: 'handler-failed'};
  }
}

export interface Client<C extends Contract> {
  /** Never rejects. */
  request<N extends RequestName<C>>(name: N, params: Params<C, N>): Promise<Answer<Result<C, N>>>;
  /** Ends the channel; requests that are still open are answered with `closed`. */
  dispose(): void;
}

/**
 * The page's end of a channel. Results and events are parsed like the host parses requests.
 * @param report told of everything that does not fit the contract
 */
export function createClient<C extends Contract>(
  contract: C,
  handlers: PageHandlers<C>,
  port: Port,
  report: ReportProblem,
): Client<C> {
  const open = new Map<number, (answer: Answer<unknown>) => void>();
  let lastId = 0;
  const settle = (id: number, answer: Answer<unknown>): void => {
    open.get(id)?.(answer);
    open.delete(id);
  };
  const stop = port.onMessage(message => {
    const parsed = ToPage.safeParse(message);
    if (!parsed.success) return report({kind: 'unknown-message'});
    const {data} = parsed;
    if (data.kind === 'event') return receive(contract, handlers, data.name, data.value, report);
    settle(data.id, data.kind === 'error' ? data : {kind: 'result', value: data.value});
  });
  return {
    async request(name, params) {
      const id = ++lastId;
      const answer = await new Promise<Answer<unknown>>(resolve => {
        open.set(id, resolve);
        port.post({kind: 'request', id, name, params});
      });
      if (answer.kind === 'error') return {kind: 'error', reason: answer.reason};
      const result = z.safeParse<C['requests'][typeof name]['result']>(
        contract.requests[name]!.result,
        answer.value,
      );
      if (result.success) return {kind: 'result', value: result.data};
      report({kind: 'invalid-result', name});
      return {kind: 'error', reason: 'invalid-result'};
    },
    dispose() {
      stop();
      for (const id of open.keys()) settle(id, {kind: 'error', reason: 'closed'});
    },
  };
}

function receive<C extends Contract>(
  contract: C,
  handlers: PageHandlers<C>,
  name: string,
  raw: unknown,
  report: ReportProblem,
): void {
  if (!hasName(contract.events, name)) return report({kind: 'unknown-event', name});
  deliver(contract, handlers[name]!, name, raw, report);
}

function deliver<C extends Contract, N extends EventName<C>>(
  contract: C,
  handler: PageHandlers<C>[N],
  name: N,
  raw: unknown,
  report: ReportProblem,
): void {
  const schemas: C['events'] = contract.events;
  const value = z.safeParse<C['events'][N]>(schemas[name], raw);
  if (!value.success) return report({kind: 'invalid-event', name});
  handler(value.data);
}

function hasName<T extends object>(table: T, name: string): name is keyof T & string {
  return Object.hasOwn(table, name);
}
