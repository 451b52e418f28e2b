import {fail, type Outcome} from '../core/outcome.ts';
import type {Signal} from '../core/session.ts';
import {cancelledFailure, nameEndpoint, type Place} from './failures.ts';

/**
 * Runs `work` until it is done, the time is up or the user has aborted.
 * @param seconds 0 waits without an end
 * @param work has to end soon after `stop` was aborted; what it returns then is replaced
 */
export async function withDeadline<T>(
  seconds: number,
  signal: Signal | undefined,
  place: Place,
  work: (stop: AbortSignal) => Promise<Outcome<T>>,
): Promise<Outcome<T>> {
  const cancelled = cancelledFailure(`Connecting to ${nameEndpoint(place.endpoint)} was cancelled.`);
  if (signal?.aborted) return cancelled;
  const stop = new AbortController();
  let ended: 'late' | 'cancelled' | undefined;
  const end = (why: 'late' | 'cancelled'): void => {
    ended ??= why;
    stop.abort();
  };
  const timer = seconds > 0 ? setTimeout(() => end('late'), seconds * 1000) : undefined;
  const abort = (): void => end('cancelled');
  signal?.addEventListener('abort', abort, {once: true});
  const outcome = await work(stop.signal);
  clearTimeout(timer);
  signal?.removeEventListener('abort', abort);
  if (ended === 'cancelled') return cancelled;
  return ended === 'late' ? late(place, seconds) : outcome;
}

function late(place: Place, seconds: number): Outcome<never> {
  return fail(
    'timed-out',
    `The server at ${nameEndpoint(place.endpoint)} was not ready within ${seconds} s (connect_timeout).`,
    {advice: 'Check the host, the network, VPN and firewall, or allow more time with connect_timeout.'},
  );
}
