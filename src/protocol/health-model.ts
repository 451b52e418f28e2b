import * as z from 'zod/mini';
import {environments} from '../core/connections/connection.ts';
import {amount, duration, flag, list, maybe, moment, record, text} from '../core/health/shape.ts';

/** The connection that a panel is about. */
export const ConnectionView = record({
  /** What a page saves, so that the host finds the connection again after a restart of the editor. */
  id: text,
  name: text,
  environment: z.enum(environments),
  /** Such as `app@db.example.com:5432/shop`; never a password. */
  address: text,
  /** The connection is read-only: what writes is not offered. */
  readOnly: flag,
});
export type ConnectionView = z.infer<typeof ConnectionView>;

export const HealthFailure = record({message: text, advice: maybe(text)});

/** A check that could not look. */
export const Unseen = record({title: text, why: text, advice: maybe(text)});

/** What came of an action, until the next one. */
export const Notice = record({
  tone: z.enum(['busy', 'good', 'warning', 'bad']),
  text,
  more: list(text),
});
export type Notice = z.infer<typeof Notice>;

/** What the last look cost. */
export const Cost = record({serverMs: duration, elapsedMs: duration, rows: amount, statements: amount});
export type Cost = z.infer<typeof Cost>;

/** A maintenance command that was started here, or several one after the other. */
export const MaintenanceView = record({
  id: text,
  /** The statement, or what several do together. */
  title: text,
  startedAt: moment,
  /** Which of several are done and which are not, where something stopped them; a sentence each. */
  told: maybe(list(text)),
  state: z.discriminatedUnion('kind', [
    record({
      kind: z.literal('running'),
      /** In words: “scanning the table”. */
      phase: text,
      /** 0 to 1; absent where the server does not tell. */
      share: maybe(amount),
      cancelling: flag,
    }),
    record({kind: z.literal('done'), milliseconds: duration}),
    record({kind: z.literal('failed'), failure: HealthFailure}),
    record({kind: z.literal('cancelled')}),
  ]),
});
export type MaintenanceView = z.infer<typeof MaintenanceView>;
