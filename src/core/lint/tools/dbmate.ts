import {parseName} from '../../dbmate/grammar.ts';
import {readSections, type Block} from '../../dbmate/sections.ts';
import type {Direction} from '../../migrations/migration.ts';
import type {Edit} from '../finding.ts';
import {fileNameOf, passageAt} from './passage.ts';
import type {Tool, ToolDocument} from './tool.ts';

/**
 * Both directions are in one file. Each is sent as one query, in a transaction of the tool's, or with
 * `transaction:false` by itself: there several statements are one transaction all the same.
 * Source: https://github.com/amacneil/dbmate/blob/main/pkg/dbmate/migration.go
 */
export const dbmateTool: Tool = {
  id: 'dbmate',
  name: 'dbmate',
  recognises: ({path, text}) =>
    parseName(fileNameOf(path)) !== undefined && readSections(text).sections.length > 0,
  passages: ({text}) =>
    blocksOf(text).map(({direction, marker, end, transaction}, index) =>
      passageAt(text, {start: marker.end, end}, direction, {
        sent: 'query',
        ...(transaction && {block: index + 1}),
      }),
    ),
  outside: {how: 'marker', edits: markerEdits},
  undo: 'part',
};

function blocksOf(text: string): readonly Block[] {
  return readSections(text).sections.flatMap(({up, down}) => (down ? [up, down] : [up]));
}

function markerEdits({text}: ToolDocument, direction: Direction): readonly Edit[] {
  return blocksOf(text)
    .filter(block => block.direction === direction && block.transaction)
    .map(({marker: {end}}) => ({start: end, end, text: ' transaction:false'}));
}
