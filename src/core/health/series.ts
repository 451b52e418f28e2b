import type * as z from 'zod/mini';
import type {Reading} from './parts.ts';
import {maybe, moment, record} from './shape.ts';
import {amount} from './shape.ts';

/** What happened in each second between two looks. A counter that went back, as after a reset or a restart, has no rate. */
export const Rates = record({
  /** Seconds between the two looks. */
  seconds: amount,
  transactions: maybe(amount),
  rollbacks: maybe(amount),
  /** Share of blocks that were found in shared buffers, 0 to 1; absent where none was asked for. */
  cacheHit: maybe(amount),
  blocksRead: maybe(amount),
  rowsWritten: maybe(amount),
  rowsReturned: maybe(amount),
  temporaryBytes: maybe(amount),
  deadlocks: maybe(amount),
  walBytes: maybe(amount),
  checkpoints: maybe(amount),
});
export type Rates = z.infer<typeof Rates>;

/** One point of the sparklines. */
export const Sample = record({
  at: moment,
  rates: maybe(Rates),
  connections: maybe(amount),
  active: maybe(amount),
  idleInTransaction: maybe(amount),
  waiting: maybe(amount),
  /** ms of the longest open transaction. */
  longestTransaction: maybe(amount),
  /** Bytes that the receiver farthest behind has not replayed. */
  replayLag: maybe(amount),
});
export type Sample = z.infer<typeof Sample>;

type Counter = number | undefined;

/** @returns the rates between two readings of one server; nothing when they are of one moment or the server restarted between */
export function ratesBetween(before: Reading, after: Reading): Rates | undefined {
  const [first, second] = [before.database, after.database];
  if (first?.kind !== 'seen' || second?.kind !== 'seen') return undefined;
  const seconds = (second.at - first.at) / 1000;
  if (seconds <= 0 || restarted(before, after)) return undefined;
  const [from, to] = [first.value.counters, second.value.counters];
  if (from.resetAt !== to.resetAt) return {seconds};
  const [wasWritten, written] = [valueOf(before.writing), valueOf(after.writing)];
  const rate = (was: Counter, is: Counter): Counter =>
    was === undefined || is === undefined || is < was ? undefined : (is - was) / seconds;
  const checkpointsOf = (part: typeof written): Counter =>
    part && part.checkpointsTimed + part.checkpointsRequested;
  const read = rate(from.blocksRead, to.blocksRead);
  const hit = rate(from.blocksHit, to.blocksHit);
  return present({
    seconds,
    transactions: rate(from.commits + from.rollbacks, to.commits + to.rollbacks),
    rollbacks: rate(from.rollbacks, to.rollbacks),
    cacheHit: read === undefined || hit === undefined || read + hit === 0 ? undefined : hit / (read + hit),
    blocksRead: read,
    rowsWritten: rate(
      from.rowsInserted + from.rowsUpdated + from.rowsDeleted,
      to.rowsInserted + to.rowsUpdated + to.rowsDeleted,
    ),
    rowsReturned: rate(from.rowsReturned, to.rowsReturned),
    temporaryBytes: rate(from.temporaryBytes, to.temporaryBytes),
    deadlocks: rate(from.deadlocks, to.deadlocks),
    walBytes: rate(wasWritten?.position, written?.position),
    checkpoints: rate(checkpointsOf(wasWritten), checkpointsOf(written)),
  });
}

/** @returns the point of a reading on the sparklines. @param before an earlier reading, for rates */
export function sampleOf(reading: Reading, before?: Reading): Sample | undefined {
  const sessions = valueOf(reading.sessions);
  const at = reading.sessions?.kind === 'seen' ? reading.sessions.at : undefined;
  if (sessions === undefined || at === undefined) return undefined;
  const clients = sessions.rows.filter(({kind}) => kind === 'client backend');
  const began = clients.flatMap(({transactionAt, own}) =>
    own || transactionAt === undefined ? [] : [transactionAt],
  );
  const lags = (valueOf(reading.replication)?.receivers ?? []).flatMap(({replayLag}) => replayLag ?? []);
  return present({
    at,
    rates: before && ratesBetween(before, reading),
    connections: clients.length,
    active: clients.filter(({state}) => state === 'active').length,
    idleInTransaction: clients.filter(({state}) => state?.startsWith('idle in transaction')).length,
    waiting: clients.filter(({blockedBy}) => blockedBy.length > 0).length,
    longestTransaction: began.length === 0 ? undefined : Math.max(0, at - Math.min(...began)),
    replayLag: lags.length === 0 ? undefined : Math.max(...lags),
  });
}

function restarted(before: Reading, after: Reading): boolean {
  const [was, is] = [valueOf(before.server), valueOf(after.server)];
  return was !== undefined && is !== undefined && was.startedAt !== is.startedAt;
}

function valueOf<T>(
  seen: {readonly kind: 'seen'; readonly value: T} | {readonly kind: 'hidden'} | undefined,
): T | undefined {
  return seen?.kind === 'seen' ? seen.value : undefined;
}

type Present<T> = {readonly [K in keyof T as undefined extends T[K] ? never : K]: T[K]} & {
  readonly [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>;
};

/** Leaves out what is undefined. */
function present<T extends object>(value: T): Present<T>;
function present(value: object): object {
  return Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined));
}
