import {l10n} from 'vscode';
import type {Connection} from '../../core/connections/connection.ts';
import type {Migration} from '../../core/migrations/migration.ts';
import type {Failure} from '../../core/outcome.ts';
import {correctionOf, type Correction} from '../../core/reshape/squash.ts';
import {enumeratedInShort} from '../../core/words.ts';
import type {Project} from '../../frameworks/framework.ts';
import {correctRecords} from '../../frameworks/reshape/correct-records.ts';
import {confirmWrite} from '../confirm.ts';
import type {Parts} from '../parts.ts';
import {record} from './record.ts';

interface Corrected {
  /** Names of connections. */
  readonly recorded: readonly string[];
  /** A sentence for each that was left as it is. */
  readonly left: readonly string[];
}

/** Offers to take the rows of squashed migrations out, on each connection that has such rows. */
export async function correctRows(
  parts: Parts,
  project: Project,
  squashed: readonly Migration[],
  connections: readonly Connection[],
): Promise<Corrected> {
  const ids = new Set(squashed.map(({id}) => id));
  const recorded: string[] = [];
  const left: string[] = [];
  for (const connection of connections) {
    const status = await parts.statuses.read(connection, project);
    const correction = status.ok ? correctionOf(status.value, ({id}) => ids.has(id)) : status;
    if (!correction.ok) left.push(`${connection.name}: ${wordsOf(correction.failure)}`);
    else if (correction.value) {
      const why = await correct(parts, connection, project, correction.value);
      if (why === undefined) recorded.push(connection.name);
      else left.push(`${connection.name}: ${why}`);
    }
  }
  return {recorded, left};
}

/** @returns why its rows were left as they are */
async function correct(
  parts: Parts,
  connection: Connection,
  project: Project,
  correction: Correction,
): Promise<string | undefined> {
  if (connection.readOnly) return l10n.t('it is read-only, so its rows were left as they are.');
  const agreed = await confirmWrite(connection, {
    what: l10n.t('Correct what is recorded on {0}?', connection.name),
    detail: l10n.t(
      'It has run all of the squashed migrations. The rows of {0}, whose files were moved, are taken out of the bookkeeping; the new file stays recorded. No migration runs.',
      enumeratedInShort(correction.goes),
    ),
    action: l10n.t('Correct'),
  });
  if (!agreed) return l10n.t('you chose to leave its rows as they are.');
  const done = await correctRecords(correction, (position, how) =>
    record(parts, connection, project, position, how),
  );
  return done.ok ? undefined : wordsOf(done.failure);
}

function wordsOf({message, advice}: Failure): string {
  return [message, advice].filter(Boolean).join(' ');
}
