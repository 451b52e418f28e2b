import {partOf} from '../../core/health/assess.ts';
import type {Reading} from '../../core/health/parts.ts';

/** What happened while a server was watched, and explains why its numbers jump. */
export type Happened =
  | {readonly kind: 'lost'; readonly why: string}
  | {readonly kind: 'connected-again'}
  | {readonly kind: 'restarted'}
  | {readonly kind: 'promoted'}
  | {readonly kind: 'other-version'; readonly version: string}
  | {readonly kind: 'statistics-reset'}
  | {readonly kind: 'statements-reset'};

/** @returns what happened to the server between two looks */
export function happenedBetween(before: Reading, after: Reading): readonly Happened[] {
  const [was, is] = [partOf(before, 'server'), partOf(after, 'server')];
  if (!was || !is) return [];
  const happened: Happened[] = [];
  if (was.startedAt !== is.startedAt) happened.push({kind: 'restarted'});
  if (was.standby && !is.standby) happened.push({kind: 'promoted'});
  if (was.version !== is.version) happened.push({kind: 'other-version', version: is.version});
  const [counted, counts] = [partOf(before, 'database')?.counters, partOf(after, 'database')?.counters];
  if (counted && counts && counted.resetAt !== counts.resetAt) happened.push({kind: 'statistics-reset'});
  const [noted, notes] = [partOf(before, 'statements'), partOf(after, 'statements')];
  if (noted && notes && noted.resetAt !== notes.resetAt) happened.push({kind: 'statements-reset'});
  return happened;
}
