import * as z from 'zod';
import {driftBody} from './json-drift.ts';
import {healthBody} from './json-health.ts';
import {lintBody, ruleBody} from './json-lint.ts';
import {planBody} from './json-plan.ts';
import {rehearsalBody} from './json-rehearsal.ts';
import {diagnosis} from './json-repair.ts';
import {baselineBody, convertBody, squashBody} from './json-reshape.ts';
import {
  address,
  connection,
  environment,
  failure,
  file,
  finished,
  place,
  position,
  project,
  server,
  step,
  target,
} from './json-shared.ts';

/*
 * The documents that `--json` prints, one for each command. A field is never taken away or given another meaning; new ones
 * may come. Paths are absolute; lines and columns are 1-based, columns count UTF-16 units; durations are milliseconds.
 */

const connectionsDocument = z.object({
  command: z.literal('connections'),
  ...finished,
  connections: z.array(
    z.object({
      name: z.string(),
      source: z.object({label: z.string(), path: z.string().optional(), line: z.int().optional()}),
      environment: environment.optional(),
      readOnly: z.boolean().optional(),
      address: address.optional(),
      problems: z.array(failure),
      /** What was understood in another way than it was written. */
      notes: z.array(z.string()).optional(),
      /** Only with `--test`. */
      test: z
        .discriminatedUnion('ok', [
          z.object({ok: z.literal(true), server}),
          z.object({ok: z.literal(false), failure}),
        ])
        .optional(),
    }),
  ),
});

const migrationState = z.enum([
  'pending',
  'applied',
  'failed',
  'running',
  'missing-file',
  'never-runs',
  'edited',
]);

const statusDocument = z.object({
  command: z.literal('status'),
  ...finished,
  ...target,
  bookkeeping: z.object({table: z.string(), exists: z.boolean(), elsewhere: z.array(z.string())}),
  position,
  /** Who is in the middle of a migration: the position says failed until it is done. */
  runner: z
    .object({
      pid: z.int(),
      user: z.string().optional(),
      applicationName: z.string().optional(),
      clientAddress: z.string().optional(),
      ageSeconds: z.number().optional(),
    })
    .optional(),
  pending: z.int(),
  migrations: z.array(
    z.object({
      ...file,
      state: migrationState,
      current: z.boolean(),
      /** As the bookkeeping writes it; absent where it does not. */
      appliedAt: z.string().optional(),
      up: z.string().optional(),
      down: z.string().optional(),
    }),
  ),
  problems: z.array(
    z.discriminatedUnion('kind', [
      z.object({
        kind: z.enum(['duplicate-version', 'missing-up', 'missing-down']),
        id: z.string(),
        paths: z.array(z.string()).readonly(),
      }),
      z.object({
        kind: z.literal('other'),
        id: z.string().optional(),
        paths: z.array(z.string()).readonly(),
        /** Nothing runs until it is mended. */
        refused: z.boolean(),
        words: z.string(),
      }),
    ]),
  ),
});

const planDocument = z.object({
  command: z.literal('plan'),
  ...finished,
  ...target,
  from: position,
  direction: z.enum(['up', 'down']).optional(),
  steps: z.array(step),
  warnings: z.array(z.object({kind: z.string(), message: z.string()})),
  /** Only with `--sql`. */
  sql: z.string().optional(),
});

const runDocument = z.object({
  command: z.enum(['up', 'down']),
  ...finished,
  ...target,
  done: z.array(step.extend({milliseconds: z.int()})),
  /** Absent when every step ran. */
  stopped: z.object({step, failure, at: place.optional()}).optional(),
  milliseconds: z.int(),
  position: z.union([position, z.object({kind: z.literal('unknown')})]),
  words: z.string(),
});

