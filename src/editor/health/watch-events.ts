import {l10n} from 'vscode';
import {partOf} from '../../core/health/assess.ts';
import type {Reading} from '../../core/health/parts.ts';

/** @returns what happened to the server between two looks that explains why its numbers jump, a sentence each */
export function eventsBetween(before: Reading, after: Reading): readonly string[] {
  const [was, is] = [partOf(before, 'server'), partOf(after, 'server')];
  if (!was || !is) return [];
  if (was.startedAt !== is.startedAt) return [l10n.t('The server was restarted.')];
  const events: string[] = [];
  if (was.standby && !is.standby) events.push(l10n.t('The standby was promoted.'));
  if (was.version !== is.version) events.push(l10n.t('The server is now PostgreSQL {0}.', is.version));
  const [counted, counts] = [partOf(before, 'database')?.counters, partOf(after, 'database')?.counters];
  if (counted && counts && counted.resetAt !== counts.resetAt)
    events.push(l10n.t('The statistics of the database were reset: they count from the beginning.'));
  const [noted, notes] = [partOf(before, 'statements'), partOf(after, 'statements')];
  if (noted && notes && noted.resetAt !== notes.resetAt)
    events.push(l10n.t('The statistics of statements were reset.'));
  return events;
}
