import {ok, type Failure, type Outcome} from '../../core/outcome.ts';
import type {ObservedStatement} from '../../core/rehearse/report.ts';
import {
  commandName,
  controlOf,
  isTransactionSetting,
  maySet,
  needsNoBlock,
  rewritesOf,
} from '../../core/rehearse/statement-nature.ts';
import type {Session, Signal} from '../../core/session.ts';
import type {Statement} from '../../core/sql/parser.ts';
import {aloneFacts} from './alone.ts';
import type {Observation, Observer} from './observe.ts';

/** All of an observed statement but its place and its words. */
export type Raw = Omit<ObservedStatement, 'range' | 'words'>;

/** How a piece is sent: its statements as one query, between the tool's own BEGIN and COMMIT, or each for itself. */
export type Sending = 'together' | 'transaction' | 'alone';

export interface StatementRunnerOptions {
  readonly within?: boolean;
  readonly afterSettings?: string;
  readonly signal?: Signal | undefined;
}

/** What ran of a text, and why no more. */
export interface Ran {
  readonly done: readonly Raw[];
  readonly failure?: Failure;
  /** Where the text began that a failure counts in. */
  readonly start: number;
}

const nothing: Observation = {locks: [], rewrites: [], scans: [], rows: []};
/** A statement that no block takes (`active_sql_transaction`), and COMMIT where a block is open. */
const needsToBeAlone = new Set(['25001', '2D000']);

/** Sends statements, and keeps account of the transaction block that the tool's query would be in. */
export class StatementRunner {
  readonly #session: Session;
  readonly #observer: Observer;
  readonly #options: StatementRunnerOptions;
  /** `implicit`: opened here in place of the one query; `own`: by the file. */
  #block: 'none' | 'implicit' | 'own' = 'none';
  #counting = false;
  #transaction = 0;

  constructor(session: Session, observer: Observer, options: StatementRunnerOptions) {
    this.#session = session;
    this.#observer = observer;
    this.#options = options;
    if (options.within === true) this.#block = 'own';
  }

  /** A number that is the same for all statements of one transaction. */
  get transaction(): number {
    return this.#transaction;
  }

  /**
   * @param alike statements of `sql` that follow each other; more than one only of those that `sortOfInsert` calls the
   * same, which are sent at once and looked at together
   * @returns what each did that ran; a failure of the next one leaves the block open, for `rollBack`
   */
  async run(alike: readonly Statement[], sql: string, sending: Sending): Promise<Ran> {
    const [first] = alike;
    const start = first?.start ?? 0;
    if (!first) return {done: [], start};
    if (alike.length === 1) return ranOf(await this.#single(first, sql, sending), start);
    const opened = this.#block === 'none' ? await this.#open() : ok(undefined);
    return opened.ok ? this.#together(alike, first, sql) : ranOf(opened, start);
  }

  /** What they did stands at the last one; the time is the mean. */
  async #together(alike: readonly Statement[], first: Statement, sql: string): Promise<Ran> {
    const {start} = first;
    const command = commandName(first, sql);
    const ran = await this.#inBlock(first, sql.slice(start, alike.at(-1)?.end), command);
    const how = {transaction: 'block', howLocksAreKnown: 'observed'} as const;
    if (!ran.ok) {
      const completed = ran.failure.completedStatements ?? 0;
      return {
        done: alike.slice(0, completed).map(() => raw(command, 0, nothing, how)),
        failure: ran.failure,
        start,
      };
    }
    const milliseconds = ran.value.milliseconds / alike.length;
    const each = raw(command, milliseconds, nothing, how);
    return {done: [...alike.slice(1).map(() => each), {...ran.value, milliseconds}], start};
  }

  async #single(statement: Statement, sql: string, sending: Sending): Promise<Outcome<Raw>> {
    const text = sql.slice(statement.start, statement.end);
    const command = commandName(statement, sql);
    if (controlOf(statement) !== undefined) return this.#control(statement, text, command);
    if (this.#block !== 'none') return this.#inBlock(statement, text, command);
    if (sending === 'alone') return this.#lone(statement, text, command);
    const opened = await this.#open();
    return opened.ok ? this.#inBlock(statement, text, command) : opened;
  }

