import * as z from 'zod';
import {counterFields, type Counter} from '../core/explain/counters.ts';

/*
 * An EXPLAIN plan as `--json` prints it. Times are ms, blocks are the server's (8 kB as a rule), rows are over all loops
 * and processes. What EXPLAIN did not measure is absent.
 */

function isCounter(name: string): name is Counter {
  return Object.hasOwn(counterFields, name);
}

const counterNames = Object.keys(counterFields).filter(isCounter);

const counters = z.partialRecord(z.enum(counterNames), z.number());

const estimate = z.object({
  /** Rows of one loop of one process. */
  planned: z.number(),
  actual: z.number(),
  factor: z.number(),
  direction: z.enum(['exact', 'too-low', 'too-high']),
});

const node = z.object({
  id: z.int(),
  parent: z.int().optional(),
  depth: z.int(),
  type: z.string(),
  title: z.string(),
  relationship: z.string().optional(),
  subplanName: z.string().optional(),
  schema: z.string().optional(),
  relation: z.string().optional(),
  alias: z.string().optional(),
  index: z.string().optional(),
  state: z.enum(['executed', 'never', 'unknown']),
  loops: z.number().optional(),
  processes: z.number().optional(),
  selfMs: z.number().optional(),
  totalMs: z.number().optional(),
  /** What `totalMs` may be off by, because EXPLAIN rounds the time of each loop. */
  epsilonMs: z.number().optional(),
  selfEpsilonMs: z.number().optional(),
  rows: z.number().optional(),
  plannedRows: z.number(),
  estimate: estimate.optional(),
  cost: z.object({total: z.number(), self: z.number()}),
  /** Inclusive, and of this node alone. */
  buffers: z.object({total: counters, self: counters}),
  /** Every property as the server wrote it. */
  fields: z.record(z.string(), z.unknown()),
});

const action = z.discriminatedUnion('kind', [
  z.object({kind: z.literal('create-index'), definition: z.string()}),
  z.object({kind: z.literal('analyze'), table: z.object({schema: z.string(), name: z.string()})}),
  z.object({kind: z.literal('vacuum'), table: z.object({schema: z.string(), name: z.string()})}),
  z.object({kind: z.literal('show-sql'), title: z.string(), sql: z.string()}),
]);

const finding = z.object({
  check: z.string(),
  /** Node ids; empty for the whole plan. */
  nodes: z.array(z.int()),
  what: z.string(),
  why: z.string(),
  fix: z.string(),
  confidence: z.enum(['certain', 'likely', 'possible']),
  basis: z.string(),
  atStakeMs: z.number().optional(),
  actions: z.array(action),
});

/** One plan with its arithmetic and the findings on it. */
export const planBody = z.object({
  analyzed: z.boolean(),
  executionMs: z.number().optional(),
  planningMs: z.number().optional(),
  triggersMs: z.number().optional(),
  jitMs: z.number().optional(),
  /** Of the statement, where the plan came with it. */
  query: z.string().optional(),
  /** In pre-order; a node's `id` is its index. */
  nodes: z.array(node),
  findings: z.array(finding),
  /** Everything beside the nodes, as the server wrote it. */
  fields: z.record(z.string(), z.unknown()),
});
