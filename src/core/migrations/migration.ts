import type {LockHolder} from './lock-holder.ts';

export type FrameworkId = 'golang-migrate';

export type Direction = 'up' | 'down';

/** One migration as its files say, whether or not any database has seen it. */
export interface Migration {
  /** The framework's own version in its canonical text; unique in a history without duplicates. */
  readonly id: string;
  /** The version as the file name writes it, such as `000012`. */
  readonly label: string;
  readonly title: string;
  /** Absolute paths; a direction without a file is absent. */
  readonly up?: string;
  readonly down?: string;
}

/** All that is wrong with a history whatever the database says. */
export type HistoryProblem =
  | {readonly kind: 'duplicate-version'; readonly id: string; readonly paths: readonly string[]}
  | {readonly kind: 'missing-up'; readonly id: string; readonly paths: readonly string[]}
  | {readonly kind: 'missing-down'; readonly id: string; readonly paths: readonly string[]};

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
  | {readonly kind: 'failed'; readonly id: string};

export interface Bookkeeping {
  /** Quoted and qualified, ready to show: `public.schema_migrations`. */
  readonly table: string;
  readonly exists: boolean;
  /** Tables of the same shape in other schemas: the usual sign of a wrong `search_path`. */
  readonly elsewhere: readonly string[];
  /** The keys of the framework's advisory locks in the order in which they are taken, to show. */
  readonly lockKeys?: readonly string[];
}

export interface MigrationStatus {
  readonly migration: Migration;
  readonly state: MigrationState;
}

export interface Status {
  readonly position: Position;
  /** Who holds the lock while the position says failed: the migration is running, and a repair would be wrong. */
  readonly runner?: LockHolder;
  readonly bookkeeping: Bookkeeping;
  readonly migrations: readonly MigrationStatus[];
  readonly problems: readonly HistoryProblem[];
}