  /** Commits what stands for the implicit block of a query; one that the file has begun goes on. */
  async endPiece(sending: Sending): Promise<Outcome<void>> {
    // What COMMIT would check, the caller's transaction checks here.
    if (this.#options.within === true) return this.#session.script('SET CONSTRAINTS ALL IMMEDIATE');
    if (this.#block === 'none' || (this.#block === 'own' && sending !== 'transaction')) return ok(undefined);
    return this.#close();
  }

  /** @returns whether the file has begun a transaction that it does not end */
  leftOpen(): boolean {
    return this.#options.within !== true && this.#block === 'own';
  }

  /** Takes no signal: it has to happen also after a cancel. */
  async rollBack(): Promise<void> {
    if (this.#options.within === true) return;
    this.#block = 'none';
    const status = this.#session.transactionStatus();
    if (status === 'open' || status === 'failed') await this.#session.script('ROLLBACK');
  }

  async #open(): Promise<Outcome<void>> {
    const began = await this.#session.script('BEGIN', this.#options.signal);
    if (began.ok) this.#block = 'implicit';
    this.#counting = false;
    this.#transaction += 1;
    return began;
  }

  async #close(): Promise<Outcome<void>> {
    const ended = await this.#session.script('COMMIT', this.#options.signal);
    if (ended.ok) this.#block = 'none';
    return ended;
  }

  async #lone(statement: Statement, text: string, command: string): Promise<Outcome<Raw>> {
    if (needsNoBlock(statement)) return this.#bare(statement, text, command);
    const opened = await this.#open();
    if (!opened.ok) return opened;
    const tried = await this.#inBlock(statement, text, command);
    if (!tried.ok && needsToBeAlone.has(tried.failure.server?.sqlState ?? '')) {
      await this.rollBack();
      return this.#bare(statement, text, command);
    }
    if (!tried.ok) return tried;
    const ended = await this.#close();
    return ended.ok ? tried : ended;
  }

  async #inBlock(statement: Statement, text: string, command: string): Promise<Outcome<Raw>> {
    if (isTransactionSetting(statement)) return this.#unobserved(text, command, 'block');
    const {afterSettings, signal} = this.#options;
    if (!this.#counting) {
      const began = await this.#observer.begin(this.#options.signal);
      if (!began.ok) return began;
      this.#counting = true;
    }
    const ran = await this.#timed(text);
    if (!ran.ok) return ran;
    if (afterSettings !== undefined && maySet(statement)) {
      const limited = await this.#session.script(afterSettings, signal);
      if (!limited.ok) return limited;
    }
    const seen = await this.#observer.look({rewrites: rewritesOf(statement), signal});
    if (!seen.ok) return seen;
    return ok(raw(command, ran.value, seen.value, {transaction: 'block', howLocksAreKnown: 'observed'}));
  }

  async #bare(statement: Statement, text: string, command: string): Promise<Outcome<Raw>> {
    const {signal} = this.#options;
    this.#transaction += 1;
    const facts = await aloneFacts(this.#session, statement, oid => this.#observer.isNew(oid), signal);
    if (!facts.ok) return facts;
    const ran = await this.#timed(text);
    if (!ran.ok) return ran;
    const rewrites = await this.#observer.movedFiles(signal);
    if (!rewrites.ok) return rewrites;
    const seen = {...nothing, ...facts.value, rewrites: rewrites.value};
    return ok(raw(command, ran.value, seen, {transaction: 'alone', howLocksAreKnown: 'documented'}));
  }

  async #control(statement: Statement, text: string, command: string): Promise<Outcome<Raw>> {
    const control = controlOf(statement) ?? '';
    if (this.#block === 'implicit' && control.includes('SAVEPOINT')) await this.rollBack();
    const ran = await this.#unobserved(text, command, 'control');
    const status = this.#session.transactionStatus();
    if (status === 'idle') this.#block = 'none';
    else if (this.#block === 'none' || control === 'TRANS_STMT_BEGIN' || control === 'TRANS_STMT_START')
      this.#block = 'own';
    if (/COMMIT|ROLLBACK$/.test(control) || (status === 'open' && !this.#counting)) {
      this.#counting = false;
      this.#transaction += 1;
    }
    return ran;
  }

  async #unobserved(text: string, command: string, transaction: Raw['transaction']): Promise<Outcome<Raw>> {
    const ran = await this.#timed(text);
    return ran.ok ? ok(raw(command, ran.value, nothing, {transaction, howLocksAreKnown: 'observed'})) : ran;
  }

  async #timed(text: string): Promise<Outcome<number>> {
    const began = performance.now();
    const ran = await this.#session.script(text, this.#options.signal);
    return ran.ok ? ok(performance.now() - began) : ran;
  }
}

function ranOf(ran: Outcome<Raw> | Extract<Outcome<void>, {ok: false}>, start: number): Ran {
  return ran.ok ? {done: [ran.value], start} : {done: [], failure: ran.failure, start};
}

function raw(
  command: string,
  milliseconds: number,
  seen: Observation,
  how: Pick<Raw, 'transaction' | 'howLocksAreKnown'>,
): Raw {
  return {command, milliseconds, ...seen, ...how};
}
