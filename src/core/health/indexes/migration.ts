export interface IndexMigration {
  readonly title: string;
  /** Ends with a semicolon. */
  readonly up: string;
  readonly down: string;
}

/** @param statements without semicolons */
export function lines(statements: readonly string[]): string {
  return statements.map(statement => `${statement};`).join('\n');
}
