import {l10n, window} from 'vscode';
import type {Connection} from '../../core/connections/connection.ts';
import {findScratchDatabases} from '../../postgres/rehearse/scratch.ts';
import type {Parts} from '../parts.ts';
import {removeScratchDatabases} from './scratch-databases.ts';

/** Milliseconds after which a scratch database that nobody is connected to is taken for forgotten. */
const forgottenAfter = 600_000;

/** Offers to remove what a process left behind that did not live to drop it. Asks the server once, and says nothing else. */
export async function offerLeftovers(parts: Parts, connection: Connection): Promise<void> {
  if (connection.readOnly || connection.source.kind === 'playground') return;
  const session = await parts.sessions.browse(connection);
  const found = session.ok ? await findScratchDatabases(session.value) : session;
  if (!found.ok)
    return parts.log.failure(`Looking for scratch databases on ${connection.name}`, found.failure);
  const before = Date.now() - forgottenAfter;
  const forgotten = found.value.filter(({inUse, since}) => !inUse && Date.parse(since) < before);
  if (forgotten.length === 0) return;
  const remove = l10n.t('Remove…');
  const answer = await window.showInformationMessage(
    forgotten.length === 1
      ? l10n.t('A scratch database of an earlier rehearsal is still on {0}.', connection.name)
      : l10n.t(
          '{0} scratch databases of earlier rehearsals are still on {1}.',
          forgotten.length,
          connection.name,
        ),
    remove,
  );
  if (answer === remove) await removeScratchDatabases(parts, connection);
}
