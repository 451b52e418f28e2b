import type {Span} from '../../sql/positions.ts';
import {describe} from './describe.ts';
import type {NavigateRequest, Place, ThingKind} from './request.ts';
import {thingAt} from './under-cursor.ts';

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
  const found = await thingAt(request);
  if (!found) return undefined;
  const {thing, span} = found;
  const changed = thing.column ? thing.column.changed : thing.relation?.changed;
  const isOwn = thing.kind === 'column' || thing.relation?.made === thing.made;
  return {
    kind: thing.kind,
    name: thing.name,
    span,
    definition: describe(thing),
    ...(thing.made ? {made: thing.made} : {}),
    ...(changed && isOwn ? {changed} : {}),
  };
}
