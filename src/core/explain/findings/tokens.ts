/** A piece of a condition: `name` is in double quotes, `word` is not; `literal` is a string, number or `$1`. */
export interface Token {
  readonly kind: 'literal' | 'name' | 'word' | 'operator' | 'mark' | 'unknown';
  readonly text: string;
  /** UTF-16 units from the text's beginning. */
  readonly from: number;
  readonly to: number;
}

/** In the order they are tried; each matches where it stands. */
const patterns = [
  ['literal', /(?:[EBX]|U&)?'(?:[^']|'')*'|\$\d+|\d+(?:\.\d+)?(?:e[+-]?\d+)?/iy],
  ['name', /"(?:[^"]|"")*"/y],
  ['word', /[A-Za-z_\u0080-\uffff][\w$\u0080-\uffff]*/y],
  ['mark', /::|[()[\],.:]/y],
  ['operator', /[-+*/<>=~!@#%^&|`?]+/y],
] as const;

/**
 * Cuts a condition of a plan into its tokens.
 * Source: https://www.postgresql.org/docs/current/sql-syntax-lexical.html
 */
export function tokensOf(text: string): readonly Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < text.length) {
    if (/\s/.test(text.charAt(at))) {
      at += 1;
      continue;
    }
    const token = tokenAt(text, at);
    tokens.push(token);
    at = token.to;
  }
  return tokens;
}

function tokenAt(text: string, from: number): Token {
  for (const [kind, pattern] of patterns) {
    pattern.lastIndex = from;
    const found = pattern.exec(text)?.[0];
    if (found !== undefined) return {kind, text: found, from, to: from + found.length};
  }
  return {kind: 'unknown', text: text.charAt(from), from, to: from + 1};
}
