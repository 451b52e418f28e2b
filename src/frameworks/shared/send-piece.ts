import type {Failure} from '../../core/outcome.ts';
import type {Session, Signal} from '../../core/session.ts';
import type {Parser, Statement} from '../../core/sql/parser.ts';
import type {Span} from '../../core/sql/positions.ts';
import {failingPlace, type Source} from './failing-place.ts';
import type {Aftermath, Stop} from './run-words.ts';
import {isConcurrent, statementsOf} from './statements.ts';

/** Found before anything of a query runs, also in a transaction that is aborted. */
const syntaxError = '42601';

/** How a part of a file is sent. */
export interface Sending {
  readonly parser: Parser;
  /** In a transaction that the tool has begun; without one a part of several statements is an implicit transaction. */
  readonly inTransaction: boolean;
  /** One statement of the tool's own, such as `BEGIN;`, sent in the same message to save a round trip. */
  readonly opening?: string;
  /** What the tool sends behind it, in the same message as well. Only in a transaction, which an error aborts. */
  readonly closing?: string;
  /** How many parts of the same file are committed already. */
  readonly kept?: number;
  readonly signal?: Signal;
}

/**
 * Sends a part of a file, unchanged, as one simple query.
 * @returns undefined when all of it ran; else why not, where, and what is left of it
 */
export async function sendPiece(
  session: Session,
  source: Source,
  piece: Span,
  {parser, inTransaction, opening = '', closing = '', kept = 0, signal}: Sending,
): Promise<Omit<Stop, 'step'> | undefined> {
  const text = source.sql.slice(piece.start, piece.end);
  const ran = await session.script(opening + text + (closing === '' ? '' : `\n;\n${closing}`), signal);
  if (ran.ok) return undefined;
  const placed = opening === '' ? ran.failure : withoutOpening(ran.failure, opening.length);
  const failure = closing === '' ? placed : await withoutClosing(session, text, placed);
  const at = await failingPlace(source, piece, failure, parser);
  const aftermath = aftermathOf(failure, await statementsOf(parser, text), {inTransaction, kept});
  return {failure, aftermath, ...(at === undefined ? {} : {at})};
}

/** A quote that is not closed takes what follows into the error's words: the part says it better by itself. */
async function withoutClosing(session: Session, text: string, failure: Failure): Promise<Failure> {
  // Without a position it is the error of a text that was built while the part ran.
  if (failure.server?.sqlState !== syntaxError || failure.server.position === undefined) return failure;
  const again = await session.script(text);
  return !again.ok && again.failure.server?.sqlState === syntaxError ? again.failure : failure;
}

/** As if the part had been sent by itself. */
function withoutOpening(failure: Failure, length: number): Failure {
  const {server, completedStatements} = failure;
  const position = server?.position;
  return {
    ...failure,
    ...(server && position !== undefined ? {server: {...server, position: position - length}} : {}),
    ...(completedStatements === undefined ? {} : {completedStatements: Math.max(0, completedStatements - 1)}),
  };
}

function aftermathOf(
  failure: Failure,
  statements: readonly Statement[] | undefined,
  {inTransaction, kept}: {readonly inTransaction: boolean; readonly kept: number},
): Aftermath {
  if (failure.reason === 'connection-lost') return {kind: 'unknown'};
  if (kept > 0) return {kind: 'pieces-kept', kept};
  // The server parses the whole query before it runs any of it.
  if (failure.server?.sqlState === syntaxError && failure.server.position !== undefined)
    return {kind: 'rolled-back'};
  if (statements === undefined) return {kind: 'unknown'};
  if (statements.some(({kind}) => kind === 'TransactionStmt')) return {kind: 'unknown'};
  if (inTransaction || statements.length !== 1) return {kind: 'rolled-back'};
  // A procedure or DO block may commit when it is alone in the query.
  if (statements.some(({kind}) => kind === 'CallStmt' || kind === 'DoStmt')) return {kind: 'unknown'};
  return {kind: statements.some(isConcurrent) ? 'outside-transaction' : 'rolled-back'};
}
