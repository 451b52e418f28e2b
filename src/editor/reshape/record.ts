import {Uri} from 'vscode';
import type {Connection} from '../../core/connections/connection.ts';
import type {Position, Status} from '../../core/migrations/migration.ts';
import {ok, type Outcome} from '../../core/outcome.ts';
import type {Project, RunOptions} from '../../frameworks/framework.ts';
import type {Parts} from '../parts.ts';
import {projectOptions, settings} from '../settings.ts';

/**
 * Records the last migration of the history on a connection without running it. The caller has asked the user.
 * @returns the version as its file writes it. Failures: those of {@link record}
 */
export async function recordLast(
  parts: Parts,
  connection: Connection,
  project: Project,
): Promise<Outcome<string>> {
  const history = await project.list();
  if (!history.ok) return history;
  const last = history.value.migrations.at(-1);
  const position: Position = last ? {kind: 'at', id: last.id} : {kind: 'none'};
  const recorded = await record(parts, connection, project, position);
  return recorded.ok ? ok(last?.label ?? '') : recorded;
}

/**
 * Records a position on a connection without running a file. The caller has asked the user.
 * Failures: those of a session and of `Project.force`
 */
export async function record(
  parts: Parts,
  connection: Connection,
  project: Project,
  position: Position,
  how: Pick<RunOptions, 'asFilesSay'> = {},
): Promise<Outcome<Status>> {
  const open = (): ReturnType<typeof parts.sessions.open> =>
    parts.sessions.open(connection, {readOnly: false, ask: true});
  const session = await open();
  if (!session.ok) return session;
  const scope = Uri.file(project.folder);
  const run = {
    lockTimeout: settings.lockTimeout(scope),
    statementTimeout: settings.statementTimeout(scope),
    environment: parts.sessions.environment(connection),
    ...how,
  };
  const options = projectOptions(connection.settings.extra, scope);
  const forced = await project.force(session.value, position, options, run, open);
  await session.value.close();
  if (!forced.ok) return forced;
  parts.statuses.set(connection, project, forced.value);
  parts.tree.refreshConnection(connection);
  return forced;
}
