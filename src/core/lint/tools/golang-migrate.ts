import {parseName} from '../../golang-migrate/grammar.ts';
import {isBlank, piecesOf} from '../../golang-migrate/pieces.ts';
import {fileNameOf, passageAt, type Sending} from './passage.ts';
import type {Tool, ToolDocument} from './tool.ts';

/**
 * A file of golang-migrate is one query, so that several statements are one transaction and a single one is in none.
 * With `x-multi-statement` it is cut at every semicolon, and each piece is a query.
 * Source: https://github.com/golang-migrate/migrate/tree/master/database/postgres
 */
export function golangMigrateTool({multiStatement = false}: {readonly multiStatement?: boolean} = {}): Tool {
  return {
    id: 'golang-migrate',
    name: 'golang-migrate',
    recognises: ({path}) => parseName(fileNameOf(path))?.extension === 'sql',
    passages: document => passages(document, multiStatement),
    outside: {how: 'alone'},
    ...(multiStatement && {isCut: true}),
    undo: 'file',
  };
}

const asQuery: Sending = {sent: 'query'};

function passages({path, text}: ToolDocument, multiStatement: boolean): ReturnType<Tool['passages']> {
  const direction = parseName(fileNameOf(path))?.direction ?? 'up';
  const pieces = multiStatement ? [...piecesOf(text)] : [{start: 0, end: text.length}];
  return pieces
    .filter(({start, end}) => !isBlank(text.slice(start, end)))
    .map(piece => passageAt(text, piece, direction, asQuery));
}
