import * as z from 'zod/mini';
import {environments} from '../core/connections/connection.ts';
import {nothing} from './channel.ts';

const text = z.string();
const place = z.object({schema: text, name: text});

export const OriginView = z.object({
  /** `opened` came from a file, the clipboard or a log, and nothing is known of its connection. */
  mode: z.enum(['explain', 'generic', 'analyze', 'opened']),
  /** The connection as it was when the plan was made; null for an opened plan. */
  connection: z.nullable(
    z.object({
      name: text,
      environment: z.enum(environments),
      /** `user@host:port/database` */
      address: text,
      database: text,
      user: text,
      /** Such as `16.14`; empty until the session is open. */
      serverVersion: text,
    }),
  ),
  /** What the panel is about, in few words: the beginning of the statement, or the file's name. */
  title: text,
  /** As it was sent, without EXPLAIN; empty when an opened plan does not carry it. */
  statement: text,
  parameters: z.array(z.object({name: text, type: z.nullable(text), value: z.nullable(text)})),
  /** How an executed statement was kept from changing the database; null when it was not executed. */
  guard: z.nullable(z.enum(['read-only', 'rolled-back'])),
  /** Milliseconds since 1970 by the host's clock. */
  at: z.number(),
  timeouts: z.nullable(z.object({statement: z.number(), lock: z.number()})),
  /** Sentences the user should know: what was unwrapped, what could not be taken back. */
  notes: z.array(text),
});
export type OriginView = z.output<typeof OriginView>;

export const FailureWords = z.object({
  message: text,
  advice: z.nullable(text),
  detail: z.nullable(text),
  hint: z.nullable(text),
  sqlState: z.nullable(text),
  /** True when the place is marked in the editor and can be opened. */
  located: z.boolean(),
});
export type FailureWords = z.output<typeof FailureWords>;

/** One kept run. */
export const HistoryEntry = z.object({
  id: text,
  at: z.number(),
  mode: z.enum(['explain', 'generic', 'analyze', 'opened']),
  connection: z.nullable(text),
  /** ms; null without ANALYZE. */
  executionMs: z.nullable(z.number()),
  planningMs: z.nullable(z.number()),
  cost: z.number(),
  nodes: z.number(),
  /** Two plans with the same steps on the same objects have the same shape. */
  shape: text,
});
export type HistoryEntry = z.output<typeof HistoryEntry>;

/** A run against its own history. */
export const Alert = z.object({
  /** ms of this run, and the median of `runs` earlier ones on the same connection. */
  executionMs: z.number(),
  usualMs: z.number(),
  runs: z.number(),
  /** The earlier run that is closest to the usual, to compare with. */
  compareWith: text,
  planChanged: z.boolean(),
});
export type Alert = z.output<typeof Alert>;

export const Phase = z.discriminatedUnion('kind', [
  z.object({kind: z.literal('running'), startedAt: z.number(), cancelling: z.boolean()}),
  /** The plan is there: the page asks for its text by `id`. */
  z.object({kind: z.literal('shown'), id: text, length: z.number()}),
  z.object({kind: z.literal('failed'), failure: FailureWords}),
  /** `confirmed` only when the server said that it stopped. */
  z.object({kind: z.literal('cancelled'), confirmed: z.boolean(), afterMs: z.number()}),
  /** A restored page whose plan is no longer kept. */
  z.object({kind: z.literal('lost')}),
]);
export type Phase = z.output<typeof Phase>;

export const ExplainView = z.object({origin: OriginView, phase: Phase});
export type ExplainView = z.output<typeof ExplainView>;

export const ActionView = z.discriminatedUnion('kind', [
  /** A whole CREATE INDEX, named, without CONCURRENTLY. */
  z.object({kind: z.literal('create-index'), definition: text}),
  z.object({kind: z.literal('analyze'), table: place}),
  z.object({kind: z.literal('vacuum'), table: place}),
  z.object({kind: z.literal('show-sql'), title: text, sql: text}),
]);

