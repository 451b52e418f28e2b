import {once} from 'node:events';
import {setTimeout as sleep} from 'node:timers/promises';
import type {Signal} from '../core/session.ts';
import {openTransport, type Route} from './transport.ts';

/** BackendKeyData: what a cancel request has to name. Behind a pooler the number is the pooler's, not the server's. */
export interface BackendKey {
  readonly processId: number;
  readonly secret: number;
}

// A request that overtakes its statement is lost, so it is made again until the statement has ended.
const askAgainAfter = 1000;
const giveUpAfter = 8000;
const requestTimeout = 3000;

/** Follows one statement: an abort of its signal makes cancel requests until the statement has ended. */
export interface CancelWatch {
  /** True once the signal was aborted. */
  asked(): boolean;
  /** To be called when the statement has ended; no request is under way when it resolves. */
  end(): Promise<void>;
}

/**
 * @param giveUp called when the server has not reacted to any of the requests for eight seconds
 */
export function watchCancel(
  signal: Signal | undefined,
  route: Route,
  key: () => BackendKey | undefined,
  giveUp: () => void,
): CancelWatch {
  const ended = new AbortController();
  let work: Promise<void> | undefined;
  const begin = (): void => {
    work = cancelUntil(ended.signal, route, key, giveUp);
  };
  signal?.addEventListener('abort', begin, {once: true});
  return {
    asked: () => work !== undefined,
    end: async () => {
      signal?.removeEventListener('abort', begin);
      ended.abort();
      await work;
    },
  };
}

async function cancelUntil(
  ended: AbortSignal,
  route: Route,
  key: () => BackendKey | undefined,
  giveUp: () => void,
): Promise<void> {
  const last = Date.now() + giveUpAfter;
  while (!ended.aborted && Date.now() < last) {
    const known = key();
    if (known) await requestCancel(route, known);
    await sleep(askAgainAfter, undefined, {signal: ended}).catch(() => {});
  }
  if (!ended.aborted) giveUp();
}

/**
 * Makes one cancel request over a connection of its own, encrypted as the first one is. The server answers
 * nothing; it closes the connection after it has signalled its backend.
 * Source: https://www.postgresql.org/docs/current/protocol-flow.html#PROTOCOL-FLOW-CANCELING-REQUESTS
 */
async function requestCancel(route: Route, key: BackendKey): Promise<void> {
  const stop = AbortSignal.timeout(requestTimeout);
  const opened = await openTransport(route, stop);
  if (!opened.ok) return;
  const socket = opened.value;
  socket.resume();
  const closed = once(socket, 'close', {signal: stop}).catch(() => {});
  socket.write(cancelRequest(key));
  await closed;
  socket.destroy();
}

function cancelRequest({processId, secret}: BackendKey): Buffer {
  const message = Buffer.alloc(16);
  message.writeInt32BE(16, 0);
  message.writeInt32BE(80_877_102, 4);
  message.writeInt32BE(processId, 8);
  message.writeInt32BE(secret, 12);
  return message;
}
