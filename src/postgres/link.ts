import type {Client, QueryConfig} from 'pg';
import * as z from 'zod/mini';
import {fail, ok, type Outcome, type ServerError} from '../core/outcome.ts';
import type {Notice, Queryable, QueryResult, Session, Signal, TextsOptions} from '../core/session.ts';
import {watchCancel, type BackendKey} from './cancel.ts';
import {cancelledFailure, lostFailure, statementFailure, type Failed} from './failures.ts';
import {readNotice, readServerError} from './server-error.ts';
import type {ServerStream} from './server-stream.ts';
import type {Route} from './transport.ts';

const KeyData = z.object({processID: z.int(), secretKey: z.int()});

// How long the server may take to say goodbye before the socket is simply closed.
const goodbye = 2000;

/** Leaves every value as the server wrote it. */
const asSent = {getTypeParser: () => (text: string) => text};

/** One signed-in connection: all of a session but for who the server is. Statements run one after the other. */
export class Link implements Queryable {
  readonly route: Route;
  readonly #client: Client;
  readonly #stream: ServerStream;
  #key: BackendKey | undefined;
  #turn: Promise<unknown> = Promise.resolve();
  #gone = false;
  #closed = false;
  #lastWords: ServerError | undefined;
  #extended = false;
  #completed = 0;

  /** @param client not connected yet, so that nothing the server says is missed */
  constructor(client: Client, stream: ServerStream, route: Route) {
    this.route = route;
    this.#client = client;
    this.#stream = stream;
    client.on('error', error => this.#drop(error));
    client.on('end', () => (this.#gone = true));
    client.connection.on('backendKeyData', message => this.#keep(message));
    client.connection.on('commandComplete', () => (this.#completed += 1));
    client.connection.on('copyInResponse', () => this.#endCopy());
  }

  get key(): BackendKey | undefined {
    return this.#key;
  }

  query(sql: string, params: readonly unknown[] = [], signal?: Signal): Promise<Outcome<QueryResult>> {
    // Without the mode the driver takes the simple protocol when there are no values, and that takes several statements.
    const config: QueryConfig & {queryMode: string} = {text: sql, values: [...params], queryMode: 'extended'};
    return this.#inTurn(sql, signal, async () => {
      this.#extended = true;
      const {rows, rowCount, fields} = await this.#client.query<Record<string, unknown>>(config);
      return {rows, rowCount: rowCount ?? 0, columns: fields.map(({name}) => name)};
    });
  }

  texts(sql: string, {params}: TextsOptions = {}, signal?: Signal): Promise<Outcome<readonly string[]>> {
    const config: QueryConfig & {queryMode?: string; rowMode: 'array'} = {
      text: sql,
      rowMode: 'array',
      types: asSent,
      ...(params === undefined ? {} : {values: [...params], queryMode: 'extended'}),
    };
    return this.#inTurn(sql, signal, async () => {
      this.#extended = params !== undefined;
      const {rows} = await this.#client.query<unknown[]>(config);
      return rows.flatMap(([text]) => (typeof text === 'string' ? [text] : []));
    });
  }

  async script(sql: string, signal?: Signal): Promise<Outcome<void>> {
    let completed = 0;
    const outcome = await this.#inTurn<void>(sql, signal, async () => {
      this.#extended = false;
      this.#completed = 0;
      try {
        await this.#client.query(sql);
      } finally {
        completed = this.#completed;
      }
    });
    return outcome.ok ? outcome : {ok: false, failure: {...outcome.failure, completedStatements: completed}};
  }

  transactionStatus(): ReturnType<Session['transactionStatus']> {
    if (this.#gone) return 'gone';
    const status = this.#client.getTransactionStatus();
    return status === 'T' ? 'open' : status === 'E' ? 'failed' : 'idle';
  }

  onNotice(listener: (notice: Notice) => void): () => void {
    const receive = (message: unknown): void => {
      const notice = readNotice(message);
      if (notice) listener(notice);
    };
    this.#client.on('notice', receive);
    return () => void this.#client.off('notice', receive);
  }

  async close(): Promise<void> {
    this.#closed = true;
    const late = setTimeout(() => this.#stream.destroy(), goodbye);
    await this.#client.end();
    clearTimeout(late);
    this.#gone = true;
  }

  #inTurn<T>(sql: string, signal: Signal | undefined, send: () => Promise<T>): Promise<Outcome<T>> {
    const outcome = this.#turn.then(() => this.#exchange(sql, signal, send));
    this.#turn = outcome;
    return outcome;
  }

  async #exchange<T>(sql: string, signal: Signal | undefined, send: () => Promise<T>): Promise<Outcome<T>> {
    if (this.#closed) return fail('connection-lost', 'This session was closed.');
    if (this.#gone) return lostFailure(this.route.place, this.#lastWords);
    if (signal?.aborted) return cancelledFailure('Cancelled before anything was sent.');
    if (sql.includes('\0'))
      return fail('invalid-input', 'The SQL contains a NUL character.', {advice: nulAdvice});
    const settled = this.#settled();
    const watch = watchCancel(
      signal,
      this.route,
      () => this.#key,
      () => this.#stream.destroy(),
    );
    try {
      return ok(await send());
    } catch (error) {
      // The transaction status comes after the error.
      await settled;
      return this.#failure(error, watch.asked());
    } finally {
      await settled;
      await watch.end();
    }
  }

  /** Resolves when the server is ready for the next statement, or is gone. */
  #settled(): Promise<void> {
    return new Promise(resolve => {
      const settle = (): void => {
        this.#client.off('drain', settle).off('end', settle);
        resolve();
      };
      this.#client.on('drain', settle).on('end', settle);
    });
  }

  /** After an error outside a statement the driver takes no more statements, whether the socket is open or not. */
  #drop(error: unknown): void {
    this.#lastWords = readServerError(error) ?? this.#lastWords;
    this.#stream.destroy();
  }

  #failure(error: unknown, asked: boolean): Failed {
    const reported = readServerError(error);
    if (this.#gone) {
      this.#lastWords = reported ?? this.#lastWords;
      return lostFailure(this.route.place, this.#lastWords);
    }
    if (reported && asked && reported.sqlState === '57014')
      return cancelledFailure('Cancelled on the server.', reported);
    if (reported) return statementFailure(reported);
    // A value that cannot be written as a parameter, or a row that cannot be read.
    return fail('invalid-input', error instanceof Error ? error.message : 'The statement could not be sent.');
  }

  #keep(message: unknown): void {
    const parsed = KeyData.safeParse(message);
    if (parsed.success) this.#key = {processId: parsed.data.processID, secret: parsed.data.secretKey};
  }

  /**
   * In the extended protocol the server ignores the Sync that came while it waited for rows, and waits for
   * another after the driver's refusal to send any.
   */
  #endCopy(): void {
    if (this.#extended) process.nextTick(() => this.#client.connection.sync());
  }
}

const nulAdvice = 'Save the file as UTF-8: a NUL is what UTF-16 looks like, and PostgreSQL cannot hold it.';
