import {basename} from 'node:path';
import {fail, type Failure} from '../../core/outcome.ts';
import type {FileRange} from '../../core/migrations/plan.ts';
import type {Session, Signal} from '../../core/session.ts';
import {locateFailure} from '../../core/sql/locate.ts';
import type {Parser, Statement} from '../../core/sql/parser.ts';
import {placeOf, type Span} from '../../core/sql/positions.ts';
import type {Aftermath} from '../shared/run-words.ts';
import {isConcurrent, statementsOf} from '../shared/statements.ts';
import {isBlank} from '../../core/golang-migrate/pieces.ts';
import {splitPieces} from './multi-statement.ts';
import type {Settings} from './settings.ts';

export interface FileFailure {
  readonly failure: Failure;
  readonly at?: FileRange;
  readonly aftermath: Aftermath;
}

/** A file's text and where it came from. */
export interface Source {
  readonly path: string;
  readonly sql: string;
}

/**
 * Sends a file as the tool does: as one query, or in pieces. A blank text is not sent.
 * @returns undefined when all of it ran and no transaction is left open
 */
export async function runFile(
  session: Session,
  source: Source,
  settings: Settings,
  parser: Parser,
  signal?: Signal,
): Promise<FileFailure | undefined> {
  const {sql, path} = source;
  const whole: Span = {start: 0, end: sql.length};
  const split = settings.multiStatement ? splitPieces(sql, settings.multiStatementMaxSize) : undefined;
  const pieces = split?.pieces ?? [whole];
  for (const [index, piece] of pieces.entries()) {
    const text = sql.slice(piece.start, piece.end);
    if (isBlank(text)) continue;
    const ran = await session.script(text, signal);
    if (!ran.ok) return explain(source, piece, ran.failure, parser, split && index);
  }
  if (split?.tooLong === true) return tooLong(path, split.pieces.length);
  return session.transactionStatus() === 'idle' ? undefined : leftOpen(path);
}

async function explain(
  {path, sql}: Source,
  piece: Span,
  failure: Failure,
  parser: Parser,
  kept: number | undefined,
): Promise<FileFailure> {
  const text = sql.slice(piece.start, piece.end);
  const statements = await statementsOf(parser, text);
  const aftermath = aftermathOf(failure, statements, kept);
  if (failure.server === undefined) return {failure, aftermath};
  const span = locateFailure(text, failure, statements) ?? firstLine(text);
  const place = (offset: number) => placeOf(sql, piece.start + offset);
  return {failure, aftermath, at: {path, start: place(span.start), end: place(span.end)}};
}

function aftermathOf(
  failure: Failure,
  statements: readonly Statement[] | undefined,
  kept: number | undefined,
): Aftermath {
  if (failure.reason === 'connection-lost') return {kind: 'unknown'};
  if (kept !== undefined && kept > 0) return {kind: 'pieces-kept', kept};
  // The server parses the whole query before it runs any of it.
  if (failure.server?.sqlState === '42601' && failure.server.position !== undefined)
    return {kind: 'rolled-back'};
  if (statements === undefined) return {kind: 'unknown'};
  if (statements.some(({kind}) => kind === 'TransactionStmt')) return {kind: 'unknown'};
  // A procedure or DO block may commit when it is alone in the query.
  if (statements.length === 1 && statements.some(({kind}) => kind === 'CallStmt' || kind === 'DoStmt'))
    return {kind: 'unknown'};
  return statements.length === 1 && statements.some(isConcurrent)
    ? {kind: 'outside-transaction'}
    : {kind: 'rolled-back'};
}

function firstLine(text: string): Span {
  return {start: 0, end: /[\r\n]|$/.exec(text)?.index ?? text.length};
}

function leftOpen(path: string): FileFailure {
  const {failure} = fail(
    'sql',
    `${basename(path)} leaves a transaction open: it has a BEGIN without a COMMIT. It was rolled back.`,
    {advice: 'Remove the BEGIN (the file runs in one transaction anyway) or add the COMMIT.'},
  );
  return {failure, aftermath: {kind: 'unknown'}};
}

function tooLong(path: string, kept: number): FileFailure {
  const {failure} = fail(
    'invalid-input',
    `A piece of ${basename(path)} is larger than x-multi-statement-max-size, where golang-migrate stops.`,
    {advice: 'Raise x-multi-statement-max-size in the connection’s address, or split the file.'},
  );
  return {failure, aftermath: kept === 0 ? {kind: 'rolled-back'} : {kind: 'pieces-kept', kept}};
}
