/**
 * The number of rows as the planner believes it.
 * `pg_class.reltuples` is -1 until the first VACUUM or ANALYZE; a partitioned table counts its leaves, and is
 * unknown when none of them was analysed.
 */
export type RowEstimate = {readonly kind: 'unknown'} | {readonly kind: 'estimated'; readonly rows: number};

/**
 * Bytes with indexes and TOAST. `measured` asked the file system; `estimated` is `relpages` × block size as of the
 * last VACUUM or ANALYZE, used when another session holds a lock that measuring would have to wait for.
 */
export type Size =
  | {readonly kind: 'measured'; readonly bytes: number}
  | {readonly kind: 'estimated'; readonly bytes: number};

export type Persistence = 'permanent' | 'unlogged' | 'temporary';

/** `forced` also binds the table's owner. */
export type RowSecurity = 'off' | 'on' | 'forced';

export type RelationKind = 'table' | 'partitioned-table' | 'view' | 'materialized-view' | 'foreign-table';

export interface Named {
  readonly oid: number;
  readonly schema: string;
  readonly name: string;
  readonly owner: string;
  readonly comment?: string;
}

interface Stored extends Named {
  readonly rows: RowEstimate;
  readonly size: Size;
}

interface TableFacts extends Stored {
  readonly persistence: Persistence;
  readonly rowSecurity: RowSecurity;
  readonly hasPrimaryKey: boolean;
  /** Present on a partition, unless another session locks it now: `FOR VALUES FROM … TO …` or `DEFAULT`. */
  readonly bound?: string;
}

export interface Table extends TableFacts {
  readonly kind: 'table';
  /** True for a child of classic inheritance. */
  readonly inherits: boolean;
}

export interface PartitionedTable extends TableFacts {
  readonly kind: 'partitioned-table';
  readonly strategy: 'range' | 'list' | 'hash';
  /** Direct partitions. */
  readonly partitions: number;
}

export interface View extends Named {
  readonly kind: 'view';
}

export interface MaterializedView extends Stored {
  readonly kind: 'materialized-view';
  /** False after `WITH NO DATA`: it cannot be queried before a refresh. */
  readonly populated: boolean;
}

export interface ForeignTable extends Named {
  readonly kind: 'foreign-table';
  readonly rows: RowEstimate;
  readonly server: string;
  readonly bound?: string;
}

export type Relation = Table | PartitionedTable | View | MaterializedView | ForeignTable;
