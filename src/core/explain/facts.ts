import type {ObjectName} from './finding.ts';

/** What the live catalog knows of the tables in a plan. Read by `src/postgres/explain/facts.ts`; JSON-safe. */
export interface CatalogFacts {
  /** `server_version_num`. */
  readonly serverVersion: number;
  /** ms since 1970 by the server's clock, so that ages do not depend on two clocks. */
  readonly now: number;
  readonly tables: readonly TableFacts[];
  /** Foreign keys, by constraint name as triggers in a plan name them. */
  readonly foreignKeys: readonly ForeignKeyFacts[];
  /** Run-time settings as the server shows them: `work_mem`, `hash_mem_multiplier`, `jit_above_cost`, … */
  readonly settings: Readonly<Record<string, string>>;
}

export interface TableFacts extends ObjectName {
  readonly kind: 'table' | 'partitioned-table' | 'materialized-view' | 'foreign-table' | 'other';
  /** `pg_class.reltuples`; absent when it was never analysed. */
  readonly rows?: number;
  /** 8 kB blocks as of the last VACUUM or ANALYZE, and those of them that are all-visible. */
  readonly pages: number;
  readonly allVisiblePages: number;
  readonly liveRows: number;
  readonly deadRows: number;
  readonly changedSinceAnalyze: number;
  /** ms since 1970; the later one of manual and automatic. Absent when never, or not since the statistics' reset. */
  readonly lastAnalyze?: number;
  readonly lastVacuum?: number;
  readonly indexes: readonly IndexFacts[];
  readonly columns: readonly ColumnFacts[];
  /** Of a partition: the partitioned table at the top. */
  readonly partitionOf?: ObjectName;
  /** Of a partitioned table: its key's columns in order; an expression is left out. */
  readonly partitionKey?: readonly string[];
  /** `CREATE STATISTICS` objects. */
  readonly extendedStatistics?: readonly ExtendedStatisticsFacts[];
  /** Names of relations in the table's schema that begin as the table's does: an index cannot have them. */
  readonly namesTaken?: readonly string[];
}

export interface ExtendedStatisticsFacts {
  readonly name: string;
  readonly columns: readonly string[];
  /** `ndistinct`, `dependencies`, `mcv`, `expressions`. */
  readonly kinds: readonly string[];
}

export interface IndexFacts extends ObjectName {
  readonly method: string;
  readonly unique: boolean;
  /** False for what a failed CREATE INDEX CONCURRENTLY left behind. */
  readonly valid: boolean;
  /** Key columns in order; an expression is given as its SQL. */
  readonly keys: readonly {
    readonly column?: string;
    readonly expression?: string;
    readonly descending: boolean;
  }[];
  readonly include: readonly string[];
  /** SQL of the predicate of a partial index; empty when it could not be read. */
  readonly predicate?: string;
  readonly definition: string;
}

export interface ColumnFacts {
  readonly name: string;
  /** As `format_type` writes it. */
  readonly type: string;
  readonly notNull: boolean;
  /** Set with `ALTER COLUMN … SET STATISTICS`; absent where `default_statistics_target` holds. */
  readonly statisticsTarget?: number;
  /** From `pg_stats`, where the column was analysed and may be read. */
  readonly statistics?: {
    readonly nullFraction: number;
    /** Average width in bytes. */
    readonly width: number;
    /** As `pg_stats.n_distinct`: negative is a fraction of the rows. */
    readonly distinct: number;
    readonly correlation?: number;
  };
}

export interface ForeignKeyFacts {
  readonly constraint: string;
  readonly table: ObjectName;
  readonly columns: readonly string[];
  readonly references: ObjectName;
  readonly referencedColumns: readonly string[];
  /** Whether a valid index of `table` begins with the key's columns, in any order. */
  readonly indexed: boolean;
}
