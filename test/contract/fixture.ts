import type {Session} from '../../src/core/session.ts';
import type {OpenSession, Project, ProjectOptions} from '../../src/frameworks/framework.ts';

/** In what frameworks differ. */
export interface Traits {
  /**
   * What becomes of a run in which a migration fails: the tool's own mark stays at it, it alone is undone, or the whole
   * run is.
   */
  readonly failure: 'marked' | 'undone' | 'run-undone';
  /** The tool records a version as well that no file has. */
  readonly forcesAbsent: boolean;
}

/** A project with its database. Migration `n` makes something that migration `n` alone can undo. */
export interface Fixture {
  readonly traits: Traits;
  /** 0-based line of the file at which a broken migration fails. */
  readonly brokenLine: number;
  readonly project: Project;
  readonly options: ProjectOptions;
  readonly open: OpenSession;
  /**
   * Writes the files of migration `number`, whose up has the words `migration n ` and whose down has `back from
   * migration n `. `broken` fails behind something that succeeds, `garbled` is not text.
   */
  write(number: number, how: 'good' | 'broken' | 'garbled'): Promise<void>;
  remove(number: number): Promise<void>;
  /** What migrations have made so far: the numbers, in order. */
  made(session: Session): Promise<readonly number[]>;
  dispose(): Promise<void>;
}
