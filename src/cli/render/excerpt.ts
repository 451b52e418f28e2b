import type {FileRange} from '../../core/migrations/plan.ts';
import type {Paint} from '../paint.ts';
import {harmless} from './harmless.ts';

/** @returns the first line of a place, with its part of the place underlined; nothing where the file has no such line */
export function excerpt(source: string, {start, end}: FileRange, paint: Paint): readonly string[] {
  const line = source.split(/\r\n|\r|\n/u)[start.line];
  if (line === undefined) return [];
  // A line of a data file can be megabytes long; what is shown is what stands around the token.
  const from = Math.max(0, start.column - 60);
  const shown = line.slice(from, from + 120);
  const last = end.line === start.line ? end.column : line.trimEnd().length;
  const length = Math.max(1, last - start.column);
  // Tabs are kept in front of the mark, so that it stands below the token however wide they are shown.
  const indent = shown.slice(0, start.column - from).replaceAll(/[^\t]/gu, ' ');
  const number = String(start.line + 1);
  const mark = paint('red', '^'.repeat(Math.min(length, Math.max(1, shown.length - indent.length))));
  return [`  ${number} | ${harmless(shown)}`, `  ${' '.repeat(number.length)} | ${indent}${mark}`];
}
