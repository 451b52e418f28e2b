import {durationWords} from '../rehearse/quantities.ts';
import {quoteWhereNeeded} from '../sql/quote.ts';

const day = 86_400_000;

/** @returns `0.4 ms`, `12 ms`, `1.2 s`, `5 minutes`, `3 days` */
export function msWords(ms: number): string {
  if (ms >= 1000) return durationWords(ms / 1000);
  return ms >= 9.95 ? `${Math.round(ms)} ms` : `${Number(ms.toPrecision(2))} ms`;
}

/** @param share 0 to 1 @returns `43 %`, and `0.4 %` below one */
export function percent(share: number): string {
  const value = share * 100;
  return `${value >= 1 || value === 0 ? Math.round(value) : Number(value.toPrecision(1))} %`;
}

/** @returns `1,204,000` */
export function digits(value: number): string {
  return String(Math.round(value)).replaceAll(/\B(?=(?:\d{3})+$)/g, ',');
}

/** @returns `1 row`, `1,204,000 rows` */
export function many(count: number, one: string): string {
  return `${digits(count)} ${one}${Math.round(count) === 1 ? '' : 's'}`;
}

/** @returns the name for a reader: without the schema where that is public */
export function shortName({schema, name}: {readonly schema: string; readonly name: string}): string {
  return schema === 'public' ? name : `${schema}.${name}`;
}

/** @returns the name for a statement, qualified and quoted where needed */
export function sqlName({schema, name}: {readonly schema: string; readonly name: string}): string {
  return `${quoteWhereNeeded(schema)}.${quoteWhereNeeded(name)}`;
}

/** @returns since when counters count, as a sentence; counters that were never reset began with the server's data or a crash */
export function sinceWords(since: number | undefined, now: number): string {
  if (since === undefined) return 'When the counters began is not known; a crash or a reset empties them.';
  const days = Math.max(0, Math.floor((now - since) / day));
  const span = days === 0 ? 'less than a day' : days === 1 ? '1 day' : `${days} days`;
  return `The counters count since ${new Date(since).toISOString().slice(0, 10)}, ${span}.`;
}

/** @returns the moment as `2026-11-21 15:04 UTC`, or `never` */
export function momentWords(at: number | undefined): string {
  return at === undefined ? 'never' : `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
