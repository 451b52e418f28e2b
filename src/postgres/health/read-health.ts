import {ok, type Outcome} from '../../core/outcome.ts';
import type {PartName, Reading, Seen} from '../../core/health/parts.ts';
import type {ServerPart} from '../../core/health/parts/server.ts';
import type {ReadingCost} from '../../core/health/report.ts';
import type {Session} from '../../core/session.ts';
import {askRows, type Meter} from './ask.ts';
import {beginReading, type BeginOptions} from './begin-reading.ts';
import {isFinal, type NotThere, type PartReader, type Read} from './reader.ts';
import {readers} from './readers.ts';
import {readServer} from './readers/server.ts';
import {sizesOf} from './sizes.ts';

export interface ReadHealthOptions extends BeginOptions {
  /** Called between pieces of work, so that the event loop is not held. */
  readonly pause?: () => Promise<void>;
}

export interface HealthRead {
  readonly reading: Reading;
  readonly cost: ReadingCost;
}

/**
 * Reads parts of a server's health, in one read-only transaction with timeouts. A part that fails is hidden and says
 * why; the others are read in the next transaction.
 * @param db outside of a transaction; nothing else uses it meanwhile
 * @returns a failure only when nothing can be read: the connection is lost, or it was cancelled
 */
export async function readHealth(
  db: Session,
  parts: readonly PartName[],
  options: ReadHealthOptions = {},
): Promise<Outcome<HealthRead>> {
  const begin = performance.now();
  const total: Meter = {serverMs: 0, rows: 0, statements: 0};
  const reading: Record<string, Seen<unknown>> = {};
  const begun = await beginReading(db, options);
  if (!begun.ok) return begun;
  const server = await readServer(db, total, options);
  if (!server.ok) return ended(db, server);
  // The memory of the machine could not be read.
  const whole = db.transactionStatus() === 'failed' ? await restart(db, options) : ok(undefined);
  if (!whole.ok) return whole;
  reading['server'] = seen(server.value, server.value.now, total, []);
  for (const reader of readers.filter(({part}) => parts.includes(part))) {
    const meter: Meter = {serverMs: 0, rows: 0, statements: 0};
    const outcome = await readPart(db, reader, server.value, meter, options);
    for (const key of ['serverMs', 'rows', 'statements'] as const) total[key] += meter[key];
    if (!outcome.ok && isFinal(outcome.failure)) return ended(db, outcome);
    reading[reader.part] = partOf(outcome, server.value.now, meter);
    if (outcome.ok && db.transactionStatus() !== 'failed') continue;
    const again = await restart(db, options);
    if (!again.ok) return again;
  }
  // A rollback would count among those of the programs.
  const finished = await db.script('COMMIT');
  if (!finished.ok) return finished;
  return ok({reading, cost: {...total, elapsedMs: performance.now() - begin}});
}

async function readPart(
  db: Session,
  reader: PartReader<PartName>,
  server: ServerPart,
  meter: Meter,
  options: ReadHealthOptions,
): Promise<Outcome<Read<unknown> | NotThere>> {
  return reader.read({
    server,
    sizes: sizesOf(db),
    pause: async () => options.pause?.(),
    rows: (sql, params, shape) => askRows(db, sql, params, shape, meter, options),
  });
}

async function restart(db: Session, options: ReadHealthOptions): Promise<Outcome<void>> {
  const rolledBack = await db.script('ROLLBACK');
  return rolledBack.ok ? beginReading(db, options) : rolledBack;
}

async function ended<T>(db: Session, outcome: Outcome<T>): Promise<Outcome<T>> {
  await db.script('ROLLBACK');
  return outcome;
}

function partOf(outcome: Outcome<Read<unknown> | NotThere>, at: number, meter: Meter): Seen<unknown> {
  if (!outcome.ok) {
    const {message, advice} = outcome.failure;
    return {kind: 'hidden', why: message, ...(advice === undefined ? {} : {advice})};
  }
  if (outcome.value.kind === 'hidden') return outcome.value;
  return seen(outcome.value.value, at, meter, outcome.value.gaps);
}

function seen<T>(value: T, at: number, {serverMs, rows}: Meter, gaps: readonly string[]): Seen<T> {
  return {kind: 'seen', value, at, serverMs, rows, gaps};
}
