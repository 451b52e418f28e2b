import type {Files} from '../core/files.ts';
import type {
  Direction,
  FrameworkId,
  History,
  Migration,
  Position,
  Status,
} from '../core/migrations/migration.ts';
import type {Goal, Plan, RunEvent, RunReport} from '../core/migrations/plan.ts';
import type {Sighting} from '../core/migrations/sighting.ts';
import type {Outcome} from '../core/outcome.ts';
import type {MigrationScript} from '../core/rehearse/script.ts';
import type {Session, Signal} from '../core/session.ts';

/** A migration tool. Add one to the list in `frameworks.ts`, and to the contract suite. */
export interface Framework {
  readonly id: FrameworkId;
  /** The tool's own name, as its users write it. */
  readonly name: string;
  /**
   * Finds this framework's projects. Reads files and never fails: what cannot be read is no project. Executes nothing,
   * but for a configuration that is a program, and that only where it was made with leave to do so.
   */
  detect(files: Files): Promise<readonly Project[]>;
  /** The project that a folder is when the user says so, whether or not it is there or has migrations already. */
  open(folder: string, files: Files): Promise<Project>;
}

/** What a framework cannot do is false here, so that no face offers it. */
export interface Capabilities {
  readonly rollBack: boolean;
  readonly force: boolean;
  /** A sentence for the user on each of the above that is false: why the tool cannot do it, and what people do instead. */
  readonly why?: Readonly<Partial<Record<'rollBack' | 'force', string>>>;
}

/** What the tool calls its things, for faces to use instead of words of our own. */
export interface Terms {
  /** A database in which a migration failed, such as `dirty`; absent where the tool keeps no such mark. */
  readonly failed?: string;
  /** The tool's word for recording without running, such as `force` or `stamp`. */
  readonly force: string;
}

/** How the bookkeeping is found, from the settings and the connection's own parameters (`x-migrations-table`, …). */
export type ProjectOptions = Readonly<Record<string, string>>;

export interface RunOptions {
  /** Milliseconds; 0 leaves the server's own setting. */
  readonly lockTimeout: number;
  /** Milliseconds; 0 leaves the server's own setting. */
  readonly statementTimeout: number;
  /** Milliseconds to wait for the framework's own lock while another runner holds it; 15 s when absent. */
  readonly lockWait?: number;
  readonly signal?: Signal;
  readonly environment?: OpenEnvironment;
  readonly onEvent?: (event: RunEvent) => void;
  /**
   * For `force`: rows without a file go as well, and rows whose file has another text now take that over. Without it what
   * has no file stays, because another branch may have it.
   */
  readonly asFilesSay?: boolean;
}

export interface CreateRequest {
  /** What the user typed; the framework makes a file name of it. */
  readonly title: string;
  /** The text of each direction, already filled in. */
  readonly up: string;
  readonly down: string;
  readonly now: Date;
}

/** A file that is not written yet. */
export interface DraftedFile {
  /** Absolute. */
  readonly path: string;
  readonly text: string;
}

/** A migration of a history that is written as a whole. */
export interface LinkRequest extends CreateRequest {
  /** The version that it is to have; absent for a new one. */
  readonly id?: string;
  /** All of it runs outside of a transaction. */
  readonly outside: boolean;
}

/** What a tool has whose files are programs that name each other, so that neither a path nor a text says it all. */
export interface Chain {
  /** As `Project.draft`, for files that follow each other, the first one nothing, whatever is in the folder. */
  draft(requests: readonly LinkRequest[]): Promise<Outcome<readonly DraftedFile[]>>;
  /**
   * What the tool itself would send upwards for such files, none of which is written yet. Connects to nothing.
   * Failures: `unsupported` where only the tool can tell and is not there
   */
  scripts(
    files: readonly DraftedFile[],
    options: ProjectOptions,
  ): Promise<Outcome<readonly MigrationScript[]>>;
  /**
   * As `Project.script`, for many migrations at once.
   * @param all of the history, in order
   */
  read(
    all: readonly Migration[],
    asked: readonly Migration[],
    direction: Direction,
    options: ProjectOptions,
  ): Promise<Outcome<readonly MigrationScript[]>>;
}

/** One object that the failed file would have made, changed or dropped, and whether the database shows it. */
export interface Trace {
  readonly statement: string;
  /** 0-based line of the statement in the file. */
  readonly line: number;
  readonly object: string;
  readonly found: 'done' | 'not-done' | 'unknown';
}

export interface RepairChoice {
  /** The version that will be recorded as clean; absent to record none. */
  readonly id?: string;
  readonly title: string;
  readonly why: string;
  readonly recommended: boolean;
}

