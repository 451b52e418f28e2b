import {afterBlank} from '../../sql/blank.ts';
import type {Span} from '../../sql/positions.ts';
import {tokenAt} from '../../sql/tokens.ts';
import type {Word} from '../statement.ts';

/** Most tokens: a plain name or keyword, a whole number, a mark of one character; none that can begin otherwise. */
const common = /[A-Za-z_][\w$]*(?![\w$'"&\u0080-\uffff])|\d+(?![\w.])|[(),;[\]]/y;

/** @returns the tokens of a text, comments left out; keywords and plain names in upper case */
export function wordsIn(text: string): readonly Word[] {
  const words: Word[] = [];
  for (let at = afterBlank(text, 0); at < text.length;) {
    const end = endOfToken(text, at);
    const written = text.slice(at, end);
    words.push({start: at, end, text: isPlain(written) ? written.toUpperCase() : written});
    at = isBlankOrComment(text.charCodeAt(end)) ? afterBlank(text, end) : end;
  }
  return words;
}

function endOfToken(text: string, at: number): number {
  common.lastIndex = at;
  if (common.test(text)) return common.lastIndex;
  return Math.max(tokenAt(text, at).end, at + 1);
}

/** Up to the blank, a hyphen or a slash; at the text's end there is nothing to step over. */
function isBlankOrComment(code: number): boolean {
  return code <= 0x20 || code === 0x2d || code === 0x2f;
}

/** A letter first and no quote: not `E'…'` and not `U&"…"`. */
function isPlain(token: string): boolean {
  return /^[A-Za-z_\u0080-\uffff]/.test(token) && !token.includes("'") && !token.includes('"');
}

/** Where each text stands among the words. */
export type Places = ReadonlyMap<string, readonly number[]>;

export function placesOf(words: readonly Word[]): Places {
  const places = new Map<string, number[]>();
  for (const [index, {text}] of words.entries()) {
    const known = places.get(text);
    if (known) known.push(index);
    else places.set(text, [index]);
  }
  return places;
}

/** @returns the first place of the phrase in that part of the text; a part of a name with dots is no keyword */
export function findPhrase(
  words: readonly Word[],
  places: Places,
  phrase: string,
  within: Span,
): Span | undefined {
  const wanted = phrase.toUpperCase().split(' ');
  for (const index of places.get(wanted[0] ?? '') ?? []) {
    const [first, last] = [words[index], words[index + wanted.length - 1]];
    if (!first || !last || first.start < within.start) continue;
    if (last.end > within.end) return undefined;
    const isMeant = wanted.every((text, step) => words[index + step]?.text === text);
    if (isMeant && !isDotted(words, index, wanted.length)) return {start: first.start, end: last.end};
  }
  return undefined;
}

function isDotted(words: readonly Word[], index: number, count: number): boolean {
  return words[index - 1]?.text === '.' || words[index + count]?.text === '.';
}
