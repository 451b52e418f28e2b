/** Deparsed statements end with a semicolon for some kinds (views, rules) and with none for others. */
export function withoutSemicolon(text: string): string {
  return text.replace(/;\s*$/, '').trimEnd();
}
