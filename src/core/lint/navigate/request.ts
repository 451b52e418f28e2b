import type {Made} from '../model/schema.ts';
import type {HistoryModel} from '../model/history.ts';
import type {Breathing} from '../engine/breather.ts';
import type {Tool, ToolDocument} from '../tools/tool.ts';

/** A cursor in a document of a history. */
export interface NavigateRequest {
  /** As it is in the editor; it need not be in the history, nor parse. */
  readonly document: ToolDocument;
  readonly tool: Tool;
  /** Of the cursor, in UTF-16 units of the document. */
  readonly offset: number;
  /** Set to the project's files, of which this document may be one. */
  readonly history: HistoryModel;
  /**
   * The path of the file that this one takes back, where directions have a file each: the document then begins where
   * that file ends.
   */
  readonly up?: string;
  readonly breathing?: Breathing;
}

export type ThingKind =
  | 'table'
  | 'view'
  | 'materialized view'
  | 'column'
  | 'constraint'
  | 'index'
  | 'type'
  | 'enum value'
  | 'function'
  | 'trigger'
  | 'policy'
  | 'sequence'
  | 'schema'
  | 'keyword';

/** A place in a file of the history. Offsets are UTF-16 units of the file's text. */
export type Place = Made;
