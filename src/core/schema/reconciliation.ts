/** One statement of a migration that makes one schema of another. */
export interface ReconcilingStatement {
  /** Without a semicolon at its end; names qualified. */
  readonly sql: string;
  /** `outside`: PostgreSQL refuses it in a transaction block (CONCURRENTLY and its like). */
  readonly transaction: 'inside' | 'outside';
  /** Starts a later transaction than what is before it, because it would lengthen the locks that are taken there. */
  readonly apart?: true;
  /** Of an `outside` one: the form that may stand in a transaction, and locks for longer. */
  readonly plain?: string;
  /** It drops what it is about, for good or to make it again. */
  readonly drops?: true;
  /** What undoes this one statement, where several together make one difference go. */
  readonly undo?: readonly string[];
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

export interface ReconcileOptions {
  /** False: the short forms, which lock for longer, and all stand in one transaction. Default: true. */
  readonly safe?: boolean;
  /** False: drop and create where a renamed object would do. Default: true. */
  readonly renames?: boolean;
}

/** What turns one schema into another. */
export interface Reconciliation {
  /** In the order in which they have to run. */
  readonly statements: readonly ReconcilingStatement[];
  readonly leftOut: readonly LeftOut[];
}