/** What a failed migration left behind, and the ways out. */
export interface Diagnosis {
  readonly failedId: string;
  readonly direction: 'up' | 'down' | 'unknown';
  readonly path?: string;
  /** One paragraph for the user: whether the file was rolled back, half-applied or applied. */
  readonly words: string;
  readonly traces: readonly Trace[];
  readonly choices: readonly RepairChoice[];
}

/**
 * What is known about files besides the bookkeeping, for frameworks that record no more than the current version.
 * Everything here only makes a file suspect; the database itself has the last word.
 */
export interface StatusHints {
  /**
   * For each file's absolute path, when it arrived on this branch: a rank that grows with time, infinite for a file
   * that git does not know yet.
   */
  readonly arrivals?: ReadonlyMap<string, number>;
  /** What an earlier look at the same database saw. */
  readonly sighting?: Sighting;
  /** For frameworks whose own tool has to be asked, such as one with databases other than PostgreSQL. */
  readonly environment?: OpenEnvironment;
}

/**
 * What a program needs to connect to the same target by itself: libpq's variables (`PGHOST`, `PGPASSWORD`, …) and
 * `DATABASE_URL`, with the password. Given to child processes, and never shown, logged or stored.
 */
export type OpenEnvironment = () => Promise<Outcome<Readonly<Record<string, string>>>>;

/** Opens a second session to the same target: to look on while the first one works, or after it was lost. */
export type OpenSession = () => Promise<Outcome<Session>>;

/**
 * A folder of migrations of one framework. Call order: `list` any time; `status`, then `plan`, then `run`.
 * A plan is only good for the status it was made from: `run` checks again under the lock.
 */
export interface Project {
  readonly framework: FrameworkId;
  /** Stable: the framework and the folder. */
  readonly id: string;
  /** Absolute path of the folder that holds the files. */
  readonly folder: string;
  /** Absolute paths of the folders that hold files besides it. */
  readonly moreFolders?: readonly string[];
  /** Absolute paths of files that say how it is configured, besides those that name the tool by themselves. */
  readonly configuredBy?: readonly string[];
  /** How sure the detection is. Where two frameworks see one folder, the surer one has it. */
  readonly seenBy: 'setting' | 'configuration' | 'files';
  readonly can: Capabilities;
  readonly terms: Terms;
  /** The history as the files say. Failures: `unreadable-file`. */
  list(): Promise<Outcome<History>>;
  /** Reads the bookkeeping; writes nothing, not even a missing table. */
  status(session: Session, options: ProjectOptions, hints?: StatusHints): Promise<Outcome<Status>>;
  /** @returns the version that `create` would give a new migration now, as its file's name writes it; nothing where that
   * is for the tool to say */
  nextLabel(now: Date): Promise<string | undefined>;
  /** The files that `create` would write for these, one after the other. Writes nothing. Failures: `invalid-input`. */
  draft(requests: readonly CreateRequest[]): Promise<Outcome<readonly DraftedFile[]>>;
  readonly chain?: Chain;
  /** Writes the new files; failures: `invalid-input`, `unwritable-file`. Returns the paths, the one to open first. */
  create(request: CreateRequest): Promise<Outcome<readonly string[]>>;
  /** Reads the files of the plan, connects to nothing. Failures: `nothing-to-do`, `dirty`, `duplicate-version`, `missing-file`. */
  plan(status: Status, goal: Goal, options: ProjectOptions): Promise<Outcome<Plan>>;
  /**
   * What the tool would send for one direction of a migration, without its bookkeeping. Connects to nothing.
   * Failures: `unreadable-file`, `invalid-input`, and `unsupported` for a file that only the tool itself can run
   * @param text what an editor has of the file, which is not saved yet
   */
  script(
    migration: Migration,
    direction: Direction,
    options: ProjectOptions,
    text?: string,
  ): Promise<Outcome<MigrationScript>>;
  /** The exact texts that `run` would send, in order, bookkeeping included, with a comment before each. */
  sql(plan: Plan, options: ProjectOptions): Promise<Outcome<string>>;
  /**
   * Runs the plan under the framework's own lock. The outcome is a failure only when nothing was begun
   * (`locked`, `session-not-kept`, `dirty`, the status has moved); afterwards it is a report.
   */
  run(
    session: Session,
    plan: Plan,
    options: ProjectOptions,
    run: RunOptions,
    reopen: OpenSession,
  ): Promise<Outcome<RunReport>>;
  /** Records `position` without running a file, under the lock. Absent files are not checked, as the tool does not. */
  force(
    session: Session,
    position: Position,
    options: ProjectOptions,
    run: RunOptions,
    reopen?: OpenSession,
  ): Promise<Outcome<Status>>;
  /** Looks at what a failed migration left behind; writes nothing. */
  diagnose(session: Session, status: Status, options: ProjectOptions): Promise<Outcome<Diagnosis>>;
}
