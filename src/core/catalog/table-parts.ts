import type {Size} from './relation.ts';

/** What a row gets when nothing is given for the column. */
export type ColumnFill =
  | {readonly kind: 'nothing'}
  | {readonly kind: 'default'; readonly expression: string}
  | {readonly kind: 'identity'; readonly always: boolean}
  /** `virtual` from PostgreSQL 18. */
  | {readonly kind: 'generated'; readonly expression: string; readonly storage: 'stored' | 'virtual'};

export interface Column {
  readonly position: number;
  readonly name: string;
  /** With modifiers, as `numeric(10,2)`. */
  readonly type: string;
  readonly nullable: boolean;
  readonly fill: ColumnFill;
  readonly inPrimaryKey: boolean;
  /** Only when it is not the type's own. */
  readonly collation?: string;
  readonly comment?: string;
}

/** What asks for an index beside its use in queries; such an index is not dropped by itself. */
export type IndexPurpose =
  | {readonly kind: 'plain'}
  | {readonly kind: 'unique'}
  | {
      readonly kind: 'constraint';
      readonly type: 'primary-key' | 'unique' | 'exclusion';
      readonly constraint: string;
    };

/** `building` or left behind by a failed CREATE INDEX CONCURRENTLY: the catalog does not tell the two apart. */
export type IndexState = 'valid' | 'not-valid' | 'not-ready';

export interface IndexUse {
  readonly scans: number;
  /** Entries that scans returned, and live rows that plain index scans fetched. */
  readonly entriesRead: number;
  readonly rowsFetched: number;
  /** From PostgreSQL 16, once it was used. */
  readonly lastScan?: Date;
  /** When counting started: 0 scans since an hour ago is no evidence. Absent when the counters were never reset. */
  readonly since?: Date;
}

export interface TableIndex {
  readonly oid: number;
  readonly name: string;
  readonly definition: string;
  readonly method: string;
  readonly purpose: IndexPurpose;
  readonly state: IndexState;
  readonly partial: boolean;
  readonly replicaIdentity: boolean;
  /** Those of its table that it supports: their columns are its first ones, in any order. */
  readonly foreignKeys: readonly string[];
  readonly size: Size;
  /** Absent for the index of a partitioned table: its partitions' indexes are what is scanned. */
  readonly use?: IndexUse;
  readonly comment?: string;
}

export type ConstraintKind = 'primary-key' | 'unique' | 'foreign-key' | 'check' | 'exclusion' | 'not-null';

export interface Constraint {
  readonly kind: ConstraintKind;
  readonly oid: number;
  readonly name: string;
  readonly definition: string;
  readonly validated: boolean;
  /** Always true before PostgreSQL 18. */
  readonly enforced: boolean;
  readonly timing: 'immediate' | 'deferrable' | 'initially-deferred';
  /** For a foreign key: the table it points to. */
  readonly references?: {readonly oid: number; readonly schema: string; readonly name: string};
  readonly comment?: string;
}

export interface Trigger {
  readonly oid: number;
  readonly name: string;
  readonly definition: string;
  /** `origin` is the usual state: fires but while replaying replicated changes. */
  readonly fires: 'origin' | 'disabled' | 'replica' | 'always';
  readonly comment?: string;
}

export interface Policy {
  readonly oid: number;
  readonly name: string;
  readonly command: 'all' | 'select' | 'insert' | 'update' | 'delete';
  readonly permissive: boolean;
  /** `public` stands for everybody. */
  readonly roles: readonly string[];
  readonly using?: string;
  readonly withCheck?: string;
  readonly comment?: string;
}
