/** A report before it has a form: Markdown and HTML are made of the same blocks. */
export type Block =
  | {readonly kind: 'heading'; readonly level: 1 | 2 | 3; readonly text: string}
  | {readonly kind: 'paragraph'; readonly text: string}
  | {readonly kind: 'list'; readonly items: readonly string[]}
  | {readonly kind: 'code'; readonly sql: string}
  | Table;

export interface Table {
  readonly kind: 'table';
  /** Numbers stand at the end of their cell. */
  readonly columns: readonly {readonly label: string; readonly align: 'start' | 'end'}[];
  readonly rows: readonly (readonly string[])[];
}
