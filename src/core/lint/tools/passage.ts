import type {Direction} from '../../migrations/migration.ts';
import type {Span} from '../../sql/positions.ts';
import type {Passage} from '../file.ts';

/** What of a passage is the tool's matter. */
export type Sending = Pick<Passage, 'block' | 'sent'>;

/** @returns a part of a document as it stands there */
export function passageAt(text: string, span: Span, direction: Direction, sending: Sending): Passage {
  return {
    direction,
    sql: text.slice(span.start, span.end),
    span,
    toDocument: offset => span.start + offset,
    verbatim: true,
    ...sending,
  };
}

/** @returns a byte order mark is no part of what is sent; the whole text else */
export function wholeOf(text: string): Span {
  return {start: text.startsWith('\uFEFF') ? 1 : 0, end: text.length};
}

export function fileNameOf(path: string): string {
  return path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
}
