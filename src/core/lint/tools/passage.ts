import type {Direction} from '../../migrations/migration.ts';
import {firstOffset} from '../../sql/byte-order-mark.ts';
import type {Span} from '../../sql/positions.ts';
import type {Passage} from '../file.ts';
import {mask, type Dialect} from '../passages/mask.ts';

/** What of a passage is the tool's matter. */
export type Sending = Pick<Passage, 'block' | 'sent'> & {readonly dialect?: Dialect};

const templated: Dialect = {placeholders: ['template']};

/** @returns a part of a document as it stands there */
export function passageAt(text: string, span: Span, direction: Direction, sending: Sending): Passage {
  const {dialect = templated, ...rest} = sending;
  const {sql, placeholders} = mask(text.slice(span.start, span.end), dialect);
  return {
    direction,
    sql,
    span,
    toDocument: offset => span.start + offset,
    verbatim: true,
    ...rest,
    ...(placeholders.length > 0 && {placeholders}),
  };
}

/** @returns the whole text; a byte order mark is no part of it, because the tool takes it away */
export function wholeOf(text: string): Span {
  return {start: firstOffset(text), end: text.length};
}

export function fileNameOf(path: string): string {
  return path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
}

export function isProgram(path: string): boolean {
  return isPython(path) || isJavascript(path);
}

export function isPython(path: string): boolean {
  return /\.py$/i.test(path);
}

export function isJavascript(path: string): boolean {
  return /\.[cm]?[jt]sx?$/i.test(path) && !/\.d\.[cm]?ts$/i.test(path);
}
