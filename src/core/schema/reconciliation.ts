/** One statement of a migration that makes one schema of another. */
export interface ReconcilingStatement {
  /** Without a semicolon at its end; names qualified. */
  readonly sql: string;
  /** `outside`: PostgreSQL refuses it in a transaction block (CONCURRENTLY and its like). */
  readonly transaction: 'inside' | 'outside';
  /** What is lost with it, in a sentence; absent when nothing is. */
  readonly loses?: string;
  /** A sentence that belongs above it as a comment: a caution, or why it is done so. */
  readonly note?: string;
  /** Keys of the objects whose differences it removes. */
  readonly about: readonly string[];
}

export interface LeftOut {
  /** Key of the object. */
  readonly key: string;
  /** Why there is no statement for it, in a sentence. */
  readonly why: string;
}

/** What turns one schema into another. */
export interface Reconciliation {
  /** In the order in which they have to run. */
  readonly statements: readonly ReconcilingStatement[];
  readonly leftOut: readonly LeftOut[];
}
