import type {Direction, Migration} from '../migrations/migration.ts';
import type {Span} from '../sql/positions.ts';

/** A part of a file that its tool sends at once. */
export interface Piece extends Span {
  /**
   * How the tool sends it: `query` as one simple query, in which several statements are one implicit transaction block;
   * `transaction` between BEGIN and COMMIT of the tool's own; `bare` statement by statement, outside of a transaction.
   */
  readonly how: 'query' | 'transaction' | 'bare';
}

/** One direction of a migration as its tool would run it. */
export interface MigrationScript {
  readonly migration: Migration;
  readonly direction: Direction;
  /** Absent where the direction has no file: nothing runs. */
  readonly path?: string;
  /** The whole file. */
  readonly sql: string;
  /** In order; spans of `sql`. */
  readonly pieces: readonly Piece[];
  /** Values from the user's environment stand in `sql`, which may be secrets: it is for running, not for writing down. */
  readonly filled?: true;
  /** The tool's own table, which a file may refer to: it is made before the first that does. */
  readonly bookkeeping?: {readonly name: string; readonly sql: string};
}
