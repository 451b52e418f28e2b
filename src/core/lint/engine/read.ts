import type {Passage} from '../file.ts';
import type {ParseCache} from '../parse-cache.ts';
import {parsePassage, type SyntaxError} from '../parse-passage.ts';
import type {Tool, ToolDocument} from '../tools/tool.ts';
import type {Breathe} from './breather.ts';
import type {ReadPassage} from './blocks.ts';

/** A passage with its statements, and what the parser refuses in it. */
export interface WholePassage extends ReadPassage {
  readonly errors: readonly SyntaxError[];
}

/** @returns the passages of a document in order */
export async function readDocument(
  document: ToolDocument,
  tool: Tool,
  cache: ParseCache,
  breathe: Breathe,
): Promise<readonly WholePassage[]> {
  const read: WholePassage[] = [];
  for (const passage of tool.passages(document)) {
    const {statements, errors} = await parsePassage(cache, passage.sql, {breathe});
    read.push({passage, statements, errors, refused: errors.length});
  }
  return read;
}

/** @returns where a part of a passage's text stands in the document */
export function inDocument(
  passage: Passage,
  start: number,
  end: number,
): {readonly start: number; readonly end: number} {
  const first = passage.toDocument(start);
  if (end <= start) return {start: first, end: first};
  // What follows in the document on the last character may be a quote, and the passage goes on far behind it.
  const hole = passage.placeholders?.find(each => each.start < end && end <= each.end);
  const last = hole
    ? passage.toDocument(hole.start) + hole.written.length
    : passage.verbatim
      ? passage.toDocument(end)
      : passage.toDocument(end - 1) + 1;
  return {start: first, end: Math.max(first, last)};
}
