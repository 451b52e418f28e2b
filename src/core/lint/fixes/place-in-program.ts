import type {Edit} from '../finding.ts';
import type {LintFile, PlacedStatement} from '../file.ts';
import type {Step} from '../remedy.ts';
import {needsNoTransaction} from './groups.ts';
import type {Placed} from './place-steps.ts';
import {asWritten, indentAt, inManner, mannerOf} from './text.ts';

/**
 * Puts steps in the place of a call that sends one statement: a call for each, those that may not share a transaction
 * outside of it.
 */
export function placeInProgram(
  steps: readonly Step[],
  placed: PlacedStatement,
  file: LintFile,
): Placed | undefined {
  const {passage, statement} = placed;
  const {call} = passage;
  if (!call || !isOnlyOne(placed)) return undefined;
  const inside = passage.block !== undefined || placed.inTransaction;
  const mustLeave = inside && steps.some(({how}) => how !== 'any');
  const marks = mustLeave ? marksOf(placed, file) : [];
  if (!marks) return undefined;
  const indent = indentAt(file.text, call.start);
  const {lineEnd, lowerCase} = mannerOf(file, placed);
  const calls = steps.map(step => {
    const sql = inManner(step.sql, {lineEnd, lowerCase, indent: ''}, statement.sql);
    const sent = callWith(sql, placed, file);
    const {outside} = file.tool;
    const isWrapped = sent !== undefined && mustLeave && step.how !== 'any' && outside.how === 'wrap';
    return isWrapped ? outside.wrap(sent, indent).replaceAll(/\r?\n/g, lineEnd) : sent;
  });
  if (calls.includes(undefined)) return undefined;
  const text = calls.join(`${call.separator}${lineEnd}${indent}`);
  const edits: readonly Edit[] = [...marks, {start: call.start, end: call.end, text}];
  return {edits: edits.toSorted((one, other) => one.start - other.start), adds: []};
}

/** @returns a call like the statement's that sends other SQL */
export function callWith(
  sql: string,
  {passage}: PlacedStatement,
  {text, path}: LintFile,
): string | undefined {
  const {call, span} = passage;
  if (!call) return undefined;
  const written = asWritten(sql, passage, path) ?? asWritten(onOneLine(sql) ?? '', passage, path);
  if (written === undefined || written === '') return undefined;
  return `${text.slice(call.start, span.start)}${written}${text.slice(span.end, call.end)}`;
}

/** Only where no line end means anything. */
function onOneLine(sql: string): string | undefined {
  return /--|\$\$|'[^']*\n[^']*'/.test(sql) ? undefined : sql.replaceAll(/\s*\r?\n\s*/g, ' ');
}

/** Nothing but the statement is in the string. */
function isOnlyOne({statement, passage}: PlacedStatement): boolean {
  return passage.sql.replace(statement.sql, () => '').replaceAll(/[\s;]/g, '') === '';
}

/** What takes the whole direction out of its transaction; undefined where that cannot be, or others need it. */
function marksOf(
  placed: PlacedStatement,
  {tool, path, text, direction, statements}: LintFile,
): readonly Edit[] | undefined {
  if (tool.outside.how === 'wrap') return [];
  if (tool.outside.how === 'alone') return undefined;
  const others = statements.filter(each => each !== placed);
  if (!others.every(({statement}) => needsNoTransaction(statement))) return undefined;
  const edits = tool.outside.edits({path, text}, direction);
  return edits.length > 0 ? edits : undefined;
}
