import type {QualifiedName} from '../../sql/objects.ts';
import type {Span} from '../../sql/positions.ts';

/** One part of a name, folded to lower case unless it is quoted. */
export interface NamePart extends Span {
  readonly name: string;
}

/** Something whose columns can be named. */
export interface NamedSource {
  /** What it is called in the statement. */
  readonly alias?: string;
  /** A relation by its name, or what a query gives. */
  readonly of: QualifiedName | GivenColumns;
}

/** Columns of a query in parentheses or of WITH. */
export interface GivenColumns {
  readonly items: readonly GivenColumn[];
}

/** A column by its name, or all of some sources. */
export type GivenColumn =
  | {readonly name: string; readonly from?: {readonly parts: readonly string[]; readonly of: Sources}}
  | {readonly star: Sources; readonly alias?: string};

/** What columns can be named at a place. */
export interface Sources {
  readonly sources: readonly NamedSource[];
  readonly outer?: Sources;
}

/** What a name in a statement is the name of. */
export type Role =
  | {
      readonly kind: 'relation';
      /** Of a new name that is written without one. */
      readonly schema?: string;
      /** Others cannot stand there. */
      readonly only?: 'table' | 'view' | 'materialized view';
    }
  | {readonly kind: 'column'; readonly of: Sources}
  | {readonly kind: 'constraint' | 'trigger' | 'policy'; readonly table: QualifiedName}
  | {readonly kind: 'index' | 'type' | 'function' | 'sequence' | 'schema'};

/** A name with its parts, and what it names. */
export interface Named {
  readonly parts: readonly NamePart[];
  readonly role: Role;
  /** The statement makes it: nothing that is there already can stand here. */
  readonly isNew: boolean;
  /** A dot stands behind the last part. */
  readonly isOpen: boolean;
}
