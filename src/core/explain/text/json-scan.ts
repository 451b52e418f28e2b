/** Where a JSON text ends, or where it stops being one. */
export type JsonScan =
  | {readonly kind: 'complete'; readonly end: number}
  /** The text ends inside of it, with that many brackets open. */
  | {readonly kind: 'cut'; readonly end: number; readonly open: number}
  | {readonly kind: 'damaged'; readonly at: number};

type Expected = 'value' | 'first-value' | 'key' | 'first-key' | 'colon' | 'comma';

const number = /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const word = /true|false|null/y;

/**
 * Follows the JSON value that begins at `start`. JSON.parse says where an error is only in the words of its message.
 * @param start offset of the value in `text`
 */
export function scanJson(text: string, start: number): JsonScan {
  const open: ('{' | '[')[] = [];
  let expected: Expected = 'value';
  let at = start;
  for (;;) {
    at = afterBlanks(text, at);
    if (at >= text.length) return {kind: 'cut', end: text.trimEnd().length, open: open.length};
    const step = stepAt(text, at, expected, open);
    if (step === 'cut') return {kind: 'cut', end: text.length, open: open.length};
    if (step === 'damaged') return {kind: 'damaged', at};
    ({expected, at} = step);
    if (open.length === 0) return {kind: 'complete', end: at};
  }
}

interface Step {
  readonly expected: Expected;
  readonly at: number;
}

function stepAt(text: string, at: number, expected: Expected, open: ('{' | '[')[]): Step | 'cut' | 'damaged' {
  const character = text[at];
  if ((character === ']' || character === '}') && closesHere(character, expected, open.at(-1))) {
    open.pop();
    return {expected: 'comma', at: at + 1};
  }
  switch (expected) {
    case 'comma':
      return character === ',' ? {expected: open.at(-1) === '{' ? 'key' : 'value', at: at + 1} : 'damaged';
    case 'colon':
      return character === ':' ? {expected: 'value', at: at + 1} : 'damaged';
    case 'key':
    case 'first-key':
      return character === '"' ? afterText(text, at, 'colon') : 'damaged';
    case 'value':
    case 'first-value':
      return valueAt(text, at, open);
    default:
      return expected satisfies never;
  }
}

function closesHere(bracket: ']' | '}', expected: Expected, opened: '{' | '[' | undefined): boolean {
  const first = bracket === ']' ? 'first-value' : 'first-key';
  return opened === (bracket === ']' ? '[' : '{') && (expected === 'comma' || expected === first);
}

function valueAt(text: string, at: number, open: ('{' | '[')[]): Step | 'cut' | 'damaged' {
  const character = text[at];
  if (character === '"') return afterText(text, at, 'comma');
  if (character === '{' || character === '[') {
    open.push(character);
    return {expected: character === '{' ? 'first-key' : 'first-value', at: at + 1};
  }
  for (const token of [number, word]) {
    token.lastIndex = at;
    if (token.test(text)) return {expected: 'comma', at: token.lastIndex};
  }
  return /^(?:-|t|tr|tru|f|fa|fal|fals|n|nu|nul)$/.test(text.slice(at, at + 6)) ? 'cut' : 'damaged';
}

function afterText(text: string, at: number, expected: Expected): Step | 'cut' {
  for (let end = at + 1; end < text.length; end += 1) {
    const character = text[end];
    if (character === '"') return {expected, at: end + 1};
    if (character === '\\') end += 1;
  }
  return 'cut';
}

function afterBlanks(text: string, start: number): number {
  let at = start;
  while (at < text.length && ' \t\n\r'.includes(text[at] ?? '')) at += 1;
  return at;
}
