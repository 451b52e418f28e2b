/** A value as text; `cut` when the server sent only its beginning. */
export type Cell = null | {readonly text: string; readonly cut: boolean};

/** The first rows of a relation, in whatever order the server returns them. */
export interface FirstRows {
  readonly columns: readonly {readonly name: string; readonly type: string}[];
  readonly rows: readonly (readonly Cell[])[];
  /** Whether there are more rows than were asked for. */
  readonly more: boolean;
  /** Columns that the role may not read; they are left out. */
  readonly hidden: readonly string[];
}
