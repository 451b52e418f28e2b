import {quoteIdentifier, quoteWhereNeeded} from '../../core/sql/quote.ts';

/** Quotes a name as the server does in the texts it deparses. */
export type Quote = (name: string) => string;

/** @param keywords all but the unreserved ones of that server */
export function quoteLikeServer(keywords: readonly string[]): Quote {
  const quoted = new Set(keywords);
  const known = new Map<string, string>();
  return name => {
    const before = known.get(name);
    if (before !== undefined) return before;
    const text = /^[a-z_][a-z0-9_]*$/.test(name) && !quoted.has(name) ? name : quoteIdentifier(name);
    known.set(name, text);
    return text;
  };
}

/** @returns a qualified name that the server has quoted, with quotes where keys have them. */
export function likeKeys(name: string): string {
  return name.replaceAll(/"((?:[^"]|"")*)"/g, (_, inner: string) =>
    quoteWhereNeeded(inner.replaceAll('""', '"')),
  );
}

const longest = 63;

/**
 * @returns whether PostgreSQL makes up that name for a NOT NULL constraint
 * Source: makeObjectName and ChooseConstraintName in src/backend
 */
export function isGeneratedNotNull(name: string, of: string, column?: string): boolean {
  const label = /not_null\d*$/.exec(name)?.[0];
  if (label === undefined) return false;
  const available = longest - label.length - 1 - (column === undefined ? 0 : 1);
  let first = Buffer.byteLength(of);
  let second = column === undefined ? 0 : Buffer.byteLength(column);
  while (first + second > available) {
    if (first > second) first -= 1;
    else second -= 1;
  }
  const parts = [clipped(of, first), ...(column === undefined ? [] : [clipped(column, second)]), label];
  return name === parts.join('_');
}

/** Cuts between characters. */
function clipped(name: string, bytes: number): string {
  let end = name.length;
  while (Buffer.byteLength(name.slice(0, end)) > bytes)
    end -= (name.codePointAt(end - 2) ?? 0) > 0xffff ? 2 : 1;
  return name.slice(0, end);
}
