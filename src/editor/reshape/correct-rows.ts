import {l10n} from 'vscode';
import type {Connection} from '../../core/connections/connection.ts';
import type {Status} from '../../core/migrations/migration.ts';
import type {Project} from '../../frameworks/framework.ts';
import {confirmWrite} from '../confirm.ts';
import type {Parts} from '../parts.ts';
import {record} from './record.ts';

interface Corrected {
  /** Names of connections. */
  readonly recorded: readonly string[];
  /** A sentence for each that was left as it is. */
  readonly left: readonly string[];
}

/** Offers to take out rows of migrations that have no file any more, on each connection that has such rows. */
export async function correctRows(
  parts: Parts,
  project: Project,
  connections: readonly Connection[],
): Promise<Corrected> {
  const recorded: string[] = [];
  const left: string[] = [];
  for (const connection of connections) {
    const status = await parts.statuses.read(connection, project);
    if (!status.ok) left.push(`${connection.name}: ${status.failure.message}`);
    else if (!needsCorrection(status.value)) continue;
    else if (!(await confirmed(connection)))
      left.push(l10n.t('{0}: its rows were left as they are.', connection.name));
    else {
      const done = await correct(parts, connection, project, status.value);
      if (done === undefined) recorded.push(connection.name);
      else left.push(`${connection.name}: ${done}`);
    }
  }
  return {recorded, left};
}

/** A tool that keeps the current version only has nothing to correct: the version stays. */
function needsCorrection({migrations}: Status): boolean {
  return migrations.some(({state}) => state.kind === 'missing-file');
}

function confirmed(connection: Connection): Promise<boolean> {
  return confirmWrite(connection, {
    what: l10n.t('Correct what is recorded on {0}?', connection.name),
    detail: l10n.t(
      'It has run all of the squashed migrations. Their rows are taken out of the bookkeeping, but for that of the last one, whose version the new file has. No migration runs.',
    ),
    action: l10n.t('Correct'),
  });
}

/** What is behind the last file that is applied stays as it is. @returns what went wrong */
async function correct(
  parts: Parts,
  connection: Connection,
  project: Project,
  {migrations}: Status,
): Promise<string | undefined> {
  const last = migrations.findLast(({state}) => state.kind === 'applied' || state.kind === 'edited');
  if (!last) return l10n.t('nothing of the history is applied there.');
  const position = {kind: 'at', id: last.migration.id} as const;
  const forced = await record(parts, connection, project, position);
  if (!forced.ok) return forced.failure.message;
  const after = await parts.statuses.read(connection, project);
  if (!after.ok || !needsCorrection(after.value)) return undefined;
  // Rows before the position are kept by tools that only take out later ones, so all of them are written anew.
  const emptied = await record(parts, connection, project, {kind: 'none'});
  if (!emptied.ok) return emptied.failure.message;
  const again = await record(parts, connection, project, position);
  return again.ok ? undefined : l10n.t('nothing is recorded there now: {0}', again.failure.message);
}
