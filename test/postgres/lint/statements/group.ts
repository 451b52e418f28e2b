/** Statements of one kind, as a section of the list of locks shows them. */
export interface StatementGroup {
  readonly title: string;
  /** A sentence or two above the table. */
  readonly about?: string;
  /** With a sentence of its own where the locks alone would mislead. */
  readonly statements: readonly (string | readonly [sql: string, note: string])[];
}
