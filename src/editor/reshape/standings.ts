import {l10n} from 'vscode';
import type {Connection} from '../../core/connections/connection.ts';
import type {Migration} from '../../core/migrations/migration.ts';
import {ok, type Outcome} from '../../core/outcome.ts';
import {standingOf} from '../../core/reshape/squash.ts';
import {environmentWord} from '../connections/look.ts';
import type {Subject} from '../migrations/subject.ts';
import type {Parts} from '../parts.ts';

/** Whether a database has run all of the squashed migrations or none. */
export interface Standing {
  readonly connection: Connection;
  readonly has: 'all' | 'none';
}

/**
 * Looks at the chosen connection, and at what is known of the others.
 * @returns failures: those of reading the status, and of a database that has run only some of the migrations: it would be
 *   left behind
 */
export async function standingsOf(
  parts: Parts,
  {connection, project}: Subject,
  squashed: readonly Migration[],
): Promise<Outcome<readonly Standing[]>> {
  const now = await parts.statuses.read(connection, project);
  if (!now.ok) return now;
  const standings: Standing[] = [];
  for (const each of parts.connections.list()) {
    const status = each.id === connection.id ? now.value : parts.statuses.get(each, project);
    if (!status) continue;
    const has = standingOf(status, squashed);
    if (!has.ok)
      return {ok: false, failure: {...has.failure, message: `${each.name}: ${has.failure.message}`}};
    standings.push({connection: each, has: has.value});
  }
  return ok(standings);
}

/** @returns the standing as a line */
export function standingWords({connection: {name, environment}, has}: Standing): string {
  const kind = environmentWord(environment);
  return has === 'all'
    ? l10n.t('{0} ({1}) has run all of them.', name, kind)
    : l10n.t('{0} ({1}) has run none of them.', name, kind);
}
