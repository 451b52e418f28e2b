import type {Direction} from '../migrations/migration.ts';
import type {Span} from '../sql/positions.ts';

const markers: Readonly<Record<Direction, RegExp>> = {
  up: /^\s*--[\s-]*up\s+migration/im,
  down: /^\s*--[\s-]*down\s+migration/im,
};

/** What the tool sends of a file of SQL. */
export interface Parts {
  readonly up: Span;
  /** Absent where the file has no down marker: the tool then refuses to roll it back. */
  readonly down?: Span;
  /** There is a down marker and none for up, so that applying runs the part for down as well. */
  readonly upHasAll: boolean;
}

/**
 * Cuts a file as the tool does. Without a marker for up, all of it is up, a part for down included; what stands before
 * the first of two markers is sent by neither.
 * Source: https://github.com/salsita/node-pg-migrate/blob/main/src/sqlMigration.ts
 */
export function partsOf(text: string): Parts {
  const up = text.search(markers.up);
  const down = text.search(markers.down);
  const upPart: Span =
    up < 0 ? {start: 0, end: text.length} : {start: up, end: down > up ? down : text.length};
  if (down < 0) return {up: upPart, upHasAll: false};
  return {up: upPart, down: {start: down, end: up > down ? up : text.length}, upHasAll: up < 0};
}

/** @returns whether a text has one of the tool's markers */
export function hasMarker(text: string): boolean {
  return markers.up.test(text) || markers.down.test(text);
}
