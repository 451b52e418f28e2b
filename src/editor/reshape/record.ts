import {Uri} from 'vscode';
import type {Connection} from '../../core/connections/connection.ts';
import {labelOf} from '../../core/migrations/position.ts';
import type {Position} from '../../core/migrations/migration.ts';
import {ok, type Outcome} from '../../core/outcome.ts';
import type {Project} from '../../frameworks/framework.ts';
import type {Parts} from '../parts.ts';
import {projectOptions, settings} from '../settings.ts';

/**
 * Records a position on a connection without running a file. The caller has asked the user.
 * @param position `last`: the last of the history
 * @returns the version as its file writes it. Failures: those of a session and of `Project.force`
 */
export async function record(
  parts: Parts,
  connection: Connection,
  project: Project,
  position: Position | 'last',
): Promise<Outcome<string>> {
  const history = await project.list();
  if (!history.ok) return history;
  const {migrations} = history.value;
  const id = migrations.at(-1)?.id;
  const wanted = position === 'last' ? (id === undefined ? none : ({kind: 'at', id} as const)) : position;
  const open = (): ReturnType<typeof parts.sessions.open> =>
    parts.sessions.open(connection, {readOnly: false, ask: true});
  const session = await open();
  if (!session.ok) return session;
  const scope = Uri.file(project.folder);
  const run = {
    lockTimeout: settings.lockTimeout(scope),
    statementTimeout: settings.statementTimeout(scope),
    environment: parts.sessions.environment(connection),
  };
  const options = projectOptions(connection.settings.extra, scope);
  const forced = await project.force(session.value, wanted, options, run, open);
  await session.value.close();
  if (!forced.ok) return forced;
  parts.statuses.set(connection, project, forced.value);
  parts.tree.refreshConnection(connection);
  return ok(labelOf(wanted, migrations) ?? '');
}

const none = {kind: 'none'} as const;
