import {basename} from 'node:path';
import {fail} from '../../core/outcome.ts';
import type {Session, Signal} from '../../core/session.ts';
import type {Parser} from '../../core/sql/parser.ts';
import type {Span} from '../../core/sql/positions.ts';
import type {Source} from '../shared/failing-place.ts';
import {leftOpen} from '../shared/left-open.ts';
import type {Stop} from '../shared/run-words.ts';
import {sendPiece} from '../shared/send-piece.ts';
import {isBlank} from '../../core/golang-migrate/pieces.ts';
import {splitPieces} from './multi-statement.ts';
import type {Settings} from './settings.ts';

const openAdvice = 'Remove the BEGIN (the file runs in one transaction anyway) or add the COMMIT.';

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
): Promise<Omit<Stop, 'step'> | undefined> {
  const {sql, path} = source;
  const whole: Span = {start: 0, end: sql.length};
  const split = settings.multiStatement ? splitPieces(sql, settings.multiStatementMaxSize) : undefined;
  const pieces = split?.pieces ?? [whole];
  for (const [index, piece] of pieces.entries()) {
    const text = sql.slice(piece.start, piece.end);
    if (isBlank(text)) continue;
    const how = {parser, inTransaction: false, kept: split ? index : 0, ...(signal ? {signal} : {})};
    const failed = await sendPiece(session, source, piece, how);
    if (failed) return failed;
  }
  if (split?.tooLong === true) return tooLong(path, split.pieces.length);
  return session.transactionStatus() === 'idle' ? undefined : leftOpen(path, openAdvice);
}

function tooLong(path: string, kept: number): Omit<Stop, 'step'> {
  const {failure} = fail(
    'invalid-input',
    `A piece of ${basename(path)} is larger than x-multi-statement-max-size, where golang-migrate stops.`,
    {advice: 'Raise x-multi-statement-max-size in the connection’s address, or split the file.'},
  );
  return {failure, aftermath: kept === 0 ? {kind: 'rolled-back'} : {kind: 'pieces-kept', kept}};
}
