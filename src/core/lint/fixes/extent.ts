import type {Span} from '../../sql/positions.ts';
import type {PlacedStatement} from '../file.ts';

/** The statement with its semicolon. */
export function withSemicolon(text: string, {span, passage}: PlacedStatement): Span {
  const behind = /^\s*;/.exec(text.slice(span.end, passage.span.end));
  return {start: span.start, end: span.end + (behind?.[0].length ?? 0)};
}

/**
 * @returns what goes when the statement goes: its lines, with the comments directly above it and behind it; only the
 * statement itself where another one is on its lines
 */
export function extentOf(text: string, placed: PlacedStatement): Span {
  const own = withSemicolon(text, placed);
  const line = text.lastIndexOf('\n', own.start - 1) + 1;
  const behind = /^[^\S\n]*(?:--[^\n]*)?(?:\n|$)/.exec(text.slice(own.end));
  if (text.slice(line, own.start).trim() !== '' || !behind || line < placed.passage.span.start) return own;
  const start = commentsAbove(text, line, placed.passage.span.start);
  const end = Math.min(own.end + behind[0].length, Math.max(placed.passage.span.end, own.end));
  return {start, end: afterBlankLine(text, start, end)};
}

/** A comment for a whole file stands apart; marks of tools are outside of any passage. */
function commentsAbove(text: string, line: number, first: number): number {
  let start = line;
  while (start > first) {
    const above = text.lastIndexOf('\n', start - 2) + 1;
    if (above < first || !/^[^\S\n]*--/.test(text.slice(above, start))) break;
    start = above;
  }
  return start;
}

/** One of the blank lines before and behind goes as well. */
function afterBlankLine(text: string, start: number, end: number): number {
  const isBehindBlank = start === 0 || /\n[^\S\n]*\r?\n$/.test(text.slice(Math.max(0, start - 200), start));
  return isBehindBlank ? end + (/^[^\S\n]*\r?\n/.exec(text.slice(end))?.[0].length ?? 0) : end;
}

/** @returns the comments that go with the statement, a line each; empty where there are none */
export function commentsOf(text: string, placed: PlacedStatement): string {
  const {start, end} = extentOf(text, placed);
  const own = withSemicolon(text, placed);
  const parts = [text.slice(start, own.start), text.slice(own.end, end)].map(part => part.trim());
  const lineEnd = text.includes('\r\n') ? '\r\n' : '\n';
  return parts.map(part => (part === '' ? '' : `${part}${lineEnd}`)).join('');
}
