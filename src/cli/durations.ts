import {fail, ok, type Outcome} from '../core/outcome.ts';

const units: Readonly<Record<string, number>> = {ms: 1, s: 1000, min: 60_000, m: 60_000, h: 3_600_000};
/** PostgreSQL's timeouts are int4 milliseconds. */
const longest = 2_147_483_647;

/**
 * Reads a duration such as `500ms`, `5s`, `2min` or `1h`; a number without a unit counts milliseconds, as PostgreSQL's own
 * timeouts do.
 * @returns milliseconds; failures: `invalid-input`
 */
export function parseDuration(text: string): Outcome<number> {
  const match = /^(\d+(?:\.\d+)?)\s*(ms|s|min|m|h)?$/u.exec(text.trim());
  const milliseconds = Math.round(Number(match?.[1]) * (units[match?.[2] ?? 'ms'] ?? Number.NaN));
  if (milliseconds >= 0 && milliseconds <= longest) return ok(milliseconds);
  return fail('invalid-input', `"${text}" is no duration.`, {
    advice: 'Write a number and a unit: 500ms, 5s, 2min, 1h. 0 leaves the setting of the server.',
  });
}

/** @returns milliseconds in the unit that reads best, such as `340 ms`, `2.4 s` or `3 min 5 s`. */
export function showDuration(milliseconds: number): string {
  if (milliseconds < 1000) return `${Math.round(milliseconds)} ms`;
  if (milliseconds < 59_950) return `${(milliseconds / 1000).toFixed(1)} s`;
  const seconds = Math.round(milliseconds / 1000);
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}
