import * as z from 'zod';
import {severities} from '../core/schema/comparison.ts';
import {place} from './json-shared.ts';

/* A comparison of two schemas as `--json` prints it. */

const severity = z.enum(severities);

const value = z.union([
  z.string(),
  z.number(),
  z.boolean(),
  z.array(z.string()),
  z.record(z.string(), z.string()),
  z.record(z.string(), z.array(z.string())),
]);

const blame = z.object({
  kind: z.enum(['no-migration', 'edited-after-apply', 'pending', 'by-hand', 'unknown']),
  /** Its id. */
  migration: z.string().optional(),
});

const difference = z.object({
  /** What differs, such as `column public.orders.note`. */
  object: z.string(),
  kind: z.string(),
  change: z.enum(['missing', 'extra', 'changed']),
  /** Only of what changed; a value that is absent is PostgreSQL's default. */
  attribute: z.string().optional(),
  severity,
  words: z.string(),
  expected: value.optional(),
  live: value.optional(),
  /** Only where one side is a folder of migrations. */
  blame: blame.optional(),
  place: place.optional(),
});

const rule = z.object({
  kind: z.string().optional(),
  name: z.string().optional(),
  attribute: z.string().optional(),
  reason: z.string().optional(),
});

export const driftBody = {
  version: z.int(),
  expected: z.string(),
  live: z.string(),
  equal: z.boolean(),
  /** Objects that took part. */
  compared: z.int(),
  counts: z.object({error: z.int(), warning: z.int(), information: z.int()}),
  objects: z.array(z.object({key: z.string(), kind: z.string(), differences: z.array(difference)})),
  ignored: z.array(z.object({words: z.string(), rule})),
  gaps: z.array(z.string()),
  /** Only with `--sql`. */
  sql: z.string().optional(),
  /** What the SQL does not do. */
  leftOut: z.array(z.object({key: z.string(), why: z.string()})).optional(),
} as const;
