import type {Direction} from '../../migrations/migration.ts';
import type {Passage, Placeholder} from '../file.ts';
import {mask, type Dialect} from './mask.ts';
import {nameFor} from './placeholders.ts';
import type {Literal, Segment} from './program.ts';

/** @returns the pieces of one string, with names for what the program puts in */
export function segmentsOf(text: string, {inside, parts}: Literal): readonly Segment[] {
  const segments: Segment[] = [];
  let done = inside.start;
  for (const part of parts) {
    if (part.start > done) segments.push(asWritten(text, done, part.start));
    segments.push(
      'means' in part ? {...part, sql: part.means, exact: false} : holeAt(text, part, inside.end),
    );
    done = part.end;
  }
  if (inside.end > done) segments.push(asWritten(text, done, inside.end));
  return segments;
}

/** @returns a value between two strings that are put together */
export function expressionHole(text: string, start: number, end: number): Segment {
  const written = text.slice(start, end);
  return {start, end, sql: nameFor(`_${written}`, false).trimEnd(), exact: false, placeholder: written};
}

function asWritten(text: string, start: number, end: number): Segment {
  return {start, end, sql: text.slice(start, end), exact: true};
}

function holeAt(
  text: string,
  {start, end}: {readonly start: number; readonly end: number},
  last: number,
): Segment {
  const written = text.slice(start, end);
  const joined = end < last && /[\w\u0080-\uffff{$]/.test(text[end] ?? '');
  return {start, end, sql: nameFor(written, joined), exact: true, placeholder: written};
}

/** @returns what all segments say, mapped back to the document */
export function passageOf(
  segments: readonly Segment[],
  dialect: Dialect,
  rest: Pick<Passage, 'block' | 'sent' | 'call'> & {readonly direction: Direction},
): Passage | undefined {
  const [first] = segments;
  const last = segments.at(-1);
  if (!first || !last) return undefined;
  const raw = segments.map(({sql}) => sql).join('');
  const masked = mask(raw, dialect);
  const placeholders = [...holesOf(segments), ...masked.placeholders].toSorted(
    (one, other) => one.start - other.start,
  );
  return {
    ...rest,
    sql: masked.sql,
    span: {start: first.start, end: last.end},
    toDocument: mapping(segments),
    verbatim: isContiguous(segments),
    ...(placeholders.length > 0 && {placeholders}),
  };
}

function holesOf(segments: readonly Segment[]): readonly Placeholder[] {
  const holes: Placeholder[] = [];
  let at = 0;
  for (const {sql, placeholder} of segments) {
    if (placeholder !== undefined) holes.push({start: at, end: at + sql.length, written: placeholder});
    at += sql.length;
  }
  return holes;
}

function isContiguous(segments: readonly Segment[]): boolean {
  return segments.every(
    ({exact, start}, index) => exact && (index === 0 || segments[index - 1]?.end === start),
  );
}

function mapping(segments: readonly Segment[]): Passage['toDocument'] {
  const starts: number[] = [];
  let length = 0;
  for (const {sql} of segments) {
    starts.push(length);
    length += sql.length;
  }
  return offset => {
    const index = Math.max(
      0,
      starts.findLastIndex(start => start <= offset),
    );
    const segment = segments[index];
    if (!segment || offset >= length) return segments.at(-1)?.end ?? 0;
    return segment.exact ? segment.start + offset - (starts[index] ?? 0) : segment.start;
  };
}
