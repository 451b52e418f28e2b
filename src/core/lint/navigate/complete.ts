import type {Span} from '../../sql/positions.ts';
import type {NavigateRequest, ThingKind} from './request.ts';

export interface CompletionItem {
  readonly label: string;
  readonly kind: ThingKind;
  /** In one line: the type of a column, of a table how it was made. */
  readonly detail: string;
  /** Quoted where it has to be. */
  readonly insert: string;
  /** In the document; the part of a name that is there already. */
  readonly replaces: Span;
  /** Items sort by this text, then by label. */
  readonly order: string;
}

/**
 * @returns what could stand at the cursor, as the schema is at that point of the history. Empty in strings, in comments
 * and outside of SQL. Works on statements that are not finished
 */
export async function complete(request: NavigateRequest): Promise<readonly CompletionItem[]> {
  void request;
  return [];
}
