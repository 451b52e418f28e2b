import * as z from 'zod/mini';
import {DatabasePart} from './parts/database.ts';
import {DesignPart} from './parts/design.ts';
import {IndexesPart} from './parts/indexes.ts';
import {ProgressPart} from './parts/progress.ts';
import {SecurityPart} from './parts/security.ts';
import {ServerPart} from './parts/server.ts';
import {SessionsPart} from './parts/sessions.ts';
import {ExtensionsPart, SettingsPart} from './parts/settings.ts';
import {StatementsPart} from './parts/statements.ts';
import {TablesPart} from './parts/tables.ts';
import {ReplicationPart, WritingPart} from './parts/writing.ts';
import {amount, duration, maybe, moment, record, text} from './shape.ts';

/** What is read of a server, each by one reader. */
export const partShapes = {
  server: ServerPart,
  sessions: SessionsPart,
  database: DatabasePart,
  writing: WritingPart,
  replication: ReplicationPart,
  progress: ProgressPart,
  statements: StatementsPart,
  tables: TablesPart,
  indexes: IndexesPart,
  design: DesignPart,
  settings: SettingsPart,
  security: SecurityPart,
  extensions: ExtensionsPart,
} as const;

export type PartName = keyof typeof partShapes;
export type Parts = {readonly [P in PartName]: z.infer<(typeof partShapes)[P]>};

/** What changes from second to second, and costs little to read. */
export const liveParts = ['server', 'sessions', 'database', 'writing', 'replication', 'progress'] as const;

/** What changes slowly or costs more, in the order in which it is read. */
export const slowParts = [
  'settings',
  'extensions',
  'statements',
  'tables',
  'security',
  'design',
  'indexes',
] as const satisfies readonly PartName[];

export const partNames: readonly PartName[] = [...liveParts, ...slowParts];

/** Why a part is not there, in words. */
const Hidden = record({
  kind: z.literal('hidden'),
  /** One sentence: what this role, version or server does not show. */
  why: text,
  /** What would show it; may hold a statement to run. */
  advice: maybe(text),
});

/** What reading a part came to, and what it cost. */
const seenShape = <S extends z.ZodMiniType>(value: S) =>
  z.discriminatedUnion('kind', [
    record({
      kind: z.literal('seen'),
      value,
      /** By the server's clock. */
      at: moment,
      /** ms that the server worked for it. */
      serverMs: duration,
      /** Rows that were sent. */
      rows: amount,
      /** What of it this role could not see, a sentence each. */
      gaps: z.readonly(z.array(text)),
    }),
    Hidden,
  ]);

/** A reading of some or all parts. */
export type Reading = {readonly [P in PartName]?: Seen<Parts[P]>};
export const Reading: z.ZodMiniType<Reading> = record({
  server: maybe(seenShape(ServerPart)),
  sessions: maybe(seenShape(SessionsPart)),
  database: maybe(seenShape(DatabasePart)),
  writing: maybe(seenShape(WritingPart)),
  replication: maybe(seenShape(ReplicationPart)),
  progress: maybe(seenShape(ProgressPart)),
  statements: maybe(seenShape(StatementsPart)),
  tables: maybe(seenShape(TablesPart)),
  indexes: maybe(seenShape(IndexesPart)),
  design: maybe(seenShape(DesignPart)),
  settings: maybe(seenShape(SettingsPart)),
  security: maybe(seenShape(SecurityPart)),
  extensions: maybe(seenShape(ExtensionsPart)),
});
export type Seen<T> =
  | {
      readonly kind: 'seen';
      readonly value: T;
      readonly at: number;
      readonly serverMs: number;
      readonly rows: number;
      readonly gaps: readonly string[];
    }
  | z.infer<typeof Hidden>;
