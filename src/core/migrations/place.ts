import type {FileRange} from './plan.ts';

/** A range of a file as people count: lines and columns from 1, columns in UTF-16 units; the end is exclusive. */
export interface Place {
  readonly path: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

export function placeInFile({path, start, end}: FileRange): Place {
  return {
    path,
    line: start.line + 1,
    column: start.column + 1,
    endLine: end.line + 1,
    endColumn: end.column + 1,
  };
}
