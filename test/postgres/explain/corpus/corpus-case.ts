import type {Major} from '../../../rig/servers.ts';

/** A statement whose plan shows something that EXPLAIN can say. */
export interface CorpusCase {
  readonly name: string;
  readonly sql: string;
  /**
   * What the plan has to show, each a node type (`Hash Join`), a field with its value (`Join Type: Semi`), a field
   * above a number (`Hash Batches > 1`, of one type only: `Gather: Actual Loops > 1`), or a field that is there
   * (`Workers`).
   */
  readonly shows: readonly string[];
  /** Of run-time parameters, for this statement only. */
  readonly settings?: Readonly<Record<string, string>>;
  /** The first and last version that plans it so. */
  readonly since?: Major;
  readonly until?: Major;
  /** SQL that runs before, in the same transaction, which is rolled back. */
  readonly before?: string;
  /** The statement's trigger keeps the plan of a query of its own in the table `captured`. */
  readonly inTrigger?: boolean;
}
