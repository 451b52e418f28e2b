/**
 * @param text what somebody typed
 * @returns a LIKE pattern that finds exactly this text anywhere: `50%_off` → `%50\%\_off%`
 * Source: https://www.postgresql.org/docs/current/functions-matching.html#FUNCTIONS-LIKE (backslash is the escape)
 */
export function containsPattern(text: string): string {
  return `%${escapeLike(text)}%`;
}

/** @returns a LIKE pattern that finds names beginning with exactly this text. */
export function prefixPattern(text: string): string {
  return `${escapeLike(text)}%`;
}

/** @returns the pattern for an optional filter; null, which filters nothing, when there is none. */
export function filterPattern(filter: string | undefined): string | null {
  return filter ? containsPattern(filter) : null;
}

function escapeLike(text: string): string {
  return text.replaceAll(/[\\%_]/g, String.raw`\$&`);
}
