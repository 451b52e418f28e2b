import type {QualifiedName} from '../../sql/objects.ts';
import type {Column, Constraint, Index, Relation} from './schema.ts';

/** What the model knows of a relation beside what it tells. */
export interface Table extends Relation {
  readonly columns: ReadonlyMap<string, TableColumn>;
  readonly constraints: ReadonlyMap<string, TableConstraint>;
  readonly indexes: ReadonlyMap<string, TableIndex>;
  /** Parents, other than the one of a partition. */
  readonly inherits: readonly QualifiedName[];
  /** Children, other than partitions. */
  readonly children: readonly QualifiedName[];
  /** Of a view: the columns that it reads, as `columnKey` makes them. */
  readonly readColumns: ReadonlySet<string>;
  /** Functions of triggers and columns that they name, by trigger. */
  readonly triggerUses: ReadonlyMap<string, TriggerUses>;
  /** Columns that policies name, by policy. */
  readonly policyUses: ReadonlyMap<string, readonly string[]>;
  /** The type that a typed table is of. */
  readonly ofType?: FullName;
}

export interface TriggerUses {
  readonly routine: QualifiedName;
  readonly columns: readonly string[];
  /** For each row: partitions get one too. */
  readonly forEachRow: boolean;
  /** It came from the parent of a partition. */
  readonly inherited: boolean;
}

export interface TableColumn extends Column {
  /** Columns in the expression that it is generated from. */
  readonly uses?: readonly string[];
  /** The parent has it too. */
  readonly inherited?: boolean;
  /** It is the table's own, even if a parent has it too. */
  readonly local?: boolean;
}

export interface TableConstraint extends Constraint {
  /** The constraint of the parent that it came from. */
  readonly parent?: string;
  readonly local?: boolean;
  readonly noInherit?: boolean;
}

export interface TableIndex extends Index {
  /** Key of the index of the partitioned table that it is a part of. */
  readonly parent?: string;
  /** What a made-up name of another one like it is made of. */
  readonly words: readonly string[];
  /** Columns in its expressions and its condition. */
  readonly uses: readonly string[];
}

export const emptyTable = {
  kind: 'table',
  temporary: false,
  unlogged: false,
  columns: new Map(),
  constraints: new Map(),
  indexes: new Map(),
  triggers: [],
  policies: [],
  rowSecurity: false,
  isDefaultPartition: false,
  partitions: [],
  reads: [],
  complete: true,
  inherits: [],
  children: [],
  readColumns: new Set<string>(),
  triggerUses: new Map(),
  policyUses: new Map(),
} as const satisfies Omit<Table, 'schema' | 'name'>;

/** A name with the schema that it lies in. */
export interface FullName {
  readonly schema: string;
  readonly name: string;
}

export function keyOf({schema, name}: FullName): string {
  return `${schema}\0${name}`;
}

export function nameOfKey(key: string): FullName {
  const [schema = '', name = ''] = key.split('\0');
  return {schema, name};
}

export function columnKey(table: FullName, column: string): string {
  return `${keyOf(table)}\0${column}`;
}

export function fullName({schema, name}: FullName): FullName {
  return {schema, name};
}

export function isSame(one: QualifiedName, other: QualifiedName): boolean {
  return one.name === other.name && one.schema === other.schema;
}

/** @returns a copy of a map with one more, or another, value */
export function withValue<Value>(
  map: ReadonlyMap<string, Value>,
  key: string,
  value: Value,
): ReadonlyMap<string, Value> {
  return new Map(map).set(key, value);
}

export function without<Value>(map: ReadonlyMap<string, Value>, key: string): ReadonlyMap<string, Value> {
  const copy = new Map(map);
  copy.delete(key);
  return copy;
}
