import type {Span} from '../../sql/positions.ts';
import {quoteWhereNeeded} from '../../sql/quote.ts';
import {candidatesFor, type Candidate} from './candidates.ts';
import {isInText} from './in-text.ts';
import type {NavigateRequest, ThingKind} from './request.ts';
import {spotOf, type Spot} from './spot.ts';
import {tokensOf} from './walk/reader.ts';
import {namesIn} from './walk/statement.ts';

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
  const spot = await spotOf(request);
  if (!spot || isInText(spot.sql, spot.cursor)) return [];
  return itemsAt(spot);
}

function itemsAt(spot: Spot): readonly CompletionItem[] {
  const {sql, cursor, before} = spot;
  const isUnder = ({start, end}: Span): boolean => start <= cursor && cursor <= end;
  const named = namesIn(tokensOf(sql, cursor)).find(({parts}) => parts.some(isUnder));
  if (!named || named.isNew) return [];
  const at = named.parts.findIndex(isUnder);
  const part = named.parts[at];
  if (!part) return [];
  const qualifiers = named.parts.slice(0, at).map(({name}) => name);
  const replaces = spot.toDocument(part);
  return candidatesFor(before, named.role, qualifiers).map(candidate => itemOf(candidate, replaces));
}

function itemOf({label, kind, detail, isWritten, order}: Candidate, replaces: Span): CompletionItem {
  return {label, kind, detail, order, replaces, insert: isWritten === true ? label : quoteWhereNeeded(label)};
}
