/**
 * @returns a text as Markdown that shows just that text. The editor's own way keeps its lines from wrapping.
 * Source: https://spec.commonmark.org/0.31.2/#backslash-escapes
 */
export function plainWords(text: string): string {
  return text.replaceAll(/[!-/:-@[-`{-~]/g, String.raw`\$&`).replaceAll(/\s+/g, ' ');
}
