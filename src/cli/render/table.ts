import {harmless} from './harmless.ts';

const segmenter = new Intl.Segmenter();

/** A cell as it is measured, and as it is shown: colours have no width. */
export interface Cell {
  readonly text: string;
  readonly paint?: (text: string) => string;
}

/**
 * @param rows cells by row; the last column is not padded
 * @returns one line for each row, columns two spaces apart
 */
export function table(rows: readonly (readonly Cell[])[]): string {
  const count = Math.max(0, ...rows.map(row => row.length));
  const widths = Array.from({length: count}, (_, column) =>
    Math.max(...rows.map(row => width(row[column]?.text ?? ''))),
  );
  return rows
    .map(
      row =>
        `${row
          .map((cell, at) => show(cell, widths[at] ?? 0))
          .join('  ')
          .trimEnd()}\n`,
    )
    .join('');
}

function show(cell: Cell, columns: number): string {
  const text = harmless(cell.text);
  return (cell.paint ? cell.paint(text) : text) + ' '.repeat(Math.max(0, columns - width(text)));
}

/** Of characters as they are seen; `é` is one however it is encoded. */
function width(text: string): number {
  return [...segmenter.segment(text)].length;
}
