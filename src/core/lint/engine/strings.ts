/** Where something with an end mark is over; it is open where the text ends before. */
export interface Ending {
  readonly at: number;
  readonly isOpen: boolean;
}

/** A string goes on where a line break and a quote follow it, and its escapes with it. */
const continuation = /(?:[ \t\f\v]|--[^\r\n]*)*[\r\n](?:\s|--[^\r\n]*[\r\n])*(?=')/y;

/** @param index of the opening quote of a string or of a name; two quotes in it are one of its characters */
export function afterQuoted(sql: string, index: number): Ending {
  const quote = sql[index] ?? "'";
  for (let at = sql.indexOf(quote, index + 1); at >= 0; at = sql.indexOf(quote, at + 2))
    if (sql[at + 1] !== quote) return {at: at + 1, isOpen: false};
  return {at: sql.length, isOpen: true};
}

/** @param index of the opening quote of a string in which a backslash escapes what follows it */
export function afterEscaping(sql: string, index: number): Ending {
  const stops = /\\[^]|''|'/g;
  stops.lastIndex = index + 1;
  for (let stop = stops.exec(sql); stop !== null; stop = stops.exec(sql)) {
    if (stop[0] !== "'") continue;
    const at = stops.lastIndex;
    continuation.lastIndex = at;
    if (!continuation.test(sql)) return {at, isOpen: false};
    stops.lastIndex = continuation.lastIndex + 1;
  }
  return {at: sql.length, isOpen: true};
}

/** @param index of the slash that begins it; such comments nest */
export function afterComment(sql: string, index: number): Ending {
  const stops = /\/\*|\*\//g;
  stops.lastIndex = index;
  let depth = 0;
  for (let stop = stops.exec(sql); stop !== null; stop = stops.exec(sql)) {
    depth += stop[0] === '/*' ? 1 : -1;
    if (depth === 0) return {at: stops.lastIndex, isOpen: false};
  }
  return {at: sql.length, isOpen: true};
}

/** @param dollars the opening mark at `index`, with its tag */
export function afterDollars(sql: string, index: number, dollars: string): Ending {
  const close = sql.indexOf(dollars, index + dollars.length);
  return close < 0 ? {at: sql.length, isOpen: true} : {at: close + dollars.length, isOpen: false};
}

export function afterLine(sql: string, index: number): Ending {
  const ends = /[\r\n]|$/g;
  ends.lastIndex = index;
  return {at: ends.exec(sql)?.index ?? sql.length, isOpen: false};
}

/**
 * For a parser that reads backslashes in plain strings as what they are.
 * @returns a text of the same length in which they escape nothing
 */
export function withoutEscapes(sql: string): string {
  return sql.replace(/(?<![\w$])([eE]?)'(?:\\[^]|''|[^'\\])*'|"(?:[^"]|"")*"|--[^\r\n]*/g, (token, prefix) =>
    token.startsWith("'") && prefix === ''
      ? token.replaceAll(/\\([^])/g, (_, one) => (one === "'" ? "''" : `/${one === '\\' ? '/' : one}`))
      : token,
  );
}
