import type {Span} from '../../sql/positions.ts';
import type {NavigateRequest} from './request.ts';
import {spotOf} from './spot.ts';
import {thingsNamed, type Thing} from './things.ts';
import {tokensOf} from './walk/reader.ts';
import {namesIn} from './walk/statement.ts';

/** @returns what is named under the cursor, with the name in the document */
export async function thingAt(
  request: NavigateRequest,
): Promise<{readonly thing: Thing; readonly span: Span} | undefined> {
  const spot = await spotOf(request);
  if (!spot) return undefined;
  const {sql, cursor, before, after} = spot;
  const isUnder = ({start, end}: Span): boolean => start <= cursor && cursor <= end;
  for (const named of namesIn(tokensOf(sql))) {
    if (!named.parts.some(isUnder)) continue;
    const models = named.isNew ? [after, before] : [before, after];
    for (const model of models) {
      const found = thingsNamed(model, named).find(({at}) => isUnder(at));
      if (found) return {thing: found.thing, span: spot.toDocument(found.at)};
    }
  }
  return undefined;
}
