import {basename} from 'node:path';
import {fail, ok, type Failure, type Outcome} from '../../../core/outcome.ts';
import {copiesFromClient} from '../../../core/rehearse/cluster-names.ts';
import type {MigrationScript, Piece} from '../../../core/rehearse/script.ts';
import type {Session, Signal} from '../../../core/session.ts';
import type {Parser} from '../../../core/sql/parser.ts';
import type {Span} from '../../../core/sql/positions.ts';

/** What went wrong with a text that was sent, and where in the file the text is. */
export interface SendFailure extends Span {
  readonly failure: Failure;
}

/**
 * Sends a file as its tool does, unobserved.
 * @param session outside of a transaction; afterwards as before, or gone
 */
export async function sendScript(
  session: Session,
  parser: Parser,
  script: MigrationScript,
  signal?: Signal,
): Promise<SendFailure | undefined> {
  const failed = await sendPieces(session, parser, script, signal);
  const isOpen = ['open', 'failed'].includes(session.transactionStatus());
  if (isOpen) await session.script('ROLLBACK');
  if (failed || !isOpen) return failed;
  return {...leftOpen(script), start: 0, end: script.sql.length};
}

async function sendPieces(
  session: Session,
  parser: Parser,
  script: MigrationScript,
  signal: Signal | undefined,
): Promise<SendFailure | undefined> {
  const copy = await copyFromClient(parser, script);
  if (copy) return copy;
  for (const piece of script.pieces) {
    const begun = await control(session, piece, 'BEGIN', signal);
    if (!begun.ok) return {failure: begun.failure, ...spanOf(piece)};
    for (const {start, end} of await textsOf(parser, script, piece)) {
      const sent = await session.script(script.sql.slice(start, end), signal);
      if (!sent.ok) return {failure: sent.failure, start, end};
    }
    const ended = await control(session, piece, 'COMMIT', signal);
    if (!ended.ok) return {failure: ended.failure, ...spanOf(piece)};
  }
  return undefined;
}

/** Looked for before anything is sent, because a server that waits for the rows runs nothing behind it. */
async function copyFromClient(parser: Parser, {sql}: MigrationScript): Promise<SendFailure | undefined> {
  if (!/\bcopy\b.*\bstdin\b/is.test(sql)) return undefined;
  const parsed = await parser.parse(sql);
  const copy = parsed.ok ? parsed.value.find(copiesFromClient) : undefined;
  if (!copy) return undefined;
  return {...rowsMissing, start: copy.start, end: copy.end};
}

const rowsMissing = fail('sql', 'COPY … FROM STDIN waits for rows that a file sent as SQL cannot hold.', {
  advice: 'It fails on a server as well. Write the rows as INSERT, or load them with psql.',
});

/** @returns the texts of a piece that are sent at once; what the parser does not take is for the server to judge */
async function textsOf(parser: Parser, {sql}: MigrationScript, piece: Piece): Promise<readonly Span[]> {
  if (piece.how === 'query') return [piece];
  const parsed = await parser.parse(sql.slice(piece.start, piece.end));
  if (!parsed.ok) return [piece];
  return parsed.value.map(({start, end}) => ({start: piece.start + start, end: piece.start + end}));
}

function control(
  session: Session,
  {how}: Piece,
  command: 'BEGIN' | 'COMMIT',
  signal: Signal | undefined,
): Promise<Outcome<void>> {
  return how === 'transaction' ? session.script(command, signal) : Promise.resolve(ok(undefined));
}

function spanOf({start, end}: Piece): Span {
  return {start, end};
}

function leftOpen({path}: MigrationScript): {readonly failure: Failure} {
  const name = path === undefined ? 'The file' : basename(path);
  return fail(
    'sql',
    `${name} leaves a transaction open: it has a BEGIN without a COMMIT. It was rolled back.`,
    {
      advice: 'Remove the BEGIN, or add the COMMIT.',
    },
  );
}
