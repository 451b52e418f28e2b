import type {Direction} from '../../migrations/migration.ts';
import {hasMarker, partsOf} from '../../node-pg-migrate/markers.ts';
import type {Edit} from '../finding.ts';
import {javascriptPassages} from '../passages/javascript.ts';
import {fileNameOf, isJavascript, passageAt} from './passage.ts';
import {functionNamed} from './programs.ts';
import type {Tool, ToolDocument} from './tool.ts';

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
    return /^\d+.*\.sql$/i.test(fileNameOf(path)) && hasMarker(text);
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

/** A file that is named for one direction has only that. */
function sqlPassages({path, text}: ToolDocument): ReturnType<Tool['passages']> {
  const {up, down, upHasAll} = partsOf(text);
  const name = /\.(up|down)\.sql$/i.exec(fileNameOf(path))?.[1]?.toLowerCase();
  // The tool runs all of it, which is a problem of the file and not of each statement of its part for down.
  const first = upHasAll && down ? {start: 0, end: down.start} : up;
  const parts = [
    {direction: 'up' as const, ...first},
    ...(down === undefined ? [] : [{direction: 'down' as const, ...down}]),
  ];
  return parts
    .filter(({start, end}) => end > start)
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
