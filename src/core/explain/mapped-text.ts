/** A text made of pieces of another one, which knows where each of its characters came from. */
export interface MappedText {
  readonly text: string;
  /** @returns the offset in the original; a place inside replaced text is the beginning of what was replaced */
  toOriginal(offset: number): number;
}

/** A piece of the original (UTF-16 offsets) and what stands for it now. */
export interface Replacement {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** @param replacements in order, without overlaps */
export function replacing(original: string, replacements: readonly Replacement[]): MappedText {
  // Each entry: from this offset of the new text on, the original is this far ahead.
  const marks: {readonly at: number; readonly end: number; readonly original: number}[] = [];
  let text = '';
  let done = 0;
  for (const {start, end, text: instead} of replacements) {
    marks.push({at: text.length, end: text.length + start - done, original: done});
    text += original.slice(done, start);
    marks.push({at: text.length, end: text.length, original: start});
    text += instead;
    done = end;
  }
  marks.push({at: text.length, end: Number.POSITIVE_INFINITY, original: done});
  text += original.slice(done);
  return {
    text,
    toOriginal: offset => {
      const mark = marks.findLast(({at}) => at <= offset);
      if (mark === undefined) return offset;
      return Math.min(mark.original + Math.min(offset, mark.end) - mark.at, original.length);
    },
  };
}
