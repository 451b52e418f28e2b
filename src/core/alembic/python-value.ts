/** What a literal of Python says, as far as Alembic's header needs it. */
export type PythonValue =
  | {readonly kind: 'none'}
  | {readonly kind: 'text'; readonly text: string}
  | {readonly kind: 'texts'; readonly texts: readonly string[]};

const blank = /(?:[ \t\f]|\\\r?\n|#[^\n]*)*/y;
const anyBlank = /(?:\s|\\\r?\n|#[^\n]*)*/y;
const string =
  /([rRuU]?)(?:"""((?:\\[^]|[^\\])*?)"""|'''((?:\\[^]|[^\\])*?)'''|"((?:\\[^]|[^"\\\n])*)"|'((?:\\[^]|[^'\\\n])*)')/y;
const none = /None\b/y;
const end = /[ \t\f]*(?:#[^\n]*)?(?:\r?\n|;|$)/y;

/**
 * Reads one literal: `None`, strings that may be put together, or a tuple, list or set of them.
 * @param start behind the sign of equality
 * @returns nothing for anything else, which only Python itself can tell
 */
export function pythonValueAt(text: string, start: number): PythonValue | undefined {
  const reader = {text, at: start};
  const value = valueIn(reader, false);
  if (!value) return undefined;
  const list = value.kind === 'text' && looksAt(reader, ',') ? restOf(reader, value.text) : value;
  return list && endsHere(reader) ? list : undefined;
}

interface Reader {
  readonly text: string;
  at: number;
}

function endsHere({text, at}: Reader): boolean {
  end.lastIndex = at;
  return end.test(text);
}

/** `'a', 'b'` without brackets is a tuple as well. */
function restOf(reader: Reader, first: string): PythonValue | undefined {
  const texts = [first];
  while (looksAt(reader, ',')) {
    reader.at += 1;
    if (endsHere(reader)) break;
    const item = stringsIn(reader, false);
    if (item === undefined) return undefined;
    texts.push(item);
  }
  return {kind: 'texts', texts};
}

function valueIn(reader: Reader, inside: boolean): PythonValue | undefined {
  skip(reader, inside);
  const {text, at} = reader;
  none.lastIndex = at;
  if (none.test(text)) {
    reader.at = at + 4;
    return {kind: 'none'};
  }
  const closing = closings[text[at] ?? ''];
  if (closing !== undefined) return itemsIn(reader, closing);
  const strings = stringsIn(reader, inside);
  return strings === undefined ? undefined : {kind: 'text', text: strings};
}

const closings: Readonly<Record<string, string>> = {'(': ')', '[': ']', '{': '}'};

/** A pair of round brackets around one value without a comma is that value. */
function itemsIn(reader: Reader, closing: string): PythonValue | undefined {
  reader.at += 1;
  const texts: string[] = [];
  let commas = 0;
  for (;;) {
    skip(reader, true);
    if (reader.text[reader.at] === closing) break;
    const item = valueIn(reader, true);
    if (item?.kind !== 'text') return item?.kind === 'none' ? noneAlone(reader, closing, texts) : undefined;
    texts.push(item.text);
    skip(reader, true);
    if (reader.text[reader.at] !== ',') continue;
    commas += 1;
    reader.at += 1;
  }
  reader.at += 1;
  const [only] = texts;
  if (texts.length > commas + 1) return undefined;
  return closing === ')' && commas === 0 && only !== undefined
    ? {kind: 'text', text: only}
    : {kind: 'texts', texts};
}

function noneAlone(reader: Reader, closing: string, before: readonly string[]): PythonValue | undefined {
  skip(reader, true);
  if (before.length > 0 || closing !== ')' || reader.text[reader.at] !== closing) return undefined;
  reader.at += 1;
  return {kind: 'none'};
}

function stringsIn(reader: Reader, inside: boolean): string | undefined {
  let joined: string | undefined;
  for (;;) {
    skip(reader, inside);
    string.lastIndex = reader.at;
    const found = string.exec(reader.text);
    if (!found) return joined;
    joined = (joined ?? '') + meaning(found);
    reader.at = string.lastIndex;
    skip(reader, inside);
    if (reader.text[reader.at] === '+') reader.at += 1;
  }
}

function meaning([, prefix = '', ...bodies]: readonly (string | undefined)[]): string {
  const body = bodies.find(each => each !== undefined) ?? '';
  return prefix.toLowerCase() === 'r' ? body : body.replaceAll(/\\(?:\r?\n|(['"\\]))/g, '$1');
}

function looksAt(reader: Reader, mark: string): boolean {
  skip(reader, false);
  return reader.text[reader.at] === mark;
}

function skip(reader: Reader, inside: boolean): void {
  reader.at = after(inside ? anyBlank : blank, reader.text, reader.at);
}

function after(shape: RegExp, text: string, at: number): number {
  shape.lastIndex = at;
  return at + (shape.exec(text)?.[0].length ?? 0);
}
