import {ask, type Answer, type Backend, type BackendLoss, type BackendStart} from './backend.ts';
import {
  captureSql,
  installSql,
  noteOwnNames,
  readState,
  reportedSql,
  resetSql,
  type SessionState,
} from './session-state.ts';
import {createTurnstile} from './turnstile.ts';
import {createWholeMessages} from './whole-messages.ts';
import {errorResponse, message, readyIdle} from './wire.ts';

/** One client of the shared backend, between `enter` and `leave`. */
export interface Client {
  /** As it was when its last turn ended; at first as the client asked for it. */
  session: SessionState;
  /** Close messages for its prepared statements. */
  closeStatements(): Buffer;
  /** Ends the connection. */
  end(): void;
}

/** What a new client is told: the reported settings, or the error that refuses it. */
export type Entry =
  | {
      readonly kind: 'entered';
      readonly reported: readonly (readonly [string, string])[];
      readonly pid: number;
    }
  | {readonly kind: 'refused'; readonly response: Buffer};

/**
 * Lets many connections share the one backend that PGlite is. A connection has it from the first message of a
 * transaction to its end, and the others wait: an open transaction makes them wait as long as it is open. User, role
 * and settings are each connection's own. Shared by all, unlike on a server: the backend's pid, session advisory
 * locks (they exclude nobody), temporary tables, LISTEN, and what SQL's own PREPARE prepared.
 */
export interface Turns {
  enter(client: Client): Promise<Entry>;
  /**
   * Runs a batch that ends in Query, Sync, FunctionCall or Flush.
   * @returns false when the connection must end; the client has been told why
   */
  run(client: Client, batch: Buffer, write: (piece: Uint8Array) => void): Promise<boolean>;
  leave(client: Client): Promise<void>;
  /** What a cancel request asks for: a waiting batch is withdrawn, a running one ended with its backend. */
  cancel(client: Client): void;
  /** Runs texts of the server's own between the turns of the connections, which wait until the task is done. */
  between<T>(task: (ask: (sql: string) => Promise<Answer>) => Promise<T>): Promise<T>;
  /**
   * Ends all connections and the backend, at once.
   * @param start makes the backend that takes its place
   */
  replace(start: () => Promise<BackendStart>): Promise<BackendStart>;
  /** Ends the backend: in order when it is free within `patience` milliseconds, otherwise at once. */
  close(patience: number): Promise<void>;
}

/** A statement that is about to end by itself is given this long, in milliseconds, before the backend is killed. */
const grace = 300;

