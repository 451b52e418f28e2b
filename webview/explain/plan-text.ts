import type {Panel} from './panel.ts';

/**
 * Fetches a plan's text, piece by piece, so that the page stays awake for a large one.
 * @param options `stopped` is asked after each piece, and the rest is left when it says true; `fetched` is told how many
 * characters are there
 * @returns undefined when the text is no longer kept, or nobody waits for it any more
 */
export async function fetchText(
  {client}: Panel,
  id: string,
  {stopped, fetched}: {readonly stopped: () => boolean; readonly fetched?: (characters: number) => void},
): Promise<string | undefined> {
  const pieces: string[] = [];
  let offset: number | null = 0;
  while (offset !== null) {
    const piece = await pieceAt(client, id, offset);
    if (piece === undefined || stopped()) return undefined;
    pieces.push(piece.text);
    offset = piece.next;
    if (offset !== null) fetched?.(offset);
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
