import type {Failure} from '../outcome.ts';
import type {LockHolder} from './lock-holder.ts';
import type {Bookkeeping, Direction, Migration, Position} from './migration.ts';

/** What the user asked for. `to` leaves the database exactly at `id`. */
export type Goal =
  | {readonly kind: 'apply-next'}
  | {readonly kind: 'apply-all'}
  | {readonly kind: 'apply-to'; readonly id: string}
  | {readonly kind: 'roll-back-last'}
  | {readonly kind: 'roll-back-to'; readonly id: string}
  | {readonly kind: 'roll-back-all'};

export interface Step {
  readonly migration: Migration;
  readonly direction: Direction;
  /** Absent where the direction has no file: the version moves and nothing runs. */
  readonly path?: string;
  /** Where the bookkeeping stands once the step is done. */
  readonly leads: Position;
}

export type PlanWarning =
  | {readonly kind: 'missing-file'; readonly step: number}
  | {readonly kind: 'empty-file'; readonly step: number}
  | {readonly kind: 'never-runs'; readonly migration: Migration}
  | {readonly kind: 'splits-inside-quotes'; readonly step: number}
  | {readonly kind: 'concurrently-with-others'; readonly step: number}
  /** The tool begins a transaction before the file unless the file says otherwise. */
  | {readonly kind: 'concurrently-in-transaction'; readonly step: number}
  /** dbmate applies the first up block, records the version, and stumbles over the second. */
  | {readonly kind: 'several-sections'; readonly step: number};

/** The files that will run, in order, and what to know before. Never empty. */
export interface Plan {
  readonly goal: Goal;
  readonly direction: Direction;
  readonly from: Position;
  readonly steps: readonly Step[];
  readonly warnings: readonly PlanWarning[];
  /** From the status that the plan was made from, so that its SQL can be shown without a connection. */
  readonly bookkeeping?: Bookkeeping;
}

/** A place in a file: lines and columns are 0-based, columns and offsets count UTF-16 units. */
export interface FileRange {
  readonly path: string;
  readonly start: {readonly line: number; readonly column: number};
  readonly end: {readonly line: number; readonly column: number};
}

export interface StepReport {
  readonly step: Step;
  readonly milliseconds: number;
}

export interface Stopped {
  readonly step: Step;
  readonly failure: Failure;
  /** The token that the server's position names, where it gave one. */
  readonly at?: FileRange;
}

/** What a run did. */
export interface RunReport {
  readonly done: readonly StepReport[];
  /** Absent when every step ran. */
  readonly stopped?: Stopped;
  readonly milliseconds: number;
  /** Where the bookkeeping stands now; `unknown` where the connection was lost and no new one could ask. */
  readonly position: Position | {readonly kind: 'unknown'};
  /** The state of the database in words, for the user. */
  readonly words: string;
}

export type RunEvent =
  | {readonly kind: 'waiting-for-lock'; readonly holder?: LockHolder}
  | {readonly kind: 'started'; readonly index: number; readonly step: Step}
  | {readonly kind: 'finished'; readonly index: number; readonly report: StepReport}
  | {readonly kind: 'notice'; readonly message: string};
