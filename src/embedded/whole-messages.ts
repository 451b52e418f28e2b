/** Lets an answer through in whole messages, so that another one can follow wherever it is cut off. */
export interface WholeMessages {
  push(piece: Uint8Array): void;
  /** Whether the answer is longer than allowed: nothing is let through any more. */
  isTooLong(): boolean;
}

/** @param most bytes of the answer */
export function createWholeMessages(write: (messages: Uint8Array) => void, most: number): WholeMessages {
  let length = 0;
  let rest = Buffer.alloc(0);
  // of the message that `rest` begins; five bytes are needed to know
  let wanted = 5;

  function advance(): void {
    let at = 0;
    wanted = 5;
    while (at + 5 <= rest.length) {
      const end = at + 1 + rest.readInt32BE(at + 1);
      if (end > rest.length) {
        wanted = end - at;
        break;
      }
      at = end;
    }
    if (at > 0) write(rest.subarray(0, at));
    rest = rest.subarray(at);
  }

  return {
    push(piece) {
      length += piece.length;
      if (length > most) return;
      rest = Buffer.concat([rest, piece]);
      if (rest.length >= wanted) advance();
    },
    isTooLong: () => length > most,
  };
}
