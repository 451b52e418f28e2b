import type {SchemaModel} from '../model/schema.ts';
import type {LintStatement} from '../statement.ts';

/** A statement, with the schema around it. */
export interface Done {
  readonly statement: LintStatement;
  readonly before: SchemaModel;
  readonly after: SchemaModel;
}

/** A statement that takes something back, without a semicolon, or what a person has to know or to do. */
export type Undo =
  | {readonly kind: 'sql'; readonly sql: string}
  | {readonly kind: 'note'; readonly words: string};

export function sql(statement: string): Undo {
  return {kind: 'sql', sql: statement};
}

export function note(words: string): Undo {
  return {kind: 'note', words};
}
