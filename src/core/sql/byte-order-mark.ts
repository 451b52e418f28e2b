const mark = '\uFEFF';

/** @returns the text as editors show it */
export function withoutByteOrderMark(text: string): string {
  return text.slice(firstOffset(text));
}

/** @returns the UTF-16 offset of what editors show first: behind a byte order mark, which takes no column there */
export function firstOffset(text: string): number {
  return text.startsWith(mark) ? 1 : 0;
}
