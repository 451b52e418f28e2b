import {l10n, Uri} from 'vscode';
import type {Connection} from '../../core/connections/connection.ts';
import type {Outcome} from '../../core/outcome.ts';
import type {Signal} from '../../core/session.ts';
import type {SqliteFile} from '../../connections/sqlite.ts';
import type {Environment} from '../../frameworks/alembic/environment.ts';
import type {Project} from '../../frameworks/framework.ts';
import {pickConnection} from '../connections/pick-connection.ts';
import {askPick} from '../input-flow.ts';
import {runTimeouts} from '../migrations/run-on-target.ts';
import type {Parts} from '../parts.ts';
import {projectOptions} from '../settings.ts';
import {isFileOf, sqliteName, sqliteTarget} from '../sqlite/sqlite-target.ts';
import {TreeNode} from '../tree/node.ts';

/** A database that models can be compared with. */
export interface AutogenerateTarget {
  readonly name: string;
  /** @returns the paths of the revision that Alembic wrote */
  readonly write: (message: string, signal: Signal) => Promise<Outcome<readonly string[]>>;
}

interface Subject {
  readonly project: Project;
  readonly environment: Environment;
}

/** @returns the database of a row, else the one that the user picks; nothing when the user left */
export async function autogenerateTarget(
  parts: Parts,
  subject: Subject,
  argument: unknown,
): Promise<AutogenerateTarget | undefined> {
  const data = argument instanceof TreeNode ? argument.data : undefined;
  if (data?.kind === 'project' || data?.kind === 'migration')
    return connectionTarget(parts, subject, data.connection);
  if (data?.kind === 'sqlite' && (data.row.kind === 'project' || data.row.kind === 'migration'))
    return fileTarget(subject, data.row.file);
  return askTarget(parts, subject);
}

/** A project without a SQLite file has nothing but connections. */
async function askTarget(parts: Parts, subject: Subject): Promise<AutogenerateTarget | undefined> {
  await parts.connections.discover();
  const files = parts.connections.sqliteFiles().filter(file => isFileOf(file, subject.project));
  if (files.length > 0) {
    const items: readonly {
      readonly label: string;
      readonly description?: string;
      readonly file?: SqliteFile;
    }[] = [
      ...files.map(file => ({label: sqliteName(file), description: 'SQLite', file})),
      {label: l10n.t('A PostgreSQL connection…')},
    ];
    const placeholder = l10n.t('Which database are the models compared with?');
    const answer = await askPick({title: l10n.t('Autogenerate a Revision'), items: [...items], placeholder});
    if (answer.kind !== 'answer') return undefined;
    if (answer.value.file) return fileTarget(subject, answer.value.file);
  }
  const connection = await pickConnection(parts);
  return connection && connectionTarget(parts, subject, connection);
}

function connectionTarget(
  parts: Parts,
  {project, environment}: Subject,
  connection: Connection,
): AutogenerateTarget {
  const open = (): ReturnType<typeof parts.sessions.open> =>
    parts.sessions.open(connection, {readOnly: false, ask: true});
  return {
    name: connection.name,
    write: async (message, signal) => {
      const session = await open();
      if (!session.ok) return session;
      try {
        const {autogenerate} = await import('../../frameworks/alembic/commands.ts');
        return await autogenerate(environment, session.value, message, {
          options: projectOptions(connection.settings.extra, Uri.file(project.folder)),
          run: {...runTimeouts(project), signal, environment: parts.sessions.environment(connection)},
          reopen: open,
        });
      } finally {
        await session.value.close();
      }
    },
  };
}

function fileTarget({project}: Subject, file: SqliteFile): AutogenerateTarget {
  return {
    name: sqliteName(file),
    write: async (message, signal) => {
      const {autogenerateOnSqlite} = await import('../../frameworks/alembic/sqlite.ts');
      return autogenerateOnSqlite(await sqliteTarget(file, project), message, signal);
    },
  };
}
