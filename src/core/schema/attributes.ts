/** JSON, so that a snapshot can be sent and kept. */
export type AttributeValue =
  | string
  | number
  | boolean
  | readonly string[]
  | Readonly<Record<string, string>>
  | Readonly<Record<string, readonly string[]>>;

/**
 * Everything that is granted on an object, to its owner as well, where it is not what PostgreSQL gives such an object
 * at first (`acldefault`, `pg_init_privs`); absent when it is. The grantee `PUBLIC` is everybody; a role of that name
 * is in double quotes. Privileges are sorted words of GRANT, with `*` where the grantee may pass them on. Who granted is
 * not compared. Owners have MAINTAIN from 17 on, and `public` is everybody's to create in before 15.
 */
export type Privileges = Readonly<Record<string, readonly string[]>>;

/** Names of options and their values as text, such as `{fillfactor: '70'}`. */
export type Options = Readonly<Record<string, string>>;

type Common = {
  readonly owner?: string;
  readonly comment?: string;
  readonly privileges?: Privileges;
  /** By provider. */
  readonly securityLabels?: Options;
  /** Extensions with `DEPENDS ON EXTENSION`. */
  readonly dependsOnExtensions?: readonly string[];
};

type Stored = {
  /** Other than heap. */
  readonly accessMethod?: string;
  /** Other than the database's own. */
  readonly tablespace?: string;
  readonly options?: Options;
  readonly toastOptions?: Options;
  /** Name of the index in `CLUSTER ON`. */
  readonly clusterOn?: string;
};

