import type {Direction} from '../../migrations/migration.ts';
import type {Edit} from '../finding.ts';
import type {Passage} from '../file.ts';
import {fileNameOf, passageAt} from './passage.ts';
import type {Tool, ToolDocument} from './tool.ts';

const annotation = /^--[^\S\n]*\+goose[^\S\n]+(.*?)[^\S\n]*$/gim;
const noTransaction = /^--[^\S\n]*\+goose[^\S\n]+NO[^\S\n]+TRANSACTION[^\S\n]*$/im;

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

interface Reading {
  direction?: Direction;
  isWhole: boolean;
  /** Where the statement that is being read begins. */
  start: number;
}

function passages({text}: ToolDocument): readonly Passage[] {
  const found: Passage[] = [];
  const inTransaction = !noTransaction.test(text);
  const reading: Reading = {isWhole: false, start: 0};
  const add = (end: number): void => {
    const {direction, start} = reading;
    reading.start = end;
    if (!direction || text.slice(start, end).trim() === '') return;
    const block = inTransaction ? {block: direction === 'up' ? 1 : 2} : {};
    found.push(passageAt(text, {start, end}, direction, {sent: 'query', ...block}));
  };
  for (const {start, end, line} of linesOf(text)) {
    const word = annotationOf(line);
    if (word !== undefined) {
      add(start);
      reading.start = end;
      follow(reading, word);
    } else if (!reading.isWhole && endsStatement(line)) add(end);
  }
  add(text.length);
  return found;
}

function follow(reading: Reading, word: string): void {
  if (word === 'up' || word === 'down') reading.direction = word;
  if (word === 'statementbegin') reading.isWhole = true;
  if (word === 'statementend') reading.isWhole = false;
}

function annotationOf(line: string): string | undefined {
  annotation.lastIndex = 0;
  return line.startsWith('--') ? annotation.exec(line)?.[1]?.toLowerCase() : undefined;
}

/** The last word that does not stand behind one that begins a comment. */
function endsStatement(line: string): boolean {
  const words = line.trim().split(/\s+/);
  const comment = words.findIndex(word => word.startsWith('--'));
  return (comment < 0 ? words : words.slice(0, comment)).at(-1)?.endsWith(';') ?? false;
}

function* linesOf(text: string): Generator<{start: number; end: number; line: string}> {
  for (let start = 0; start < text.length;) {
    const feed = text.indexOf('\n', start);
    const end = feed < 0 ? text.length : feed + 1;
    yield {start, end, line: text.slice(start, feed < 0 ? end : feed).replace(/\r$/, '')};
    start = end;
  }
}

function markerEdits({text}: ToolDocument): readonly Edit[] {
  if (noTransaction.test(text)) return [];
  const lineEnd = text.includes('\r\n') ? '\r\n' : '\n';
  return [{start: 0, end: 0, text: `-- +goose NO TRANSACTION${lineEnd}`}];
}
