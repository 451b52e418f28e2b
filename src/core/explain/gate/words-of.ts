import {afterBlank} from '../../sql/blank.ts';
import type {Span} from '../../sql/positions.ts';
import {tokenAt} from '../../sql/tokens.ts';

/** A token of a statement, with how many parentheses and brackets are open around it. */
export interface Word extends Span {
  /** As written, in lower case. */
  readonly text: string;
  readonly depth: number;
}

/** @returns the tokens in that part of `sql`, comments left out */
export function wordsOf(sql: string, {start, end}: Span): readonly Word[] {
  const words: Word[] = [];
  let depth = 0;
  for (let at = afterBlank(sql, start); at < end;) {
    const token = tokenAt(sql, at);
    const stop = Math.max(token.end, at + 1);
    const text = sql.slice(at, stop).toLowerCase();
    if (text === ')' || text === ']') depth -= 1;
    words.push({start: at, end: stop, text, depth});
    if (text === '(' || text === '[') depth += 1;
    at = afterBlank(sql, stop);
  }
  return words;
}

/** @returns from the word after the first `keyword` that stands in no parentheses, to the last; none without it */
export function wordsAfter(words: readonly Word[], keyword: string): readonly Word[] {
  const index = words.findIndex(({text, depth}) => text === keyword && depth === 0);
  return index === -1 ? [] : words.slice(index + 1);
}

/** @returns the words without those at the end, where they are exactly these, `?` meaning that one may be missing */
export function withoutEnding(words: readonly Word[], ending: readonly string[]): readonly Word[] {
  let kept = words.length;
  for (const pattern of ending.toReversed()) {
    const options = pattern.replace('?', '').split('|');
    if (options.includes(words[kept - 1]?.text ?? '')) kept -= 1;
    else if (!pattern.endsWith('?')) return words;
  }
  return words.slice(0, kept);
}

/** @returns where the words stand; nothing for no words */
export function spanOf(words: readonly Word[]): Span | undefined {
  const [first] = words;
  const last = words.at(-1);
  return first && last ? {start: first.start, end: last.end} : undefined;
}