const rolloutDocument = z.object({
  command: z.literal('rollout'),
  ...finished,
  project,
  group: z.string().optional(),
  canary: z.string().optional(),
  limit: z.int(),
  /** `refused`: a target could not be planned, so nothing was begun; `held`: the answer after the canary was no. */
  end: z.enum(['complete', 'refused', 'stopped', 'held', 'cancelled']),
  targets: z.array(
    z.object({
      connection,
      state: z.enum(['done', 'unchanged', 'failed', 'refused', 'not-begun']),
      /** Before; absent where it could not be read. */
      from: position.optional(),
      /** Where the pending migrations lead; absent where there is none. */
      to: position.optional(),
      pending: z.int(),
      /** Migrations that ran. */
      done: z.int(),
      milliseconds: z.int().optional(),
      failure: failure.optional(),
      stopped: z.object({step, at: place.optional()}).optional(),
      /** The state of a database where a run stopped. */
      words: z.string().optional(),
    }),
  ),
});

const forceDocument = z.object({
  command: z.literal('force'),
  ...finished,
  ...target,
  before: position,
  position,
});

const repairDocument = z.object({
  command: z.literal('repair'),
  ...finished,
  ...target,
  before: position,
  position,
  /** Absent when nothing is dirty. */
  diagnosis: diagnosis.optional(),
});

const createDocument = z.object({
  command: z.literal('create'),
  ...finished,
  project,
  files: z.array(z.string()),
});

const explainDocument = z.object({
  command: z.literal('explain'),
  ...finished,
  connection,
  server,
  mode: z.enum(['explain', 'generic', 'analyze']),
  /** How an executed statement was kept from changing the database; only with `--analyze`. */
  guard: z.enum(['read-only', 'rolled-back']).optional(),
  /** As it was sent, without EXPLAIN. */
  statement: z.string(),
  parameters: z.array(
    z.object({name: z.string(), type: z.string().optional(), value: z.string().nullable()}),
  ),
  /** Several where rules rewrite the statement. */
  plans: z.array(planBody),
  notes: z.array(z.string()),
});

const plansDocument = z.object({command: z.literal('plan'), ...finished, plans: z.array(planBody)});

const rehearseDocument = z.object({command: z.literal('rehearse'), ...finished, project, ...rehearsalBody});

const driftDocument = z.object({command: z.literal('drift'), ...finished, ...driftBody});

const healthDocument = z.object({command: z.literal('health'), ...finished, server, ...healthBody});

const lintDocument = z.object({command: z.literal('lint'), ...finished, ...lintBody});

const ruleDocument = z.object({command: z.literal('lint'), ...finished, ...ruleBody});

const baselineDocument = z.object({
  command: z.literal('baseline'),
  ...finished,
  ...target,
  ...baselineBody,
  /** Why nothing is recorded though the files are written. */
  failure: failure.optional(),
});

const convertDocument = z.object({
  command: z.literal('convert'),
  ...finished,
  /** Only with a connection. */
  connection: connection.optional(),
  server: server.optional(),
  project,
  to: project,
  ...convertBody,
  failure: failure.optional(),
});

const squashDocument = z.object({
  command: z.literal('squash'),
  ...finished,
  project,
  ...squashBody,
  databases: z.array(
    z.object({
      connection,
      /** Whether it has run all of the squashed migrations or none. */
      standing: z.enum(['all', 'none']),
      /** With `--record`: whether rows were taken out. */
      corrected: z.boolean(),
      failure: failure.optional(),
    }),
  ),
});

const failedDocument = z.object({
  command: z.string().optional(),
  ok: z.literal(false),
  exitCode: z.int(),
  failure,
});

/** What stands on standard output after `--json`, by command; `failed` for every command that could not do its work. */
export const documents = {
  connections: connectionsDocument,
  status: statusDocument,
  plan: planDocument,
  run: runDocument,
  rollout: rolloutDocument,
  force: forceDocument,
  repair: repairDocument,
  create: createDocument,
  explain: explainDocument,
  /** `howdah plan` of a file with EXPLAIN's output. */
  plans: plansDocument,
  rehearse: rehearseDocument,
  drift: driftDocument,
  health: healthDocument,
  baseline: baselineDocument,
  convert: convertDocument,
  squash: squashDocument,
  lint: lintDocument,
  rule: ruleDocument,
  failed: failedDocument,
} as const;

type DeepReadonly<T> = T extends object ? {readonly [Key in keyof T]: DeepReadonly<T[Key]>} : T;

export type DocumentName = keyof typeof documents;
export type Documents = {readonly [Name in DocumentName]: DeepReadonly<z.output<(typeof documents)[Name]>>};
