import type {Outcome} from '../outcome.ts';
import type {MigrationScript} from '../rehearse/script.ts';
import type {SchemaSnapshot} from '../schema/objects.ts';
import type {DatabaseRows} from './rows.ts';
import type {Tried} from './tried.ts';

/** Scripts to run one after the other in an empty PostgreSQL. */
export interface Trial {
  /** Histories of different names share no kept states. */
  readonly project: string;
  /** The ups, in order. */
  readonly scripts: readonly MigrationScript[];
  /** Roles that are to be there before the first. */
  readonly roles?: readonly string[];
}

/** What a history leads to. */
export interface StateAfter {
  readonly snapshot: SchemaSnapshot;
  readonly rows: DatabaseRows;
}

/** Where histories are tried. A file that fails is no failure but a stop; failures are those of the server. */
export interface Bench {
  /** @returns the schema that scripts led to; of no scripts that of an empty database */
  schemaAfter(trial: Trial): Promise<Outcome<Tried<SchemaSnapshot>>>;
  /** @returns the schema and the rows. Failures: also `unsupported` for a table with more rows than migrations write */
  stateAfter(trial: Trial): Promise<Outcome<Tried<StateAfter>>>;
  /**
   * Compares the schemas that two histories lead to by meaning and the rows by value.
   * @returns a sentence for each difference. Failures: as of `stateAfter`
   */
  equalAfter(sides: {
    readonly expected: Trial;
    readonly made: Trial;
  }): Promise<Outcome<Tried<readonly string[]>>>;
}
