import type {Direction} from '../../migrations/migration.ts';
import type {Span} from '../../sql/positions.ts';
import type {Edit} from '../finding.ts';
import {fileNameOf, passageAt} from './passage.ts';
import type {Tool, ToolDocument} from './tool.ts';

const markers: Readonly<Record<Direction, RegExp>> = {
  up: /^--\s*migrate:up(?:[^\S\n]*$|[^\S\n]+\S.*$)/m,
  down: /^--\s*migrate:down(?:[^\S\n]*$|[^\S\n]+\S.*$)/m,
};

/**
 * Both directions are in one file. Each is sent as one query, in a transaction of the tool's, or with
 * `transaction:false` by itself: there several statements are one transaction all the same.
 * Source: https://github.com/amacneil/dbmate/blob/main/pkg/dbmate/migration.go
 */
export const dbmateTool: Tool = {
  id: 'dbmate',
  name: 'dbmate',
  recognises: ({path, text}) => /^\d+.*\.sql$/i.test(fileNameOf(path)) && markers.up.test(text),
  passages: ({text}) =>
    partsOf(text).map(({direction, marker, start, end}) =>
      passageAt(text, {start, end}, direction, {
        sent: 'query',
        ...(!/\stransaction:false(?:\s|$)/.test(marker) && {block: direction === 'up' ? 1 : 2}),
      }),
    ),
  outside: {how: 'marker', edits: markerEdits},
  undo: 'part',
};

interface Part extends Span {
  readonly direction: Direction;
  readonly marker: string;
}

/** Up has to stand before down; the tool refuses any other file. */
function partsOf(text: string): readonly Part[] {
  const up = markers.up.exec(text);
  const down = markers.down.exec(text);
  if (!up || (down && down.index < up.index)) return [];
  const parts: Part[] = [
    {direction: 'up', marker: up[0], start: up.index + up[0].length, end: down?.index ?? text.length},
  ];
  if (down)
    parts.push({direction: 'down', marker: down[0], start: down.index + down[0].length, end: text.length});
  return parts;
}

function markerEdits({text}: ToolDocument, direction: Direction): readonly Edit[] {
  const marker = markers[direction].exec(text);
  if (!marker || /\stransaction:false(?:\s|$)/.test(marker[0])) return [];
  const end = marker.index + marker[0].trimEnd().length;
  return [{start: end, end, text: ' transaction:false'}];
}
