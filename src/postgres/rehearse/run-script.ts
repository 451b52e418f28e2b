import {basename} from 'node:path';
import {fail, type Failure} from '../../core/outcome.ts';
import {firstLineOf, rangesIn} from '../../core/rehearse/ranges.ts';
import type {ObservedStatement, StepRehearsal} from '../../core/rehearse/report.ts';
import type {MigrationScript, Piece} from '../../core/rehearse/script.ts';
import {sortOfInsert} from '../../core/rehearse/statement-nature.ts';
import type {Session, Signal} from '../../core/session.ts';
import {locateFailure} from '../../core/sql/locate.ts';
import type {Parser, Statement} from '../../core/sql/parser.ts';
import {positionOfOffset, type Span} from '../../core/sql/positions.ts';
import {Observer} from './observe.ts';
import {StatementRunner, type Raw} from './run-statement.ts';

export interface RunScriptOptions {
  readonly signal?: Signal | undefined;
  /** The caller has a transaction open, which takes in the whole file: `fitsOneTransaction` says for which that is the same. */
  readonly within?: boolean;
  /** Sent after each statement that may have changed settings. */
  readonly afterSettings?: string;
  readonly onStatement?: ((statement: ObservedStatement, raw: RanStatement) => void) | undefined;
}

/** A statement as it ran, with what only the engine needs of it. */
export interface RanStatement {
  readonly observed: ObservedStatement;
  readonly statement: Statement;
  /** In the file. */
  readonly span: Span;
  /** The same for all statements of one transaction. */
  readonly transaction: number;
}

export interface ScriptRun {
  readonly ran: readonly RanStatement[];
  readonly milliseconds: number;
  readonly failure?: NonNullable<StepRehearsal['failure']>;
}

/**
 * Runs a file as its tool would, and observes every statement. Where the tool sends several statements as one query
 * they run one by one between BEGIN and COMMIT, which is the same but for what the file itself says of transactions;
 * that is followed.
 * @param session outside of a transaction, unless `within`; afterwards as before, or gone
 */
export async function runScript(
  session: Session,
  parser: Parser,
  script: MigrationScript,
  options: RunScriptOptions = {},
): Promise<ScriptRun> {
  const run = new Run(session, parser, script, options);
  return run.all();
}

class Run {
  readonly #parser: Parser;
  readonly #script: MigrationScript;
  readonly #options: RunScriptOptions;
  readonly #observer: Observer;
  readonly #runner: StatementRunner;
  readonly #rangeOf: ReturnType<typeof rangesIn>;
  readonly #ran: RanStatement[] = [];

  constructor(session: Session, parser: Parser, script: MigrationScript, options: RunScriptOptions) {
    this.#parser = parser;
    this.#script = script;
    this.#options = options;
    this.#observer = new Observer(session);
    this.#runner = new StatementRunner(session, this.#observer, options);
    this.#rangeOf = rangesIn(script.path ?? '', script.sql);
  }

  async all(): Promise<ScriptRun> {
    const began = performance.now();
    const failure = await this.#everything();
    if (failure) await this.#runner.rollBack();
    const milliseconds = performance.now() - began;
    return {ran: this.#ran, milliseconds, ...(failure ? {failure} : {})};
  }

  async #everything(): Promise<ScriptRun['failure']> {
    const prepared = await this.#observer.prepare(this.#options.signal);
    if (!prepared.ok) return {failure: prepared.failure};
    for (const piece of this.#script.pieces) {
      const failed = await this.#piece(piece);
      if (failed) return failed;
    }
    return this.#runner.leftOpen() ? this.#leftOpen() : undefined;
  }

  async #piece(piece: Piece): Promise<ScriptRun['failure']> {
    const text = this.#script.sql.slice(piece.start, piece.end);
    const parsed = await this.#parser.parse(text);
    // The server has the last word on what the parser does not take.
    const statements = parsed.ok ? parsed.value : [wholeOf(text)];
    const mode =
      piece.how === 'query' && statements.length > 1
        ? 'together'
        : piece.how === 'transaction'
          ? 'transaction'
          : 'alone';
    for (const alike of mode === 'alone' ? statements.map(each => [each]) : inRuns(statements)) {
      const ran = await this.#runner.run(alike, text, mode);
      for (const [index, raw] of ran.done.entries()) {
        const statement = alike[index];
        if (statement) this.#tell(piece, statement, raw);
      }
      const failed = alike[ran.done.length];
      if (ran.failure && failed) return this.#failed(piece, failed, ran.failure, ran.start);
    }
    const ended = await this.#runner.endPiece(mode);
    return ended.ok ? undefined : this.#failedAtEnd(piece, statements, ended.failure);
  }

  #tell({start}: Piece, statement: Statement, raw: Raw): void {
    const span = {start: start + statement.start, end: start + statement.end};
    const observed: ObservedStatement = {range: this.#rangeOf(span), ...raw, words: []};
    const ran = {observed, statement, span, transaction: this.#runner.transaction};
    this.#ran.push(ran);
    this.#options.onStatement?.(observed, ran);
  }

  /** @param start of the text that was sent, in the piece */
  #failed(
    piece: Piece,
    statement: Statement,
    failure: Failure,
    start: number,
  ): NonNullable<ScriptRun['failure']> {
    const text = this.#script.sql.slice(piece.start, piece.end);
    const span = locateFailure(text, inPiece(failure, text, start), [statement]) ?? statement;
    return {failure, at: this.#at(piece.start, span)};
  }

  /** At COMMIT deferred constraints are checked: the statement that names the constraint or its table has caused it. */
  #failedAtEnd(
    piece: Piece,
    statements: readonly Statement[],
    failure: Failure,
  ): NonNullable<ScriptRun['failure']> {
    const text = this.#script.sql.slice(piece.start, piece.end);
    // What COMMIT completes says nothing of the statements before it.
    const {completedStatements: _, ...atCommit} = failure;
    const span = locateFailure(text, atCommit, statements) ?? firstLineOf(text);
    return {failure, at: this.#at(piece.start, span)};
  }

  #leftOpen(): NonNullable<ScriptRun['failure']> {
    const name = basename(this.#script.path ?? 'the file');
    const {failure} = fail('sql', `${name} leaves a transaction open: it has a BEGIN without a COMMIT.`, {
      advice: 'Remove the BEGIN, or add the COMMIT.',
    });
    const begin = this.#ran.findLast(({observed}) => observed.transaction === 'control');
    return {failure, ...(begin ? {at: begin.observed.range} : {})};
  }

  #at(offset: number, {start, end}: Span): ReturnType<ReturnType<typeof rangesIn>> {
    return this.#rangeOf({start: offset + start, end: offset + end});
  }
}

/** Statements that are alike and follow each other, in portions; all others by themselves. */
function inRuns(statements: readonly Statement[]): readonly (readonly Statement[])[] {
  const runs: Statement[][] = [];
  let sort: string | undefined;
  for (const statement of statements) {
    const own = sortOfInsert(statement);
    const last = runs.at(-1);
    if (last && own !== undefined && own === sort && last.length < longestRun) last.push(statement);
    else runs.push([statement]);
    sort = own;
  }
  return runs;
}

const longestRun = 200;

/** The server counts from the start of the text that was sent. */
function inPiece(failure: Failure, text: string, start: number): Failure {
  const {server} = failure;
  if (server?.position === undefined) return failure;
  return {...failure, server: {...server, position: server.position + positionOfOffset(text, start) - 1}};
}

function wholeOf(text: string): Statement {
  return {
    kind: 'Unknown',
    node: {},
    start: text.length - text.trimStart().length,
    end: text.trimEnd().length,
  };
}
