/**
 * Takes the control characters out of a text from a file name or a server, which could otherwise move the cursor or recolour
 * the terminal. Line breaks and tabs stay.
 */
export function harmless(text: string): string {
  return text.replaceAll(/[\u0000-\u0008\u000B-\u001F\u007F-\u009F]/gu, '\u{FFFD}');
}
