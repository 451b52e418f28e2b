/**
 * Splits what EXPLAIN joined with `, ` at the commas outside of quotes and brackets, as ruleutils.c writes SQL: a quote
 * inside quotes is doubled, and there are no dollar quotes or comments.
 */
export function splitList(text: string): readonly string[] {
  const items: string[] = [];
  let start = 0;
  let depth = 0;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at] ?? '';
    if (character === "'" || character === '"') at = endOfQuote(text, at);
    else if ('([{'.includes(character)) depth += 1;
    else if (')]}'.includes(character)) depth -= 1;
    else if (depth === 0 && text.startsWith(', ', at)) {
      items.push(text.slice(start, at));
      start = at + 2;
    }
  }
  return [...items, text.slice(start)];
}

/** @returns the index of the quote that closes the one at `start`, or the text's length */
function endOfQuote(text: string, start: number): number {
  const end = text.indexOf(text[start] ?? '', start + 1);
  return end === -1 ? text.length : end;
}

/**
 * @param open the quote that is open where `text` begins, if one is
 * @returns the quote that is open where it ends; undefined when all are closed
 */
export function quoteLeftOpen(text: string, open?: string): string | undefined {
  if (open === undefined && !/['"]/.test(text)) return undefined;
  let quote = open;
  for (const character of text) {
    if (quote === undefined && (character === "'" || character === '"')) quote = character;
    else if (character === quote) quote = undefined;
  }
  return quote;
}

/** @returns a name as the catalog has it */
export function unquoted(identifier: string): string {
  return identifier.startsWith('"') ? identifier.slice(1, -1).replaceAll('""', '"') : identifier;
}
