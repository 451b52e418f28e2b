import type {Direction} from '../../migrations/migration.ts';
import type {Edit} from '../finding.ts';
import {javascriptPassages} from '../passages/javascript.ts';
import {fileNameOf, isJavascript, passageAt} from './passage.ts';
import {functionNamed} from './programs.ts';
import type {Tool, ToolDocument} from './tool.ts';

const markers: Readonly<Record<Direction, RegExp>> = {
  up: /^\s*--[\s-]*up\s+migration/im,
  down: /^\s*--[\s-]*down\s+migration/im,
};

/**
 * All migrations of a run share one transaction; `pgm.noTransaction()` takes a program out of it, and nothing a file of
 * SQL. Each `pgm.sql` is a query.
 * Source: https://salsita.github.io/node-pg-migrate/migrations/
 */
export const nodePgMigrateTool: Tool = {
  id: 'node-pg-migrate',
  name: 'node-pg-migrate',
  recognises: ({path, text}) => {
    if (isJavascript(path)) return /\bpgm\b/.test(text) && /\bup\b/.test(text);
    return /^\d+.*\.sql$/i.test(fileNameOf(path)) && (markers.up.test(text) || markers.down.test(text));
  },
  passages: document => (isJavascript(document.path) ? programPassages(document) : sqlPassages(document)),
  outside: {how: 'marker', edits: markerEdits},
  undo: 'part',
};

function programPassages({text}: ToolDocument): ReturnType<Tool['passages']> {
  const outside = {up: isOutside(text, 'up'), down: isOutside(text, 'down')};
  return javascriptPassages(text, {transaction: direction => !outside[direction]});
}

function isOutside(text: string, direction: Direction): boolean {
  if (!text.includes('noTransaction')) return false;
  const body = functionNamed(text, direction);
  return body !== undefined && /\.noTransaction\s*\(/.test(text.slice(body.start, body.end));
}

/** What stands before both markers belongs to up, where up has none of its own. */
function sqlPassages({path, text}: ToolDocument): ReturnType<Tool['passages']> {
  const up = markers.up.exec(text)?.index ?? -1;
  const down = markers.down.exec(text)?.index ?? -1;
  const name = /\.(up|down)\.sql$/i.exec(fileNameOf(path))?.[1]?.toLowerCase();
  const first = Math.max(0, up);
  const parts = [
    {direction: 'up' as const, start: first, end: down > first ? down : text.length},
    {direction: 'down' as const, start: down, end: up > down ? up : text.length},
  ];
  return parts
    .filter(({start, end}) => start >= 0 && end > start)
    .map(({direction, ...span}) =>
      passageAt(text, span, name === 'down' ? 'down' : direction, {sent: 'query', block: 1}),
    );
}

function markerEdits({path, text}: ToolDocument, direction: Direction): readonly Edit[] {
  const body = isJavascript(path) ? functionNamed(text, direction) : undefined;
  if (!body || isOutside(text, direction)) return [];
  const lineEnd = text.includes('\r\n') ? '\r\n' : '\n';
  return [{start: body.start, end: body.start, text: `${lineEnd}${body.indent}pgm.noTransaction();`}];
}
