/**
 * @returns text on one line that stays text in GitHub-flavoured Markdown. `|` becomes an entity, because a table cell
 * and a paragraph read the backslash differently
 */
export function escapedMarkdown(text: string): string {
  return text
    .replaceAll(/\s+/g, ' ')
    .trim()
    .replaceAll(/[\\`*_{}[\]<>#~!&|]/g, character =>
      '<>&|'.includes(character) ? `&#${character.charCodeAt(0)};` : `\\${character}`,
    );
}

/** @returns a block of code, whose fence is longer than any in the text and so cannot be closed by it */
export function fencedSql(text: string): string {
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = '`'.repeat(Math.max(3, longest + 1));
  return `${fence}sql\n${text.trim()}\n${fence}`;
}
