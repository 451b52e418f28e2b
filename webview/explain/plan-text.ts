import type {Panel} from './panel.ts';

/**
 * Fetches a plan's text, piece by piece, so that the page stays awake for a large one.
 * @param stopped asked before each piece; the rest is left when it says true
 * @returns undefined when the text is no longer kept, or nobody waits for it any more
 */
export async function fetchText(
  {client}: Panel,
  id: string,
  stopped: () => boolean,
): Promise<string | undefined> {
  const pieces: string[] = [];
  let offset: number | null = 0;
  while (offset !== null) {
    const piece = await pieceAt(client, id, offset);
    if (piece === undefined || stopped()) return undefined;
    pieces.push(piece.text);
    offset = piece.next;
  }
  return pieces.join('');
}

interface Piece {
  readonly text: string;
  readonly next: number | null;
}

async function pieceAt(client: Panel['client'], id: string, offset: number): Promise<Piece | undefined> {
  const answer = await client.request('text', {id, offset});
  return answer.kind === 'result' ? (answer.value ?? undefined) : undefined;
}
