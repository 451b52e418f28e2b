/** Two schemas that differ, each as the statements that make it. */
export interface Pair {
  /** What differs, in words; unique. */
  readonly about: string;
  /** Statements that both begin with. */
  readonly setup?: string;
  readonly a: string;
  readonly b: string;
  /** First major version of PostgreSQL that has it. */
  readonly since?: number;
  /** No statement of PostgreSQL makes one of the other with the data kept, so the written migration says what it leaves. */
  readonly noWay?: true;
  /** The embedded PostgreSQL cannot do it. */
  readonly realOnly?: true;
}
