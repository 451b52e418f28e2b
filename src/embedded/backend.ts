import {Worker} from 'node:worker_threads';
import {BackendReport, type BackendOptions, type BackendOrder} from './backend-messages.ts';
import {createScanner, message, type Message} from './wire.ts';

/** Where the last batch of messages left the one session: `open` and `failed` are inside a transaction block. */
export type BackendStatus = 'idle' | 'open' | 'failed' | 'unsynced';

/** Why a batch had no end. */
export type BackendLoss = 'killed' | 'copy-in' | 'crashed';

export type BatchResult =
  | {readonly kind: 'done'; readonly status: BackendStatus}
  | {readonly kind: 'lost'; readonly why: BackendLoss};

/** The one PostgreSQL backend. It serves one batch at a time; more wait in line. */
export interface Backend {
  /** Sends protocol messages that end in Query, Sync, FunctionCall or Flush; `write` gets the answer in pieces. */
  run(batch: Uint8Array, write: (piece: Uint8Array) => void): Promise<BatchResult>;
  /** Ends the thread at once; PostgreSQL recovers from its log at the next start. */
  kill(): Promise<void>;
  /** Shuts PostgreSQL down in order, with a checkpoint. */
  close(): Promise<void>;
  /** False after a loss. */
  alive(): boolean;
}

/** `message` is PostgreSQL's or the runtime's own, for the log and the user. */
export type BackendStart =
  | {readonly kind: 'started'; readonly backend: Backend}
  | {readonly kind: 'failed'; readonly message: string};

/**
 * Starts a thread with the backend.
 * @param script the bundled `backend-thread`
 */
export function startBackend(script: URL, options: BackendOptions): Promise<BackendStart> {
  const worker = new Worker(script, {workerData: options, stdout: true, stderr: true});
  return new Promise(resolve => {
    let crash = 'The embedded PostgreSQL ended before it was ready.';
    worker.on('error', error => (crash = error.message));
    worker.once('exit', () => resolve({kind: 'failed', message: crash}));
    worker.once('message', (first: unknown) => {
      const report = BackendReport.parse(first);
      if (report.kind === 'ready') resolve({kind: 'started', backend: handle(worker)});
      else {
        resolve({kind: 'failed', message: report.kind === 'failed' ? report.message : crash});
        void worker.terminate();
      }
    });
  });
}

function handle(worker: Worker): Backend {
  let alive = true;
  let killed = false;
  let tail: Promise<unknown> = Promise.resolve();
  let onReport: (report: BackendReport | {readonly kind: 'exit'}) => void = () => {};
  worker.on('message', (raw: unknown) => onReport(BackendReport.parse(raw)));
  worker.on('exit', () => {
    alive = false;
    onReport({kind: 'exit'});
  });
  const order = (what: BackendOrder): void => worker.postMessage(what);
  const inTurn = <T>(task: () => Promise<T>): Promise<T> => {
    const result = tail.then(task);
    tail = result;
    return result;
  };
  const run: Backend['run'] = (batch, write) =>
    new Promise(resolve => {
      if (!alive) return resolve({kind: 'lost', why: killed ? 'killed' : 'crashed'});
      const watch = watchStatus();
      onReport = report => {
        if (report.kind === 'data') {
          watch.push(report.bytes);
          if (!watch.copyIn()) write(report.bytes);
        } else if (report.kind === 'done' && watch.copyIn()) void worker.terminate();
        else if (report.kind === 'done') resolve({kind: 'done', status: watch.status()});
        else if (report.kind === 'exit')
          resolve({kind: 'lost', why: killed ? 'killed' : watch.copyIn() ? 'copy-in' : 'crashed'});
      };
      // a copy, because a view would be sent with all of the memory it is a view on
      return order({kind: 'run', bytes: Uint8Array.from(batch)});
    });
  const close = (): Promise<void> =>
    new Promise(resolve => {
      if (!alive) return resolve();
      onReport = report => {
        if (report.kind === 'closed' || report.kind === 'exit') resolve();
      };
      return order({kind: 'close'});
    });
  return {
    alive: () => alive,
    run: (batch, write) => inTurn(() => run(batch, write)),
    kill: async () => {
      killed = true;
      await worker.terminate();
    },
    close: async () => {
      await inTurn(close);
      await worker.terminate();
    },
  };
}

/**
 * ReadyForQuery carries the transaction status. After CopyInResponse the backend reads on, where PGlite has no more to
 * give, and ends: what it says from there on misleads.
 */
function watchStatus(): {
  push(piece: Uint8Array): void;
  status(): BackendStatus;
  copyIn(): boolean;
} {
  let status: BackendStatus = 'unsynced';
  let copyIn = false;
  const scanner = createScanner('Z', (type, body) => {
    if (type === 'G') copyIn = true;
    if (type === 'Z') status = body?.[0] === 0x49 ? 'idle' : body?.[0] === 0x54 ? 'open' : 'failed';
  });
  return {push: piece => scanner.push(piece), status: () => status, copyIn: () => copyIn};
}

/** What a simple query of our own gave. */
export type Answer =
  | {readonly kind: 'rows'; readonly rows: readonly (readonly (string | null)[])[]}
  | {readonly kind: 'error'; readonly response: Buffer}
  | {readonly kind: 'lost'; readonly why: BackendLoss};

/** Runs a text of our own between the turns of the connections. `response` is the ErrorResponse's body. */
export async function ask(backend: Backend, sql: string): Promise<Answer> {
  const rows: (readonly (string | null)[])[] = [];
  const errors: Buffer[] = [];
  const scanner = createScanner('DE', (type, body) => {
    if (type === 'D' && body) rows.push(columns(body));
    if (type === 'E' && body) errors.push(body);
  });
  const result = await backend.run(message('Q', sql), piece => scanner.push(piece));
  if (result.kind === 'lost') return result;
  const [response] = errors;
  return response ? {kind: 'error', response} : {kind: 'rows', rows};
}

function columns(body: Message['body']): readonly (string | null)[] {
  const values: (string | null)[] = [];
  let at = 2;
  for (let left = body.readInt16BE(0); left > 0; left -= 1) {
    const length = body.readInt32BE(at);
    at += 4;
    values.push(length < 0 ? null : body.toString('utf8', at, at + length));
    at += Math.max(length, 0);
  }
  return values;
}
