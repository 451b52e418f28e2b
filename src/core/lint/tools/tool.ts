import type {Direction} from '../../migrations/migration.ts';
import type {Edit} from '../finding.ts';
import type {Passage} from '../file.ts';

export type ToolId =
  | 'golang-migrate'
  | 'node-pg-migrate'
  | 'alembic'
  | 'dbmate'
  | 'goose'
  | 'flyway'
  | 'prisma'
  /** Any other file of SQL: statements as `psql` would send them. */
  | 'sql';

export interface ToolDocument {
  /** Absolute. */
  readonly path: string;
  readonly text: string;
}

/** How a migration tool reads a file, as far as findings and their fixes need it. */
export interface Tool {
  readonly id: ToolId;
  /** As its users write it. */
  readonly name: string;
  /** Whether the file's name and text say that it is one of this tool's; for files that no project owns. */
  recognises(document: ToolDocument): boolean;
  /** The SQL of a document, in order. Reads only this text; never fails. */
  passages(document: ToolDocument): readonly Passage[];
  /**
   * How a statement is taken out of the tool's transaction. `alone`: it has to be the only one of its file. `marker`:
   * an edit says so for the whole part of the file. `wrap`: text around the statement says so.
   */
  readonly outside:
    | {readonly how: 'alone'}
    | {readonly how: 'marker'; edits(document: ToolDocument, direction: Direction): readonly Edit[]}
    | {readonly how: 'wrap'; wrap(sql: string, indent: string): string};
  /** Each statement of a file is a message of its own, so that a file without a transaction can have several. */
  readonly isCut?: true;
  /** Where the other direction is: in a file of its own, in a part of the same, or nowhere. */
  readonly undo: 'file' | 'part' | 'none';
}
