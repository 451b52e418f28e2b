import {ProgressLocation, window} from 'vscode';
import type {Connection} from '../../core/connections/connection.ts';
import type {Outcome} from '../../core/outcome.ts';
import type {Session} from '../../core/session.ts';
import {showFailure} from '../failures.ts';
import type {Parts} from '../parts.ts';

/**
 * Reads on a session of its own, so that a long read holds up nothing, with a progress that cancels on the server.
 * @returns undefined after a failure, which the user was told, and after a cancel
 */
export async function reading<T>(
  parts: Parts,
  connection: Connection,
  doing: string,
  read: (session: Session, signal: AbortSignal) => Promise<Outcome<T>>,
): Promise<T | undefined> {
  const result = await window.withProgress(
    {location: ProgressLocation.Notification, title: doing, cancellable: true},
    async (_progress, token): Promise<Outcome<T>> => {
      const abort = new AbortController();
      const listening = token.onCancellationRequested(() => abort.abort());
      const {signal} = abort;
      const session = await parts.sessions.open(connection, {readOnly: true, ask: true, signal});
      const outcome = session.ok ? await read(session.value, signal) : session;
      if (session.ok) await session.value.close();
      listening.dispose();
      return outcome;
    },
  );
  if (result.ok) return result.value;
  showFailure(parts.log, doing, result.failure);
  return undefined;
}
