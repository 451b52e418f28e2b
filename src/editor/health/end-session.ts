import {setTimeout as wait} from 'node:timers/promises';
import {l10n} from 'vscode';
import type {Connection} from '../../core/connections/connection.ts';
import {partOf} from '../../core/health/assess.ts';
import type {Reading} from '../../core/health/parts.ts';
import type {SessionRow} from '../../core/health/parts/sessions.ts';
import {endBackend, type Backend, type Ended} from '../../postgres/health/backends.ts';
import {confirmWrite} from '../confirm.ts';
import {showFailure} from '../failures.ts';
import type {HealthHome} from './health-home.ts';
import type {HealthSession} from './health-session.ts';

/** Asks, ends a query or a session of the server, and says what has become of it. */
export async function endSession(
  {parts}: HealthHome,
  session: HealthSession,
  backend: Backend,
  how: 'cancel' | 'terminate',
): Promise<void> {
  const {connection} = session;
  const row = rowOf(session.monitor.state.reading, backend);
  if (!row) return session.notice(notice('warning', l10n.t('Session {0} is gone already.', backend.pid)));
  if (!(await confirmed(connection, row, how))) return;
  const doing =
    how === 'cancel'
      ? l10n.t('Cancelling the query of session {0}', backend.pid)
      : l10n.t('Ending session {0}', backend.pid);
  session.notice(notice('busy', `${doing}…`));
  const opened = await parts.sessions.open(connection, {readOnly: false, ask: true});
  const ended = opened.ok ? await endBackend(opened.value, backend, how, {wait}) : opened;
  if (opened.ok) await opened.value.close();
  session.monitor.refreshLive();
  if (!ended.ok) {
    session.notice(null);
    return showFailure(parts.log, doing, ended.failure);
  }
  session.notice(wordsOf(ended.value, backend.pid));
}

function rowOf(reading: Reading, {pid, startedAt}: Backend): SessionRow | undefined {
  return partOf(reading, 'sessions')?.rows.find(row => row.pid === pid && row.startedAt === startedAt);
}

function confirmed(connection: Connection, row: SessionRow, how: 'cancel' | 'terminate'): Promise<boolean> {
  const who = [row.user, row.application, row.client].filter(Boolean).join(' · ');
  const query = row.query === undefined ? '' : shortened(row.query);
  const effect =
    how === 'cancel'
      ? l10n.t(
          'Its query ends with an error; an open transaction is rolled back by its program. The session stays.',
        )
      : l10n.t('Its connection is cut, and an open transaction is rolled back.');
  return confirmWrite(connection, {
    what:
      how === 'cancel'
        ? l10n.t('Cancel the query of session {0}', row.pid)
        : l10n.t('Terminate session {0}', row.pid),
    detail: [who, query, effect].filter(Boolean).join('\n'),
    action: how === 'cancel' ? l10n.t('Cancel Query') : l10n.t('Terminate'),
  });
}

/** Characters of a query in a question. */
const longest = 300;

function shortened(query: string): string {
  const line = query.replaceAll(/\s+/g, ' ').trim();
  return line.length > longest ? `${line.slice(0, longest)}…` : line;
}

function wordsOf(ended: Ended, pid: number): ReturnType<typeof notice> {
  switch (ended) {
    case 'gone':
      return notice('good', l10n.t('Session {0} is gone.', pid));
    case 'query-ended':
      return notice('good', l10n.t('The query of session {0} has ended.', pid));
    case 'already-gone':
      return notice('warning', l10n.t('Session {0} was gone already.', pid));
    case 'still-there':
      return notice(
        'bad',
        l10n.t(
          'Session {0} was told to end and is still there. It may be in the middle of something that cannot be broken off, such as a rollback.',
          pid,
        ),
      );
    case 'other-session':
      return notice(
        'warning',
        l10n.t('Process {0} belongs to another session by now. Nothing was ended.', pid),
      );
    default:
      return ended satisfies never;
  }
}

function notice(
  tone: 'busy' | 'good' | 'warning' | 'bad',
  text: string,
): {readonly tone: typeof tone; readonly text: string; readonly more: readonly string[]} {
  return {tone, text, more: []};
}
