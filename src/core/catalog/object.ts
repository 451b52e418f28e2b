/** The object kinds whose definition can be read; each is told apart by its oid within its catalog. */
export type DefinableKind =
  | 'relation'
  | 'routine'
  | 'type'
  | 'index'
  | 'constraint'
  | 'trigger'
  | 'policy'
  | 'extension'
  | 'schema';

/** `relation` is any row of pg_class but an index: table, view, materialized view, sequence, foreign table. */
export interface ObjectReference {
  readonly kind: DefinableKind;
  readonly oid: number;
}

export type FoundKind =
  | 'table'
  | 'partitioned-table'
  | 'view'
  | 'materialized-view'
  | 'foreign-table'
  | 'sequence'
  | 'function'
  | 'procedure'
  | 'aggregate'
  | 'window-function';

/** What a search by name found. */
export interface FoundObject {
  readonly kind: FoundKind;
  readonly oid: number;
  readonly schema: string;
  readonly name: string;
  /** For a function: what identifies the overload. */
  readonly identityArguments?: string;
  /** True for a partition of another table. */
  readonly partition: boolean;
}