/** Attributes by kind. Source: https://www.postgresql.org/docs/18/catalogs.html */
export type AttributesOf = {
  readonly schema: Common;
  readonly extension: Common & {readonly version: string; readonly schema: string};
  /** An ordinary, partitioned, typed or foreign table. */
  readonly table: Common &
    Stored & {
      readonly persistence?: 'unlogged';
      readonly rowSecurity?: true;
      readonly forceRowSecurity?: true;
      /** `nothing`, `full`, or the name of an index after `index `. */
      readonly replicaIdentity?: string;
      /** Parents by INHERITS, in order. A partition's parent is `partitionOf`. */
      readonly inherits?: readonly string[];
      readonly ofType?: string;
      /** `RANGE (at)`, as `pg_get_partkeydef` writes it. */
      readonly partitionKey?: string;
      readonly partitionOf?: string;
      /** `FOR VALUES …` or `DEFAULT`. */
      readonly partitionBound?: string;
      /** Of a foreign table. */
      readonly server?: string;
      readonly foreignOptions?: Options;
    };
  /** Of a table, foreign table, view or materialized view; of the last two without `notNull`. */
  readonly column: Pick<Common, 'comment' | 'privileges' | 'securityLabels'> & {
    /** As `format_type` writes it, with its modifiers. */
    readonly type: string;
    /** Other than the type's own. */
    readonly collation?: string;
    readonly notNull?: true;
    /** An expression. Not set for a generated or identity column. */
    readonly default?: string;
    readonly identity?: 'always' | 'by default';
    /** Options of the identity's sequence that are not the default: start, increment, minvalue, maxvalue, cache, cycle. */
    readonly identityOptions?: Options;
    readonly generated?: string;
    readonly generatedKind?: 'stored' | 'virtual';
    /** Other than the type's own. */
    readonly storage?: string;
    readonly compression?: string;
    readonly statistics?: number;
    /** `n_distinct` and `n_distinct_inherited`. */
    readonly options?: Options;
    readonly foreignOptions?: Options;
    /** 1-based among the columns that are not dropped. Compared as an order, never as a number. */
    readonly position: number;
    /** The table has it only from a parent. */
    readonly inherited?: true;
  };
  /**
   * Of a table, foreign table or domain. Those that a partition or child has only from its parent are left out. NOT NULL
   * of a column is the column's attribute; a `not null` constraint stands here only where there is more to say than a
   * generated name: an own name, NO INHERIT, NOT VALID.
   */
  readonly constraint: Pick<Common, 'comment'> & {
    readonly type: 'primary key' | 'unique' | 'foreign key' | 'check' | 'exclusion' | 'not null';
    /** As `pg_get_constraintdef` writes it. */
    readonly definition: string;
    /** Key columns in order; of a foreign key the referencing ones. Absent for expressions. */
    readonly columns?: readonly string[];
    readonly include?: readonly string[];
    readonly nullsNotDistinct?: true;
    readonly withoutOverlaps?: true;
    readonly references?: string;
    readonly referencedColumns?: readonly string[];
    /** Absent for NO ACTION. */
    readonly onUpdate?: string;
    readonly onDelete?: string;
    /** Columns of `SET NULL (…)` or `SET DEFAULT (…)`. */
    readonly onDeleteColumns?: readonly string[];
    readonly match?: 'full';
    readonly expression?: string;
    readonly deferrable?: true;
    readonly initiallyDeferred?: true;
    readonly notValid?: true;
    readonly notEnforced?: true;
    readonly noInherit?: true;
  };
  /** Also the one behind a constraint, which `constraint` then names. Its key has its schema; its table is `parent`. */
  readonly index: Pick<Common, 'comment' | 'dependsOnExtensions'> & {
    /** As `pg_get_indexdef` writes it. Absent for the index of a constraint. */
    readonly definition?: string;
    readonly unique?: true;
    readonly nullsNotDistinct?: true;
    readonly method: string;
    /** Each key with its collation, operator class with parameters, and order where they are not the default. */
    readonly keys: readonly string[];
    readonly include?: readonly string[];
    readonly predicate?: string;
    readonly options?: Options;
    readonly tablespace?: string;
    readonly invalid?: true;
    /** By the number of the key. */
    readonly statistics?: Options;
    /** Qualified name of the partitioned parent's index. */
    readonly attachedTo?: string;
    readonly constraint?: string;
  };
  /** Not that of an identity column. */
  readonly sequence: Common & {
    readonly type: string;
    readonly persistence?: 'unlogged';
    readonly start: string;
    readonly increment: string;
    readonly minimum: string;
    readonly maximum: string;
    readonly cache: string;
    readonly cycle?: true;
    /** `schema.table.column` */
    readonly ownedBy?: string;
  };
  readonly view: Common & {readonly definition: string; readonly options?: Options};
  readonly 'materialized view': Common & Stored & {readonly definition: string; readonly notPopulated?: true};
  /** Function, procedure, aggregate or window function. */
  readonly function: Common & {
    readonly routine: 'function' | 'procedure' | 'aggregate' | 'window';
    /** The statement that makes it, without a semicolon at its end. */
    readonly definition: string;
    /** With names, modes and defaults. */
    readonly arguments: string;
    readonly result?: string;
    readonly language: string;
    readonly body?: string;
    readonly volatility?: 'immutable' | 'stable';
    readonly parallel?: 'safe' | 'restricted';
    readonly strict?: true;
    readonly leakproof?: true;
    readonly securityDefiner?: true;
    readonly cost?: number;
    readonly rows?: number;
    readonly settings?: Options;
    readonly support?: string;
  };
  /** Without those that a partition has from its parent. */
  readonly trigger: Pick<Common, 'comment' | 'dependsOnExtensions'> & {
    readonly definition: string;
    readonly function: string;
    readonly enabled?: 'disabled' | 'replica' | 'always';
  };
  readonly 'event trigger': Pick<Common, 'owner' | 'comment'> & {
    readonly event: string;
    readonly tags?: readonly string[];
    readonly function: string;
    readonly enabled?: 'disabled' | 'replica' | 'always';
  };
  readonly rule: Pick<Common, 'comment'> & {
    readonly definition: string;
    readonly enabled?: 'disabled' | 'replica' | 'always';
  };
  readonly policy: Pick<Common, 'comment'> & {
    /** ALL, SELECT, INSERT, UPDATE or DELETE. */
    readonly command: string;
    readonly restrictive?: true;
    readonly roles: readonly string[];
    readonly using?: string;
    readonly check?: string;
  };
  /** Not a domain, and not the row type or array type of something else. */
  readonly type: Common & {
    readonly form: 'enum' | 'composite' | 'range' | 'base' | 'shell';
    /** Of an enum, in order. */
    readonly labels?: readonly string[];
    /** Of a composite type: `name type` or `name type COLLATE c`, in order, the name quoted where needed. */
    readonly columns?: readonly string[];
    /** Of a range or base type: the statement that makes it. */
    readonly definition?: string;
  };
  /** Its CHECK constraints are `constraint` objects. */
  readonly domain: Common & {
    readonly type: string;
    readonly collation?: string;
    readonly notNull?: true;
    readonly default?: string;
  };
  readonly statistics: Pick<Common, 'owner' | 'comment'> & {
    readonly definition: string;
    readonly target?: number;
  };
  readonly publication: Pick<Common, 'owner' | 'comment'> & {
    readonly allTables?: true;
    /** `schema.table (a, b) WHERE (…)`, sorted. */
    readonly tables?: readonly string[];
    readonly schemas?: readonly string[];
    /** insert, update, delete, truncate; absent when all. */
    readonly publish?: readonly string[];
    readonly viaRoot?: true;
    readonly generatedColumns?: string;
  };
  /** Without its connection string, which may hold a password. */
  readonly subscription: Pick<Common, 'owner' | 'comment'> & {
    readonly publications: readonly string[];
    readonly disabled?: true;
    readonly slotName?: string;
    readonly options?: Options;
  };
  readonly 'foreign data wrapper': Common & {
    readonly handler?: string;
    readonly validator?: string;
    readonly options?: Options;
  };
  readonly server: Common & {
    readonly wrapper: string;
    readonly type?: string;
    readonly version?: string;
    readonly options?: Options;
  };
  /** Of a server; the name is the role's, or PUBLIC. An option that may be a secret has the value `(not read)`. */
  readonly 'user mapping': {readonly options?: Options};
  readonly language: Common & {readonly definition: string; readonly trusted?: true};
  /** All that are told by the statement that makes them. */
  readonly collation: Common & {readonly definition: string};
  readonly cast: Pick<Common, 'comment'> & {readonly definition: string};
  readonly operator: Pick<Common, 'owner' | 'comment'> & {readonly definition: string};
  readonly 'operator class': Pick<Common, 'owner' | 'comment'> & {readonly definition: string};
  readonly 'operator family': Pick<Common, 'owner' | 'comment'> & {
    /** Members that belong to no class, as ALTER OPERATOR FAMILY … ADD takes them, sorted. */
    readonly members?: readonly string[];
  };
  readonly conversion: Pick<Common, 'owner' | 'comment'> & {readonly definition: string};
  readonly transform: {readonly definition: string};
  readonly 'access method': Pick<Common, 'comment'> & {readonly definition: string};
  readonly 'text search configuration': Pick<Common, 'owner' | 'comment'> & {
    readonly parser: string;
    /** Dictionaries by token type. */
    readonly mappings?: Readonly<Record<string, readonly string[]>>;
  };
  readonly 'text search dictionary': Pick<Common, 'owner' | 'comment'> & {
    readonly template: string;
    readonly options?: string;
  };
  readonly 'text search parser': Pick<Common, 'comment'> & {readonly definition: string};
  readonly 'text search template': Pick<Common, 'comment'> & {readonly definition: string};
  /**
   * The name is `for role` (and `in schema`) and the kind of object. Here the privileges are all that are granted, or
   * with a schema those that are added.
   */
  readonly 'default privileges': {
    readonly role: string;
    readonly inSchema?: string;
    readonly on: 'tables' | 'sequences' | 'functions' | 'types' | 'schemas' | 'large objects';
    readonly privileges: Privileges;
  };
  /** The one that was read; its name is `current`, so that two databases can be compared. */
  readonly database: Common & {readonly settings?: Options};
  /** Only one that the snapshot refers to. */
  readonly role: {
    /** Roles it is a member of, with ` with admin option` where it is. */
    readonly memberOf?: readonly string[];
    /** Other than LOGIN or NOLOGIN: superuser, createdb, createrole, replication, bypassrls, noinherit. */
    readonly capabilities?: readonly string[];
    /** Set for this role in this database. */
    readonly settings?: Options;
  };
};
