import type {LintFile, PlacedStatement} from '../file.ts';
import {isProgram} from '../tools/passage.ts';
import {extentOf, withSemicolon} from './extent.ts';
import {isFrame, needsNoTransaction} from './groups.ts';
import {callWith} from './place-in-program.ts';
import type {Placed} from './place-steps.ts';
import {asWritten, indentAt, inManner, mannerOf} from './text.ts';

/** @returns statements before the first one of the file, in its manner */
export function placeFirst(sql: string, file: LintFile): Placed | undefined {
  const [first] = file.statements;
  if (!first || breaksAlone(first, file)) return undefined;
  return isProgram(file.path) ? callBeside(sql, first, file, 'before') : before(sql, first, file);
}

/** @returns statements behind the last one of the file */
export function placeLast(sql: string, file: LintFile): Placed | undefined {
  const last = file.statements.at(-1);
  return last && placeAfter(sql, last, file);
}

/** @returns statements directly behind one */
export function placeAfter(sql: string, placed: PlacedStatement, file: LintFile): Placed | undefined {
  if (breaksAlone(placed, file)) return undefined;
  if (isProgram(file.path)) return callBeside(sql, placed, file, 'behind');
  const manner = mannerOf(file, placed);
  const written = asWritten(inManner(sql, manner, placed.statement.sql), placed.passage, file.path);
  if (written === undefined || !placed.passage.verbatim) return undefined;
  const {end} = withSemicolon(file.text, placed);
  const semicolon = end === placed.span.end ? ';' : '';
  const text = `${semicolon}${manner.lineEnd}${manner.indent}${written};`;
  return {edits: [{start: end, end, text}], adds: []};
}

/** A second statement in one query would make a transaction of it, in which the first one fails. */
function breaksAlone({passage}: PlacedStatement, {statements, tool}: LintFile): boolean {
  const isOneQuery = passage.sent === 'query' && passage.block === undefined && tool.isCut !== true;
  return isOneQuery && statements.some(({statement}) => needsNoTransaction(statement) && !isFrame(statement));
}

function before(sql: string, first: PlacedStatement, file: LintFile): Placed | undefined {
  const manner = mannerOf(file, first);
  const written = asWritten(inManner(sql, manner, first.statement.sql), first.passage, file.path);
  if (written === undefined || !first.passage.verbatim) return undefined;
  const at = beforeAnnotation(file.text, extentOf(file.text, first).start);
  return {edits: [{start: at, end: at, text: `${manner.indent}${written};${manner.lineEnd}`}], adds: []};
}

/** What goose sends as one ends with an annotation, and begins with one. */
function beforeAnnotation(text: string, at: number): number {
  const above = text.lastIndexOf('\n', at - 2) + 1;
  return /^--\s*\+goose\s+StatementBegin\s*$/i.test(text.slice(above, at)) ? above : at;
}

function callBeside(
  sql: string,
  placed: PlacedStatement,
  file: LintFile,
  where: 'before' | 'behind',
): Placed | undefined {
  const {call} = placed.passage;
  const {lineEnd, lowerCase} = mannerOf(file, placed);
  const sent = callWith(inManner(sql, {lineEnd, lowerCase, indent: ''}, placed.statement.sql), placed, file);
  if (!call || sent === undefined) return undefined;
  const between = `${call.separator}${lineEnd}${indentAt(file.text, call.start)}`;
  const edit =
    where === 'before'
      ? {start: call.start, end: call.start, text: `${sent}${between}`}
      : {start: call.end, end: call.end, text: `${between}${sent}`};
  return {edits: [edit], adds: []};
}
