import * as z from 'zod';
import {failure, place} from './json-shared.ts';

/*
 * A rehearsal as `--json` prints it. Times are ms, sizes bytes.
 */

const lock = z.object({
  relation: z.string(),
  kind: z.enum(['table', 'index', 'sequence', 'view', 'other']),
  mode: z.string(),
  isNew: z.boolean(),
  /** Only with a connection. */
  facts: z
    .object({bytes: z.number(), rows: z.number().optional(), writesPerSecond: z.number().optional()})
    .optional(),
});

const statement = z.object({
  at: place,
  command: z.string(),
  milliseconds: z.number(),
  locks: z.array(lock),
  rewrites: z.array(z.string()),
  scans: z.array(z.string()),
  rows: z.array(z.object({relation: z.string(), inserted: z.int(), updated: z.int(), deleted: z.int()})),
  transaction: z.enum(['block', 'alone', 'control']),
  howLocksAreKnown: z.enum(['observed', 'documented']),
  words: z.array(z.string()),
});

const change = z.object({
  kind: z.string(),
  name: z.string(),
  change: z.enum(['added', 'removed', 'changed']),
  before: z.string().optional(),
  after: z.string().optional(),
});

const phase = z.enum(['down', 'up-again']);

const undo = z.discriminatedUnion('kind', [
  z.object({kind: z.literal('undone')}),
  z.object({
    kind: z.literal('differs'),
    differences: z.array(
      z.object({phase, words: z.string(), at: place.optional(), grade: z.literal('low').optional()}),
    ),
  }),
  z.object({kind: z.literal('fails'), phase, failure, at: place.optional()}),
  z.object({kind: z.literal('no-down')}),
  z.object({kind: z.literal('not-tried'), why: z.string()}),
]);

const dataLoss = z.object({
  direction: z.enum(['up', 'down']),
  grade: z.enum(['existing', 'since']),
  what: z.string(),
  at: place.optional(),
  rows: z.int().optional(),
});

const dataCheck = z.object({
  what: z.string(),
  at: place.optional(),
  result: z.discriminatedUnion('kind', [
    z.object({kind: z.literal('passes')}),
    z.object({kind: z.literal('offends'), rows: z.int(), example: z.string().optional()}),
    z.object({kind: z.literal('unknown'), failure}),
  ]),
});

const step = z.object({
  id: z.string(),
  label: z.string(),
  title: z.string(),
  path: z.string().optional(),
  verdict: z.enum(['passes', 'fails', 'not-run']),
  milliseconds: z.number(),
  failure: z.object({failure, at: place.optional()}).optional(),
  statements: z.array(statement),
  changes: z.array(change),
  undo,
  dataLoss: z.array(dataLoss),
  /** Only with `--live-data`. */
  liveData: z.array(dataCheck).optional(),
});

export const rehearsalBody = {
  version: z.int(),
  where: z.enum(['embedded', 'scratch', 'server']),
  serverVersion: z.string(),
  /** Name of the connection whose facts are in it. */
  target: z.string().optional(),
  passes: z.boolean(),
  milliseconds: z.number(),
  replay: z.object({milliseconds: z.number(), files: z.int()}),
  steps: z.array(step),
  notes: z.array(z.string()),
} as const;
