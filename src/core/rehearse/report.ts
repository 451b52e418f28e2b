import type {Migration} from '../migrations/migration.ts';
import type {FileRange} from '../migrations/plan.ts';
import type {Failure} from '../outcome.ts';
import type {AttributeValue} from '../schema/attributes.ts';
import type {ObjectIdentity} from '../schema/objects.ts';

/** A mode of pg_locks without its `Lock`, in the words of the documentation: `ACCESS EXCLUSIVE`. */
export type LockMode =
  | 'ACCESS SHARE'
  | 'ROW SHARE'
  | 'ROW EXCLUSIVE'
  | 'SHARE UPDATE EXCLUSIVE'
  | 'SHARE'
  | 'SHARE ROW EXCLUSIVE'
  | 'EXCLUSIVE'
  | 'ACCESS EXCLUSIVE';

/** Size and traffic of a table on the target, for what a lock or a scan means there. */
export interface TargetFacts {
  /** Heap, TOAST and indexes. */
  readonly bytes: number;
  /** The rows alone, without indexes and TOAST: what reading the table from end to end reads. */
  readonly heap?: number;
  /** Estimated (`reltuples`); absent where the table was never analyzed. */
  readonly rows?: number;
  /** Rows written in a second, over the time looked at; absent when that was too short. */
  readonly writesPerSecond?: number;
  /** Seconds over which the writes were counted: between two looks, or since the statistics were last reset. */
  readonly writesOver?: number;
}

export interface ObservedLock {
  /** Qualified, quoted where needed. */
  readonly relation: string;
  readonly kind: 'table' | 'index' | 'sequence' | 'view' | 'other';
  readonly mode: LockMode;
  /** The relation did not exist before the file: nobody waits for it. */
  readonly isNew: boolean;
  readonly facts?: TargetFacts;
}

export interface RowsTouched {
  readonly relation: string;
  readonly inserted: number;
  readonly updated: number;
  readonly deleted: number;
}

/** One statement as it ran. */
export interface ObservedStatement {
  readonly range: FileRange;
  /** PostgreSQL's command tag or the node's name in words: `ALTER TABLE`. */
  readonly command: string;
  readonly milliseconds: number;
  /** Those that it took first or made stronger, the strongest first. Not catalogs. */
  readonly locks: readonly ObservedLock[];
  /** Tables whose file it replaced with rows in it copied or rewritten. */
  readonly rewrites: readonly string[];
  /** Tables (and materialized views) that it read from end to end. */
  readonly scans: readonly string[];
  readonly rows: readonly RowsTouched[];
  /**
   * `block`: it ran in a transaction block. `alone`: PostgreSQL refuses it in one. `control`: BEGIN, COMMIT and their like.
   * The locks of what ran alone are gone when it ends: `locks` are then what `howLocksAreKnown` says.
   */
  readonly transaction: 'block' | 'alone' | 'control';
  readonly howLocksAreKnown: 'observed' | 'documented';
  /** Each a sentence: “ACCESS EXCLUSIVE on orders (41 GB, 320 writes/s) for the length of a full scan.” */
  readonly words: readonly string[];
}

/** What one migration does to one object. */
export interface ObjectChange {
  readonly object: ObjectIdentity;
  readonly change: 'added' | 'removed' | 'changed';
  /** The statements that would make it, before and after. */
  readonly before?: string;
  readonly after?: string;
  /** Those that changed; of an object that was added or removed all that are not at their default. */
  readonly attributes: readonly {
    readonly name: string;
    readonly before?: AttributeValue;
    readonly after?: AttributeValue;
  }[];
  /** Of a column, constraint or index that changed: all that it is afterwards. */
  readonly now?: Readonly<Record<string, AttributeValue>>;
}

export interface UndoDifference {
  /** `down`: what down left behind or took too much. `up-again`: the second up leads elsewhere than the first. */
  readonly phase: 'down' | 'up-again';
  readonly words: string;
  /** In the down file, where a statement can be blamed; else its first line. */
  readonly at?: FileRange;
  /** `low`: it hardly ever matters, such as the order of a table's columns. */
  readonly grade?: 'low';
}

/** Whether down undoes up: the catalogs before up and after down, and after up and after up, down and up again. */
export type UndoVerdict =
  | {readonly kind: 'undone'}
  | {readonly kind: 'differs'; readonly differences: readonly UndoDifference[]}
  | {
      readonly kind: 'fails';
      readonly phase: 'down' | 'up-again';
      readonly failure: Failure;
      readonly at?: FileRange;
    }
  | {readonly kind: 'no-down'}
  | {readonly kind: 'not-tried'; readonly why: string};

export interface DataLoss {
  readonly direction: 'up' | 'down';
  /** `existing`: what is there today goes. `since`: what is written after the migration goes with its rollback. */
  readonly grade: 'existing' | 'since';
  /** “Column public.orders.note with its values.” */
  readonly what: string;
  /** Key of the object that goes. */
  readonly object?: string;
  readonly at?: FileRange;
  /** Rows on the target that have something to lose, where it was asked. */
  readonly rows?: number;
}

/** Whether a constraint would hold on the target's rows of today. */
export interface DataCheck {
  /** “NOT NULL on public.orders.note” */
  readonly what: string;
  readonly at?: FileRange;
  readonly result:
    | {readonly kind: 'passes'}
    /** `example` is the key of one such row, as `id = 7`. */
    | {
        readonly kind: 'offends';
        readonly rows: number;
        /** The server stopped at the first one. */
        readonly atLeast?: true;
        readonly example?: string;
      }
    | {readonly kind: 'unknown'; readonly failure: Failure};
}

export interface StepRehearsal {
  readonly migration: Migration;
  /** The up file. */
  readonly path?: string;
  readonly verdict: 'passes' | 'fails' | 'not-run';
  readonly milliseconds: number;
  readonly failure?: {readonly failure: Failure; readonly at?: FileRange};
  readonly statements: readonly ObservedStatement[];
  readonly changes: readonly ObjectChange[];
  readonly undo: UndoVerdict;
  readonly dataLoss: readonly DataLoss[];
  /** Absent until it was asked for. */
  readonly liveData?: readonly DataCheck[];
}

/** What came of a rehearsal. */
export interface RehearsalReport {
  /** `server`: between BEGIN and ROLLBACK on the user's own server. */
  readonly where: 'embedded' | 'scratch' | 'server';
  /** `server_version` of where it ran. */
  readonly version: string;
  /** Name of the connection whose facts are in it. */
  readonly target?: string;
  readonly steps: readonly StepRehearsal[];
  /** Milliseconds of replaying the history, and how many files that were. */
  readonly replay: {readonly milliseconds: number; readonly files: number};
  readonly milliseconds: number;
  /** Sentences: roles that were made up, what is not observed here. */
  readonly notes: readonly string[];
}

/** Why there is no report: the history before the rehearsed files does not run. */
export interface ReplayStop {
  readonly migration: Migration;
  readonly failure: Failure;
  readonly at?: FileRange;
  /** What would help: `extension` and `version` can be had on a scratch database. */
  readonly cause: 'extension' | 'version' | 'language' | 'backend-lost' | 'cancelled' | 'sql';
}
