import type * as z from 'zod/mini';
import type {Failure, Outcome} from '../../core/outcome.ts';
import type {PartName, Parts} from '../../core/health/parts.ts';
import type {ServerPart} from '../../core/health/parts/server.ts';
import type {Sizes} from './sizes.ts';

/** Asks the server while parts are read. */
export interface Ask {
  readonly server: ServerPart;
  /** Lets others have their turn, where rows are many. */
  readonly pause: () => Promise<void>;
  /** What was measured of databases. */
  readonly sizes: Sizes;
  /**
   * Sends one SELECT. Each row becomes JSON on the server, so aliases are the names of the shape (`AS "transactionAt"`),
   * moments are milliseconds (`extract(epoch FROM …) * 1000`), and a column that is NULL is absent.
   * The search_path is empty: qualify every name but those of pg_catalog.
   * @returns the rows in their order
   */
  rows<T>(sql: string, params: readonly unknown[], shape: z.ZodMiniType<T>): Promise<Outcome<readonly T[]>>;
}

export interface Read<T> {
  readonly kind: 'read';
  readonly value: T;
  /** What of it this role could not see, a sentence each. */
  readonly gaps: readonly string[];
}

/** The whole part cannot be seen by this role, in this version, or without an extension. */
export interface NotThere {
  readonly kind: 'hidden';
  readonly why: string;
  /** What would show it; may hold a statement to run. */
  readonly advice?: string;
}

/** @returns whether there is nobody to ask any more, or nobody who waits for the answer */
export function isFinal({reason}: Failure): boolean {
  return reason === 'connection-lost' || reason === 'cancelled';
}

/**
 * Reads one part. A failure of the server makes the part hidden, with the server's words, and the other parts go on. A
 * failure of its last statement may be a gap instead: the next part has a transaction of its own.
 */
export interface PartReader<P extends PartName> {
  readonly part: P;
  read(ask: Ask): Promise<Outcome<Read<Parts[P]> | NotThere>>;
}
