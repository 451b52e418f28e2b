import type {QualifiedName} from '../../sql/objects.ts';
import type {Span} from '../../sql/positions.ts';

/** Where the history makes something; absent for what is known from a target only. */
export interface Made extends Span {
  readonly path: string;
  /** Of the migration. */
  readonly id: string;
}

export interface Column {
  readonly name: string;
  /** As `format_type` prints it: `character varying(20)`; `integer` for a serial. Empty where it is not known. */
  readonly type: string;
  readonly notNull: boolean;
  /** As it is written. */
  readonly default?: string;
  readonly generated?: 'stored' | 'virtual';
  /** What it is generated from, as it is written. */
  readonly expression?: string;
  readonly identity?: 'always' | 'by default';
  readonly made?: Made;
  /** Where it was changed last, if it was. */
  readonly changed?: Made;
}

export interface Constraint {
  readonly name: string;
  readonly kind: 'primary key' | 'unique' | 'foreign key' | 'check' | 'exclusion' | 'not null';
  readonly columns: readonly string[];
  /** False from NOT VALID until VALIDATE. */
  readonly valid: boolean;
  /** Of a check, as it is written, without the outer parentheses. */
  readonly expression?: string;
  /** Of a foreign key. */
  readonly references?: {readonly relation: QualifiedName; readonly columns: readonly string[]};
  /** What stands behind its name where a table's constraint is added, as it is written; absent where it is not known. */
  readonly definition?: string;
  readonly made?: Made;
}

export interface Index {
  readonly schema: string;
  readonly name: string;
  /** Columns and, in parentheses, expressions, in order; without INCLUDE. */
  readonly keys: readonly string[];
  readonly include: readonly string[];
  readonly unique: boolean;
  /** `btree` unless told. */
  readonly method: string;
  /** Of a partial index, as it is written. */
  readonly where?: string;
  /** What stands behind the table's name, as it is written; absent where it is not known. */
  readonly definition?: string;
  /** The constraint that it belongs to. */
  readonly constraint?: string;
  /** A build that failed, or is not done, has left it: queries do not use it. Only a target knows. */
  readonly valid?: false;
  readonly made?: Made;
}

export interface Relation {
  readonly schema: string;
  readonly name: string;
  readonly kind: 'table' | 'partitioned table' | 'view' | 'materialized view' | 'foreign table';
  readonly temporary: boolean;
  readonly unlogged: boolean;
  readonly columns: ReadonlyMap<string, Column>;
  readonly constraints: ReadonlyMap<string, Constraint>;
  readonly indexes: ReadonlyMap<string, Index>;
  readonly triggers: readonly string[];
  readonly policies: readonly string[];
  readonly rowSecurity: boolean;
  /** Of a partition. */
  readonly partitionOf?: QualifiedName;
  readonly isDefaultPartition: boolean;
  /**
   * Of a partitioned table: its key's columns and, in parentheses, the columns of an expression. Absent where it is not
   * known.
   */
  readonly partitionBy?: {readonly strategy: 'range' | 'list' | 'hash'; readonly keys: readonly string[]};
  /** Of a partitioned table. */
  readonly partitions: readonly QualifiedName[];
  /** Of a view: what it reads. */
  readonly reads: readonly QualifiedName[];
  /** All columns are known: not those of a table that was made by running code. */
  readonly complete: boolean;
  readonly made?: Made;
  /** Where it was changed last, if it was. */
  readonly changed?: Made;
}

export type Type = {
  readonly schema: string;
  readonly name: string;
  readonly made?: Made;
} & (
  | {readonly kind: 'enum'; readonly values: readonly string[]}
  | {
      readonly kind: 'domain';
      readonly base: string;
      /** It has NOT NULL or a CHECK, or is based on a domain that has; absent where it is not known. */
      readonly constrained?: boolean;
    }
  | {readonly kind: 'composite'}
  | {readonly kind: 'range'}
);

/** What names a column of another object, and does not let it go or change its type. */
export interface ColumnUser {
  readonly kind: 'view' | 'materialized view' | 'policy' | 'trigger';
  /** Of a view with its schema; a policy or trigger is the table's own. */
  readonly name: QualifiedName;
}

/** Where a function or procedure was made. */
export interface Routine extends Made {
  /** In lower case; absent for a body without quotes, which is SQL. */
  readonly language?: string;
  /** As its definition says it; absent where it says nothing, which PostgreSQL takes for volatile. */
  readonly volatility?: Volatility;
}

export type Volatility = 'immutable' | 'stable' | 'volatile';

/** What is known of a database at one point of a history. Names without a schema are looked up along `search_path`. */
export interface SchemaModel {
  relation(name: QualifiedName): Relation | undefined;
  index(name: QualifiedName): {readonly index: Index; readonly relation: Relation} | undefined;
  type(name: QualifiedName): Type | undefined;
  /** Functions and procedures of that name, whatever their arguments; empty where none is known. */
  routines(name: QualifiedName): readonly Routine[];
  /** Views, policies and triggers that certainly name the column of a table. */
  usersOf(name: QualifiedName, column: string): readonly ColumnUser[];
  relations(): Iterable<Relation>;
  /**
   * @param name without a schema
   * @returns the relations with a foreign key to one of that name, views that read it, and others that name it
   */
  mentioning(name: string): Iterable<Relation>;
  /** @returns its relations that another model has not, or has with something that changed, in their order */
  relationsOtherThan(other: SchemaModel): Iterable<Relation>;
  /** Schemas with relations in them that are not temporary. */
  usedSchemas(): Iterable<string>;
  types(): Iterable<Type>;
  schemas(): Iterable<string>;
  /** Where a name without a schema lies, or would be made. */
  schemaOf(name: QualifiedName): string;
}