/** What tells a node's place in the statement; all of it is from the plan. */
export const NodeSource = z.object({
  type: text,
  relation: z.nullable(text),
  schema: z.nullable(text),
  alias: z.nullable(text),
  cteName: z.nullable(text),
  functionName: z.nullable(text),
  subplanName: z.nullable(text),
  /** The alias of every scan below the node, so that a join can be found by what it joins. */
  aliasesBelow: z.array(text),
  /** The same for each child of a join. */
  sides: z.exactOptional(z.array(z.array(text))),
});
export type NodeSource = z.output<typeof NodeSource>;

/** `CatalogFacts` of the core, checked no further: both ends are Howdah's. */
const facts = z.unknown();

const failure = z.object({kind: z.literal('failure'), failure: FailureWords});

export const WhatIfAnswer = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('plans'),
    /** EXPLAIN's JSON without and with the index, from the same planner. */
    before: text,
    after: text,
    /** `hypopg` on the server itself; `statistics` in the embedded server with the server's statistics. */
    how: z.enum(['hypopg', 'statistics']),
    /** Sentences: which planner, which version, what it could not take over. */
    notes: z.array(text),
    /** The index as it would be made. */
    definition: text,
    /** Estimated bytes; null when it cannot be told. */
    bytes: z.nullable(z.number()),
  }),
  failure,
]);
export type WhatIfAnswer = z.output<typeof WhatIfAnswer>;

/** The plan panel. Plan texts travel in pieces, so that neither side is held up by a large one. */
export const explainContract = {
  requests: {
    ready: {params: nothing, result: z.object({view: ExplainView, now: z.number()})},
    /** A piece of a plan's text from `offset` (UTF-16 units); `next` is null at its end. */
    text: {
      params: z.object({id: text, offset: z.int()}),
      result: z.nullable(z.object({text, next: z.nullable(z.int())})),
    },
    cancel: {params: nothing, result: nothing},
    /** Explains the same statement again on the same connection, through the same gate. */
    again: {params: z.object({mode: z.enum(['explain', 'generic', 'analyze'])}), result: nothing},
    /** Asks for other parameter values first. */
    change: {params: nothing, result: nothing},
    /** What the catalog knows of these tables now; null where the plan has no connection or it cannot be asked. */
    facts: {
      params: z.object({
        relations: z.array(z.object({schema: z.nullable(text), name: text})),
        constraints: z.array(text),
      }),
      result: z.object({facts, why: z.nullable(text)}),
    },
    /** Marks the node's part of the statement in the editor. */
    highlight: {params: NodeSource, result: z.object({found: z.boolean()})},
    /** Shows a table or an index in the tree. */
    reveal: {
      params: z.object({schema: z.nullable(text), relation: z.nullable(text), index: z.nullable(text)}),
      result: z.object({found: z.boolean()}),
    },
    openStatement: {params: nothing, result: nothing},
    act: {params: ActionView, result: nothing},
    /** Plans the statement with an index that does not exist; `definition` is a CREATE INDEX the user may have written. */
    whatIf: {params: z.object({definition: text}), result: WhatIfAnswer},
    /** Keeps a plan's figures, an opened plan as well, and compares a run with earlier ones. */
    keep: {
      params: z.object({
        id: text,
        executionMs: z.nullable(z.number()),
        planningMs: z.nullable(z.number()),
        cost: z.number(),
        nodes: z.number(),
        shape: text,
      }),
      result: z.object({alert: z.nullable(Alert)}),
    },
    /** Newest first, the shown one included. */
    history: {params: nothing, result: z.array(HistoryEntry)},
    forget: {params: z.object({id: text}), result: nothing},
    /** Asks where to, and writes there; `content` of a PNG is base64. */
    save: {
      params: z.object({kind: z.enum(['svg', 'png', 'json', 'markdown']), content: text}),
      result: nothing,
    },
    copy: {params: z.object({content: text}), result: nothing},
    openFile: {params: nothing, result: nothing},
  },
  events: {
    changed: z.object({view: ExplainView, now: z.number()}),
  },
} as const;
export type ExplainContract = typeof explainContract;
