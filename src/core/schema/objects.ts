import type {AttributesOf} from './attributes.ts';

/**
 * A schema as a value: what the catalogs hold, with every attribute that PostgreSQL lets somebody change.
 *
 * An attribute at PostgreSQL's own default is absent, so that equal objects are equal values, whatever the version of
 * the server they were read from. Objects that belong to an extension are not in it: the extension stands for them.
 * Names inside texts (types, definitions, expressions) are qualified, because they are read with an empty search_path;
 * names of their own, such as `partitionOf`, are written `schema.name`, each part quoted where needed.
 */

export type SchemaKind = keyof AttributesOf;

/** Relations, and what is part of them. */
export type RelationalKind = Extract<
  SchemaKind,
  | 'table'
  | 'column'
  | 'constraint'
  | 'index'
  | 'sequence'
  | 'view'
  | 'materialized view'
  | 'trigger'
  | 'rule'
  | 'policy'
>;

/** What tells an object from all others, in both schemas of a comparison. */
export interface ObjectIdentity<K extends SchemaKind = SchemaKind> {
  readonly kind: K;
  /** Unique, for people as well: the kind and the quoted names, `column public.orders.note`. Made by `keyOf`. */
  readonly key: string;
  /** Absent for what lies in no schema; of a part, that of its parent. */
  readonly schema?: string;
  /** As the catalog has it, without quotes. */
  readonly name: string;
  /** Of a function: the types of its arguments, `(integer, text)`. */
  readonly signature?: string;
  /** Key of the table, view, domain or server that it is part of. */
  readonly parent?: string;
}

export type ObjectOf<K extends SchemaKind> = ObjectIdentity<K> & {readonly attributes: AttributesOf[K]};

/** A union over the kinds: `switch (object.kind)` narrows its attributes. */
export type SchemaObject = {readonly [K in SchemaKind]: ObjectOf<K>}[SchemaKind];

/** Something that could not be read or is not modelled, in words for the user. */
export interface Gap {
  readonly kind?: SchemaKind;
  /** Such as “Subscriptions were not read: permission denied for table pg_subscription.” */
  readonly words: string;
}

/** What was read from one database at one moment. */
export interface SchemaSnapshot {
  /** `server_version_num`, such as 160014. */
  readonly versionNumber: number;
  readonly database: string;
  /** Who read it. */
  readonly user: string;
  /** By key, in the order of the catalogs. */
  readonly objects: ReadonlyMap<string, SchemaObject>;
  /** By key: the keys of the objects that it needs, as `pg_depend` says. */
  readonly needs: ReadonlyMap<string, readonly string[]>;
  readonly gaps: readonly Gap[];
}
