import * as z from 'zod/mini';
import type {TimedRun} from '../../core/explain/history.ts';
import {OriginView, type HistoryEntry} from '../../protocol/explain-panel.ts';

const text = z.string();

/** Where a statement was when its plan was made. */
export const StatementPlace = z.object({
  /** Of the document. */
  uri: text,
  /** UTF-16 offset in the document, which later edits may have moved. */
  start: z.int(),
  /** The document's text there: the statement, or the literal of another language that holds it. */
  original: text,
  written: z.enum(['sql', 'literal']),
});
export type StatementPlace = z.output<typeof StatementPlace>;

/** What the page computed of a plan. */
const Figures = z.object({
  executionMs: z.nullable(z.number()),
  planningMs: z.nullable(z.number()),
  cost: z.number(),
  nodes: z.number(),
  shape: text,
});
export type Figures = z.output<typeof Figures>;

/** One kept plan, but for its text. */
export const PlanRecord = z.object({
  version: z.literal(1),
  /** The fingerprint, or `opened`, then a dot and what tells the run from others; good as a file's name. */
  id: text,
  origin: OriginView,
  /** Null for an opened plan. */
  connectionId: z.nullable(text),
  /** UTF-16 units of the text. */
  length: z.int(),
  place: z.nullable(StatementPlace),
  /** Path of the file that the plan was opened from. */
  openedFrom: z.nullable(text),
  /** Null until the page has read the plan; a text that is no plan never gets any. */
  figures: z.nullable(Figures),
});
export type PlanRecord = z.output<typeof PlanRecord>;

/** @returns what the panel shows of a kept plan; nothing of one that was never read as a plan. */
export function historyEntry({id, origin, figures}: PlanRecord): HistoryEntry | undefined {
  if (figures === null) return undefined;
  const {at, mode, connection} = origin;
  return {id, at, mode, connection: connection?.name ?? null, ...figures};
}

/** @returns the run, where the statement was executed and its time is known. */
export function timedRun({id, origin, figures}: PlanRecord): TimedRun | undefined {
  const executionMs = figures?.executionMs ?? null;
  if (figures === null || executionMs === null || origin.mode !== 'analyze') return undefined;
  return {id, at: origin.at, executionMs, shape: figures.shape};
}
