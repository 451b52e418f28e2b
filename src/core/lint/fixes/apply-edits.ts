import type {Edit} from '../finding.ts';

/**
 * @param edits ascending, not overlapping
 * @returns the text with all of them made
 */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  let result = '';
  let at = 0;
  for (const edit of edits) {
    result += text.slice(at, edit.start) + edit.text;
    at = edit.end;
  }
  return result + text.slice(at);
}
