import {readStatements} from '../../goose/statements.ts';
import type {Edit} from '../finding.ts';
import type {Passage} from '../file.ts';
import {fileNameOf, passageAt} from './passage.ts';
import type {Tool, ToolDocument} from './tool.ts';

/**
 * Both directions are in one file. A statement ends with the line whose last word ends in a semicolon, or between
 * StatementBegin and StatementEnd; each is a message. NO TRANSACTION is about the whole file.
 * Source: https://github.com/pressly/goose/blob/main/internal/sqlparser/parser.go
 */
export const gooseTool: Tool = {
  id: 'goose',
  name: 'goose',
  recognises: ({path, text}) =>
    /^\d+.*\.sql$/i.test(fileNameOf(path)) && /^--[^\S\n]*\+goose[^\S\n]+Up\b/im.test(text),
  passages,
  outside: {how: 'marker', edits: markerEdits},
  isCut: true,
  undo: 'part',
};

/** Of a file that is being written as much as can be told. */
function passages({text}: ToolDocument): readonly Passage[] {
  return (['up', 'down'] as const).flatMap((direction, index) => {
    const {statements, transaction, rest} = readStatements(text, direction);
    const block = transaction ? {block: index + 1} : {};
    return [...statements, ...(rest ? [rest] : [])].map(({whole}) =>
      passageAt(text, whole, direction, {sent: 'query', ...block}),
    );
  });
}

function markerEdits({text}: ToolDocument): readonly Edit[] {
  if (!readStatements(text, 'up').transaction) return [];
  const lineEnd = text.includes('\r\n') ? '\r\n' : '\n';
  return [{start: 0, end: 0, text: `-- +goose NO TRANSACTION${lineEnd}`}];
}
