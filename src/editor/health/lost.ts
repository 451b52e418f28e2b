import type {Failure} from '../../core/outcome.ts';
import type {Watching} from '../../protocol/health-panel.ts';

/** ms to wait before each further attempt to connect; the last one is repeated. */
const retryAfter = [1000, 2000, 5000, 10_000, 30_000];

/** @returns ms to wait before the next attempt to connect. @param attempts that failed */
export function waitAfter(attempts: number): number {
  return retryAfter[Math.min(attempts, retryAfter.length) - 1] ?? 0;
}

/**
 * What is shown of a connection that is lost, or still is.
 * @param attempts that failed, this one counted
 */
export function lostSince(before: Watching, {message, advice}: Failure, attempts: number): Watching {
  const now = Date.now();
  return {
    kind: 'lost',
    since: before.kind === 'lost' ? before.since : now,
    failure: {message, ...(advice === undefined ? {} : {advice})},
    retryAt: now + waitAfter(attempts),
    attempts,
  };
}

/** A server that answers what nobody expected is told of, and not a panel that stands still and says “Live”. */
export function stumbled(error: unknown): Failure {
  const what = error instanceof Error ? error.message : String(error);
  return {reason: 'unsupported', message: `What the server answered was not understood: ${what}`};
}
