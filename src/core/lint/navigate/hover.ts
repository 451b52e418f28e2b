import type {Span} from '../../sql/positions.ts';
import type {NavigateRequest, Place, ThingKind} from './request.ts';

/** What is under a cursor. */
export interface Hover {
  readonly kind: ThingKind;
  /** With its schema where that is not `public`; of a column `orders.note`. */
  readonly name: string;
  /** The name in the document. */
  readonly span: Span;
  /** Its definition, as SQL with a line for each column. */
  readonly definition: string;
  readonly made?: Place;
  readonly changed?: Place;
}

/** @returns undefined where nothing is that the history knows */
export async function hoverAt(request: NavigateRequest): Promise<Hover | undefined> {
  void request;
  return undefined;
}
