import type {LockHolder} from './lock-holder.ts';

/** In the order in which a user chooses one. */
export const frameworkIds = [
  'golang-migrate',
  'node-pg-migrate',
  'alembic',
  'dbmate',
  'goose',
  'flyway',
  'prisma',
] as const;

export type FrameworkId = (typeof frameworkIds)[number];

export type Direction = 'up' | 'down';

/** One migration as its files say, whether or not any database has seen it. */
export interface Migration {
  /** The framework's own version in its canonical text; unique in a history without duplicates. */
  readonly id: string;
  /** The version as the file name writes it, such as `000012`. */
  readonly label: string;
  readonly title: string;
  /** Absolute paths; a direction without a file is absent. Both are the same file for tools that keep both in one. */
  readonly up?: string;
  readonly down?: string;
  /** What only a history that is a graph has. */
  readonly graph?: GraphPlace;
}

/** A migration's place in a history that branches and merges, as Alembic's does. All are ids of migrations. */
export interface GraphPlace {
  /** What it follows: none for a base, several for a merge. */
  readonly parents: readonly string[];
  /** What has to be applied before it without being its parent. */
  readonly dependsOn: readonly string[];
  readonly branchLabels: readonly string[];
}

/** All that is wrong with a history whatever the database says. */
export type HistoryProblem =
  | {readonly kind: 'duplicate-version'; readonly id: string; readonly paths: readonly string[]}
  | {readonly kind: 'missing-up'; readonly id: string; readonly paths: readonly string[]}
  | {readonly kind: 'missing-down'; readonly id: string; readonly paths: readonly string[]}
  /** Anything else that the tool stumbles over or that a reader should know; `refused`: nothing runs until it is mended. */
  | {
      readonly kind: 'other';
      /** Absent for what is not about one migration. */
      readonly id?: string;
      readonly paths: readonly string[];
      readonly refused: boolean;
      /** Whole sentences: what is wrong, what the tool does with it, and what to do. */
      readonly words: string;
    };

/** A project's migrations in the order in which they run. */
export interface History {
  readonly migrations: readonly Migration[];
  readonly problems: readonly HistoryProblem[];
}

export type MigrationState =
  | {readonly kind: 'pending'}
  | {readonly kind: 'applied'; readonly current: boolean}
  /** The framework's own failure mark; golang-migrate calls it dirty. */
  | {readonly kind: 'failed'}
  /** Marked as failed because a runner is in the middle of it: it has not failed yet. */
  | {readonly kind: 'running'}
  /** The database names a version that no file has. */
  | {readonly kind: 'missing-file'}
  /** Older than the current version and not known to have run: the framework passes it over without a word. */
  | {readonly kind: 'never-runs'}
  | {readonly kind: 'edited'};

/** Where a database is in the history, as the bookkeeping says. */
export type Position =
  | {readonly kind: 'none'}
  | {readonly kind: 'at'; readonly id: string}
  /** Two or more ends of a history that is a graph; in the order of the history. */
  | {readonly kind: 'heads'; readonly ids: readonly string[]}
  | {readonly kind: 'failed'; readonly id: string};

export interface Bookkeeping {
  /** Quoted and qualified, ready to show: `public.schema_migrations`. */
  readonly table: string;
  readonly exists: boolean;
  /** Tables of the same shape in other schemas: the usual sign of a wrong `search_path`. */
  readonly elsewhere: readonly string[];
  /** The keys of the framework's advisory locks in the order in which they are taken, to show. */
  readonly lockKeys?: readonly string[];
  /** Stands for all of its rows: `run` refuses a plan when it has changed. Absent where the position says it all. */
  readonly mark?: string;
}

export interface MigrationStatus {
  readonly migration: Migration;
  readonly state: MigrationState;
  /** When it was applied, as the bookkeeping says and in its own words; absent where it does not. */
  readonly appliedAt?: string;
}

export interface Status {
  readonly position: Position;
  /** Who holds the lock while the position says failed: the migration is running, and a repair would be wrong. */
  readonly runner?: LockHolder;
  readonly bookkeeping: Bookkeeping;
  readonly migrations: readonly MigrationStatus[];
  readonly problems: readonly HistoryProblem[];
}