/** @param mostOfAnswer bytes; a statement that answers with more is ended with its backend */
export function createTurns(
  first: Backend,
  restart: () => Promise<BackendStart>,
  mostOfAnswer = Infinity,
): Turns {
  const turnstile = createTurnstile<Client>();
  const clients = new Set<Client>();
  const ownNames = new Set<string>();
  let backend = first;
  let owner: Client | undefined;
  let running: Client | undefined;
  let closing = false;
  let replacing = false;

  async function revive(): Promise<boolean> {
    if (closing || replacing) return false;
    if (backend.alive()) return true;
    const started = await restart();
    if (started.kind === 'failed') return false;
    backend = started.backend;
    owner = undefined;
    return true;
  }

  /** @returns the error that keeps `client` from its session, if any. */
  async function install(client: Client, asUser: boolean): Promise<Buffer | undefined> {
    if (!(await revive())) return lost('crashed');
    if (owner === client) return undefined;
    if (owner) {
      const captured = await ask(backend, captureSql(ownNames));
      if (captured.kind === 'rows') owner.session = readState(captured.rows);
    }
    owner = undefined;
    await ask(backend, resetSql);
    const installed = await ask(backend, installSql(client.session, {asUser}));
    if (installed.kind === 'error') return message('E', installed.response);
    if (installed.kind === 'lost') return lost(installed.why);
    owner = client;
    return undefined;
  }

  async function enter(client: Client): Promise<Entry> {
    if (!(await turnstile.enter(client))) return {kind: 'refused', response: lost('crashed')};
    try {
      const response = await install(client, true);
      if (response) return {kind: 'refused', response};
      const [pid, reported] = [
        await ask(backend, 'SELECT pg_catalog.pg_backend_pid()'),
        await ask(backend, reportedSql),
      ];
      if (pid.kind !== 'rows' || reported.kind !== 'rows')
        return {kind: 'refused', response: lost('crashed')};
      clients.add(client);
      const pairs = reported.rows.map(([name, value]) => [name ?? '', value ?? ''] as const);
      return {kind: 'entered', reported: pairs, pid: Number(pid.rows[0]?.[0])};
    } finally {
      turnstile.exit(client);
    }
  }

  async function run(client: Client, batch: Buffer, write: (piece: Uint8Array) => void): Promise<boolean> {
    if (turnstile.holder() !== client && !(await turnstile.enter(client))) {
      write(Buffer.concat([cancelledWhileWaiting, readyIdle]));
      return true;
    }
    const refused = await install(client, false);
    if (refused) {
      turnstile.exit(client);
      write(refused);
      return false;
    }
    noteOwnNames(batch, ownNames);
    running = client;
    const answer = createWholeMessages(write, mostOfAnswer);
    const result = await backend.run(batch, piece => {
      answer.push(piece);
      if (answer.isTooLong()) void backend.kill();
    });
    running = undefined;
    const tooMuch = answer.isTooLong();
    // it may have been done before its end came: the client has not got all of it all the same
    if (tooMuch) await backend.kill();
    if (tooMuch || result.kind === 'lost' || result.status === 'idle') turnstile.exit(client);
    if (!tooMuch && result.kind === 'done') return true;
    write(lost(tooMuch || result.kind === 'done' ? 'too-much' : result.why));
    return false;
  }

  async function leave(client: Client): Promise<void> {
    clients.delete(client);
    const inside = turnstile.holder() === client;
    const statements = client.closeStatements();
    if (!inside && statements.length === 0 && clients.size > 0) return;
    if (!inside && !(await turnstile.enter(client))) return;
    if (backend.alive()) {
      if (statements.length > 0 || inside)
        await backend.run(Buffer.concat([statements, message('S')]), () => {});
      if (inside) await ask(backend, 'ROLLBACK');
      if (clients.size === 0) {
        await ask(backend, 'RESET SESSION AUTHORIZATION');
        await ask(backend, 'DISCARD ALL');
        owner = undefined;
      }
    }
    turnstile.exit(client);
  }

  /** Waits for the end of the turn that is on. */
  async function between<T>(task: () => Promise<T>): Promise<T> {
    const turn: Client = {session: readState([]), closeStatements: () => Buffer.alloc(0), end: () => {}};
    await turnstile.enter(turn);
    try {
      return await task();
    } finally {
      turnstile.exit(turn);
    }
  }

  async function askNow(sql: string): Promise<Answer> {
    return (await revive()) ? ask(backend, sql) : {kind: 'lost', why: 'crashed'};
  }

  async function replace(start: () => Promise<BackendStart>): Promise<BackendStart> {
    replacing = true;
    for (const client of clients) client.end();
    await backend.kill();
    return between(async () => {
      const started = await start();
      if (started.kind === 'started') backend = started.backend;
      owner = undefined;
      replacing = false;
      return started;
    });
  }

  return {
    enter,
    run,
    leave,
    between: task => between(() => task(askNow)),
    replace,
    cancel: client => {
      if (turnstile.withdraw(client) || running !== client) return;
      const doomed = backend;
      setTimeout(() => {
        if (running === client && backend === doomed) void doomed.kill();
      }, grace);
    },
    close: async patience => {
      closing = true;
      const late = setTimeout(() => void backend.kill(), patience);
      await backend.close();
      clearTimeout(late);
    },
  };
}

const cancelledWhileWaiting = errorResponse({
  severity: 'ERROR',
  sqlState: '57014',
  message: 'The statement was cancelled while it waited for another connection to end its transaction.',
});

const losses: Record<
  BackendLoss | 'too-much',
  {readonly sqlState: string; readonly message: string; readonly hint: string}
> = {
  killed: {
    sqlState: '57014',
    message:
      'The statement was cancelled. The embedded PostgreSQL cannot end one statement alone: it restarts, and this session is closed.',
    hint: 'Connect again. What was committed is kept, what was not is rolled back.',
  },
  'copy-in': {
    sqlState: '0A000',
    message:
      'COPY FROM STDIN is not possible in the embedded PostgreSQL, which restarts; this session is closed.',
    hint: 'Use INSERT, or try this file on a PostgreSQL server.',
  },
  'too-much': {
    sqlState: '54000',
    message:
      'The statement answers with more rows than anybody reads here. It was ended; the embedded PostgreSQL restarts, and this session is closed.',
    hint: 'Let it return less.',
  },
  crashed: {
    sqlState: '57P02',
    message: 'The embedded PostgreSQL ended while it ran this statement; this session is closed.',
    hint: 'Connect again. What was committed is kept, what was not is rolled back.',
  },
};

function lost(why: keyof typeof losses): Buffer {
  return errorResponse({severity: 'FATAL', ...losses[why]});
}
