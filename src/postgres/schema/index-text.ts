/** The parts of a definition that `pg_get_indexdef` wrote. */
export interface IndexText {
  readonly keys: readonly string[];
  readonly predicate?: string;
}

/**
 * Takes a definition apart: what stands between commas and parentheses outside of quotes. The server doubles quotes in
 * names and texts, and writes a text with a backslash as E'…' with the backslash doubled, so counting quotes is enough.
 */
export function splitIndexText(definition: string): IndexText {
  const pieces = topLevel(definition);
  const lists = pieces.filter(piece => piece.depth === 1);
  const keys = lists.filter(piece => piece.list === 0).map(piece => piece.text.trim());
  const after = pieces.filter(piece => piece.depth === 0).at(-1)?.text ?? '';
  const at = /(?:^|\s)WHERE\s/.exec(after);
  return at ? {keys, predicate: after.slice(at.index + at[0].length)} : {keys};
}

interface Piece {
  readonly depth: 0 | 1;
  /** Which pair of parentheses it stands in, from 0. */
  readonly list: number;
  readonly text: string;
}

function topLevel(definition: string): readonly Piece[] {
  const pieces: Piece[] = [];
  let depth = 0;
  let list = -1;
  let from = 0;
  let quote = '';
  const cut = (at: number, inside: 0 | 1): void => {
    pieces.push({depth: inside, list, text: definition.slice(from, at)});
    from = at + 1;
  };
  for (let at = 0; at < definition.length; at += 1) {
    const character = definition.charAt(at);
    if (quote !== '') {
      if (character === quote) quote = '';
    } else if (character === "'" || character === '"') quote = character;
    else if (character === '(') {
      // What follows WHERE is one expression, whatever parentheses it has.
      if (depth === 0 && definition.slice(from, at).endsWith(' WHERE ')) break;
      if (depth === 0) {
        cut(at, 0);
        list += 1;
      }
      depth += 1;
    } else if (character === ')') {
      depth -= 1;
      if (depth === 0) cut(at, 1);
    } else if (character === ',' && depth === 1) cut(at, 1);
  }
  pieces.push({depth: 0, list, text: definition.slice(from)});
  return pieces;
}
