/** How many of each kind a schema holds; partitions and members of extensions do not count. */
export interface SchemaCounts {
  readonly tables: number;
  readonly views: number;
  readonly materializedViews: number;
  readonly foreignTables: number;
  readonly sequences: number;
  readonly functions: number;
  readonly types: number;
}

export interface Schema {
  readonly oid: number;
  readonly name: string;
  readonly owner: string;
  readonly comment?: string;
  /** Whether unqualified names are looked up here, in this session. */
  readonly inSearchPath: boolean;
  /** Whether the current role may look up objects in it (USAGE). */
  readonly usable: boolean;
  readonly counts: SchemaCounts;
}

export interface Extension {
  readonly oid: number;
  readonly name: string;
  readonly schema: string;
  readonly version: string;
  /** What `ALTER EXTENSION … UPDATE` would install; absent when its files are gone from the server. */
  readonly availableVersion?: string;
  readonly comment?: string;
}
