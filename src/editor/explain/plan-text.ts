/** UTF-16 units of one message: at most 512 kB, so that neither side is held up by a large plan. */
const pieceLength = 262_144;

/** A plan's text in pieces. A large file is never put together into one string. */
export interface PlanText {
  /** UTF-16 units. */
  readonly length: number;
  /**
   * @param offset UTF-16 units; 0, or the `next` of the piece before
   * @returns the piece that begins there; nothing at an offset at which none begins. `next` is null at the end
   */
  piece(offset: number): {readonly text: string; readonly next: number | null} | undefined;
  /** All pieces in order. */
  pieces(): Iterable<string>;
}

/** @param parts of any lengths, in order */
export function planText(parts: Iterable<string>): PlanText {
  const starts = new Map<number, string>();
  let length = 0;
  for (const part of parts) {
    for (const piece of piecesOf(part)) {
      starts.set(length, piece);
      length += piece.length;
    }
  }
  return {
    length,
    piece: offset => {
      const text = starts.get(offset);
      if (text === undefined) return length === 0 && offset === 0 ? {text: '', next: null} : undefined;
      const next = offset + text.length;
      return {text, next: next < length ? next : null};
    },
    pieces: () => starts.values(),
  };
}

function* piecesOf(part: string): Generator<string> {
  for (let at = 0; at < part.length;) {
    const end = at + pieceLength;
    // A character of two units stays in one piece: half of it has no place in a message.
    const piece = part.slice(at, isPairAt(part, end - 1) ? end - 1 : end);
    yield piece;
    at += piece.length;
  }
}

function isPairAt(text: string, at: number): boolean {
  return (text.codePointAt(at) ?? 0) > 0xffff;
}
