import * as z from 'zod/mini';
import {amount, list, maybe, record, text} from './shape.ts';

/** What a grade is given for. */
export const areas = [
  'connections',
  'locks',
  'queries',
  'indexes',
  'tables',
  'vacuum',
  'design',
  'writing',
  'replication',
  'settings',
  'security',
] as const;
export const Area = z.enum(areas);
export type Area = z.infer<typeof Area>;

/**
 * `error`: something fails, is lost or will be soon, and somebody has to act today. `warning`: it costs much, or will
 * fail one day. `information`: worth knowing.
 */
export const severities = ['error', 'warning', 'information'] as const;
export const Severity = z.enum(severities);
export type Severity = z.infer<typeof Severity>;

export const ObjectName = record({schema: text, name: text});
export type ObjectName = z.infer<typeof ObjectName>;

/** What a finding is about, so that the tree, a list or a panel can show it. */
export const Subject = z.discriminatedUnion('kind', [
  record({kind: z.literal('index'), schema: text, name: text, table: text}),
  record({kind: z.literal('table'), schema: text, name: text}),
  record({kind: z.literal('column'), schema: text, table: text, name: text}),
  record({kind: z.literal('constraint'), schema: text, table: text, name: text}),
  record({kind: z.literal('sequence'), schema: text, name: text}),
  record({kind: z.literal('function'), schema: text, name: text}),
  record({kind: z.literal('session'), pid: amount}),
  record({kind: z.literal('statement'), id: text}),
  record({kind: z.literal('setting'), name: text}),
  record({kind: z.literal('role'), name: text}),
  record({kind: z.literal('slot'), name: text}),
  record({kind: z.literal('database'), name: text}),
  record({kind: z.literal('extension'), name: text}),
]);
export type Subject = z.infer<typeof Subject>;

/** What a click on a finding can do. */
export const Action = z.discriminatedUnion('kind', [
  /**
   * A migration that opens in the editor, rehearsed. Statements end with a semicolon. What is CONCURRENTLY must be alone
   * in its file; several entries are several migrations, in their order.
   */
  record({
    kind: z.literal('migration'),
    /** In the imperative: “Drop the index orders_old_idx”. */
    title: text,
    migrations: list(record({title: text, up: text, down: text})),
  }),
  /** Runs one maintenance command, with progress. */
  record({
    kind: z.literal('maintain'),
    command: z.enum(['vacuum', 'vacuum-freeze', 'analyze', 'reindex', 'reindex-table', 'checkpoint']),
    /** The index for `reindex`, the table otherwise; absent for the whole database. */
    object: maybe(ObjectName),
  }),
  /** SQL to look at and copy: what needs rights, a restart, or a decision. */
  record({kind: z.literal('show-sql'), title: text, sql: text}),
  /** The indexes of a table are shown, the least used first. */
  record({kind: z.literal('show-indexes'), table: ObjectName}),
  /** The session is shown where it can be cancelled or terminated. */
  record({kind: z.literal('show-session'), pid: amount}),
  /** EXPLAIN of a statement of pg_stat_statements. */
  record({kind: z.literal('explain'), statement: text}),
]);
export type Action = z.infer<typeof Action>;

/** One thing that an experienced operator would point at. */
export const HealthFinding = record({
  /** Id of the check that made it, such as `index-unused`. */
  check: text,
  area: Area,
  severity: Severity,
  subject: maybe(Subject),
  /** One line without a full stop: “orders_status_idx was not used in 94 days”. */
  what: text,
  /** Whole sentences: why it matters. */
  why: text,
  /** Whole sentences, in the imperative. */
  fix: text,
  /** What it rests on, a sentence each: since when counters count, who else has counters, sizes, the method of an estimate. */
  evidence: list(text),
  /** Bytes that the fix would free; findings of one severity are ordered by it. */
  bytes: maybe(amount),
  actions: list(Action),
});
export type HealthFinding = z.infer<typeof HealthFinding>;

/** What a check returns; its id and area are the check's own. */
export type Found = Omit<HealthFinding, 'check' | 'area'>;
