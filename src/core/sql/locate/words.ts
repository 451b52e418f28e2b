import {afterBlank} from '../blank.ts';
import type {Span} from '../positions.ts';
import {tokenAt} from '../tokens.ts';

/** A token, with the name or text that it stands for. */
export interface NamedToken extends Span {
  /** Of an identifier as the catalog has it, of a string what is in it; other tokens as written. */
  readonly name: string;
  readonly kind: 'identifier' | 'quoted' | 'string' | 'other';
}

/** @returns the tokens in that part of the text, comments left out */
export function tokensOf(sql: string, {start, end}: Span): readonly NamedToken[] {
  const tokens: NamedToken[] = [];
  for (let at = afterBlank(sql, start); at < end;) {
    const token = tokenAt(sql, at);
    const stop = Math.max(token.end, at + 1);
    tokens.push({start: at, end: stop, ...meaningOf(sql.slice(at, stop))});
    at = afterBlank(sql, stop);
  }
  return tokens;
}

function meaningOf(text: string): Pick<NamedToken, 'name' | 'kind'> {
  if (/^(?:[uU]&)?"/.test(text))
    return {
      kind: 'quoted',
      name: text
        .replace(/^(?:[uU]&)?"/, '')
        .replace(/"$/, '')
        .replaceAll('""', '"'),
    };
  if (/^(?:[eEnN]|[uU]&)?'/.test(text))
    return {
      kind: 'string',
      name: text
        .replace(/^(?:[eEnN]|[uU]&)?'/, '')
        .replace(/'$/, '')
        .replaceAll("''", "'"),
    };
  return /^[A-Za-z_\u0080-\uffff]/.test(text)
    ? {kind: 'identifier', name: text.toLowerCase()}
    : {kind: 'other', name: text};
}

/**
 * @param name as a server writes it: `orders`, or with its schema `app.orders`
 * @returns every place where the tokens say that name, in order
 */
export function occurrencesOf(tokens: readonly NamedToken[], name: string): readonly Span[] {
  return tokens.flatMap((token, index) => {
    if (token.kind === 'other') return [];
    if (token.name === name) return [token];
    const last = endOfQualified(tokens, index, name);
    return last ? [{start: token.start, end: last.end}] : [];
  });
}

/** @returns the last token of a name with dots that begins at `index`, where it is that name */
function endOfQualified(tokens: readonly NamedToken[], index: number, name: string): NamedToken | undefined {
  let said = tokens[index]?.name ?? '';
  for (let at = index; said.length < name.length && tokens[at + 1]?.name === '.'; at += 2) {
    said += `.${tokens[at + 2]?.name ?? ''}`;
    if (said === name) return tokens[at + 2];
  }
  return undefined;
}
