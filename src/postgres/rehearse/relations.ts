import * as z from 'zod';
import type {ObservedLock} from '../../core/rehearse/report.ts';
import {quoteWhereNeeded} from '../../core/sql/quote.ts';

const counts = {scans: z.number(), inserted: z.number(), updated: z.number(), deleted: z.number()};

export const relationShape = z.object({
  oid: z.string(),
  schema: z.string(),
  name: z.string(),
  kind: z.string(),
  file: z.string(),
  table: z.string().nullable(),
});

export const fileShape = z.object({oid: z.string(), file: z.string()});

export const countersShape = z.object({oid: z.string(), ...counts});
export type Counters = z.infer<typeof countersShape>;

export const heldShape = countersShape.extend({
  schema: z.string().nullable(),
  name: z.string().nullable(),
  kind: z.string().nullable(),
  file: z.string().nullable(),
  persistence: z.string().nullable(),
  level: z.number(),
});
export type HeldRow = z.infer<typeof heldShape>;

/** A relation that was there before the file, or that the file made. */
export interface KnownRelation {
  /** Qualified, quoted where needed: as it was called before the file. */
  readonly name: string;
  readonly kind: string;
  readonly isNew: boolean;
  /** Of an index: the oid of its table. */
  readonly table?: string;
}

export function qualifiedName(schema: string, name: string): string {
  return `${quoteWhereNeeded(schema)}.${quoteWhereNeeded(name)}`;
}

const kinds: Readonly<Record<string, ObservedLock['kind']>> = {
  r: 'table',
  p: 'table',
  m: 'table',
  f: 'table',
  i: 'index',
  I: 'index',
  S: 'sequence',
  v: 'view',
};

/** @returns the kind for a reader; materialized views and foreign tables count as tables. */
export function kindOf(relkind: string): ObservedLock['kind'] {
  return kinds[relkind] ?? 'other';
}
