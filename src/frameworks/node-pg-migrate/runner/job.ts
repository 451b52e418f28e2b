import type {Direction} from '../../../core/migrations/migration.ts';
import type {ServerError} from '../../../core/outcome.ts';

/** The tool's options that both jobs need, in its own words; see `RunnerOption` of node-pg-migrate. */
export interface ToolOptions {
  readonly dir: string;
  /** `dir` is a pattern, and `ignorePattern` as well. */
  readonly useGlob?: true;
  readonly ignorePattern?: string;
  readonly schema: readonly string[];
  readonly createSchema: boolean;
  readonly migrationsSchema?: string;
  readonly createMigrationsSchema: boolean;
  readonly migrationsTable: string;
  readonly checkOrder: boolean;
  readonly singleTransaction: boolean;
  readonly noLock: boolean;
  readonly decamelize: boolean;
  readonly tsconfigPaths?: string | true;
}

/** Runs migrations on the server that the environment names. */
export interface RunJob {
  readonly kind: 'run';
  readonly tool: ToolOptions;
  /** That the migrations are in, to know their paths in what a compiler says. */
  readonly folder: string;
  readonly direction: Direction;
  readonly count: number;
  /** The key of the tool's lock; JSON has no bigint. */
  readonly lockValue: string;
  /** Milliseconds. */
  readonly lockWait: number;
  /** Where the bookkeeping has to be, and how it is asked: one row with `mark`. */
  readonly mark: string;
  readonly rowsSql: string;
  /** Sent before the first migration. */
  readonly limitsSql: string;
}

/** Builds what migrations would send, without a server. */
export interface ScriptJob {
  readonly kind: 'script';
  readonly tool: ToolOptions;
  readonly folder: string;
  readonly direction: Direction;
  readonly names: readonly string[];
  /** A file that an editor has and has not saved. */
  readonly unsaved?: {readonly path: string; readonly text: string};
}

/** Reads what configures the tool, where that has to be executed. */
export interface ConfigJob {
  readonly kind: 'config';
  /** The section that is asked for. */
  readonly section: string;
  /** The file of `--config-file`, absolute. */
  readonly file?: string;
  /** The package `config` is asked as well. */
  readonly asksPackage: boolean;
  /** The file of `--envPath`, absolute. */
  readonly envPath?: string;
}

export type Job = RunJob | ScriptJob | ConfigJob;

/** A place in a program, both 0-based. */
export interface Site {
  readonly line: number;
  readonly column: number;
}

/** What went wrong, as far as the program itself can tell. */
export interface Trouble {
  readonly message: string;
  /** Present where the server said no. */
  readonly server?: ServerError;
  /** Without a server's error: the connection is gone. */
  readonly lost?: true;
  /** The query that the server refused, as it was sent. */
  readonly query?: string;
  /** Of the migration's own file. */
  readonly site?: Site;
  /** The file that `site` is in. */
  readonly path?: string;
}

/** What a program builds: each text is one query. */
export interface BuiltStep {
  readonly sql: string;
  readonly site?: Site;
}

/** One line of the runner's output. */
export type Line =
  | {readonly kind: 'connected'; readonly pid: number}
  | {readonly kind: 'waiting'}
  | {readonly kind: 'locked'}
  /** The bookkeeping is not where the plan was made for. */
  | {readonly kind: 'moved'}
  | {readonly kind: 'notice'; readonly message: string}
  | {readonly kind: 'started'; readonly name: string}
  | {readonly kind: 'finished'; readonly name: string}
  /** A migration without a transaction has committed all before it. `kept` of its own queries were done. */
  | {readonly kind: 'outside'; readonly name: string; readonly kept: number}
  | {readonly kind: 'cancelled'; readonly name?: string}
  | {readonly kind: 'failed'; readonly name?: string; readonly trouble: Trouble}
  | {readonly kind: 'done'}
  /** The settings of each source, the later one counting; nothing of how it connects. */
  | {readonly kind: 'settings'; readonly values: readonly (readonly [string, readonly string[]])[]}
  | {
      readonly kind: 'script';
      readonly name: string;
      readonly steps: readonly BuiltStep[];
      readonly transaction: boolean;
    }
  | {
      readonly kind: 'no-script';
      readonly name: string;
      readonly usesDatabase: boolean;
      readonly trouble: Trouble;
    };
