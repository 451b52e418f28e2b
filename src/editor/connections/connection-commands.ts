import {env, l10n, ProgressLocation, Range, Uri, window} from 'vscode';
import {thisMachine} from '../../connections/machine.ts';
import type {Connection} from '../../core/connections/connection.ts';
import {formatConnectionUrl} from '../../core/connections/url.ts';
import type {Handlers} from '../commands/commands.ts';
import {showFailure} from '../failures.ts';
import type {Parts} from '../parts.ts';
import {TreeNode} from '../tree/node.ts';
import type {AddedConnection} from './add-connection.ts';
import {environmentItems} from './environment-items.ts';
import {pickConnection, selectTarget} from './pick-connection.ts';

/** @returns the handlers of all commands on connections. */
export function connectionCommands(parts: Parts): Handlers<'connections'> {
  const withConnection =
    (act: (connection: Connection) => Promise<unknown>) =>
    async (argument: unknown): Promise<void> => {
      const connection = connectionOf(argument) ?? (await pickConnection(parts));
      if (connection) await act(connection);
    };
  const {connections, sessions} = parts;
  return {
    'howdah.connections.add': () => add(parts),
    'howdah.connections.edit': withConnection(connection => edit(parts, connection)),
    'howdah.connections.connect': withConnection(connection => connect(parts, connection)),
    'howdah.connections.disconnect': withConnection(connection => sessions.close(connection)),
    'howdah.connections.test': withConnection(connection => test(parts, connection)),
    'howdah.connections.select': async argument => {
      const connection = connectionOf(argument);
      if (connection) await connections.setTarget(connection.id);
      else await selectTarget(parts);
    },
    'howdah.connections.rename': withConnection(connection => rename(parts, connection)),
    'howdah.connections.environment': withConnection(connection => chooseEnvironment(parts, connection)),
    'howdah.connections.readOnlyOn': withConnection(connection => setReadOnly(parts, connection, true)),
    'howdah.connections.readOnlyOff': withConnection(connection => setReadOnly(parts, connection, false)),
    'howdah.connections.password': withConnection(connection => setPassword(parts, connection)),
    'howdah.connections.forgetPassword': withConnection(async ({id, name}) => {
      await connections.forgetPassword(id);
      void window.showInformationMessage(l10n.t('The stored password for {0} is forgotten.', name));
    }),
    'howdah.connections.remove': withConnection(connection => remove(parts, connection)),
    'howdah.connections.copyAddress': withConnection(({settings}) =>
      Promise.resolve(env.clipboard.writeText(formatConnectionUrl(settings))),
    ),
    'howdah.connections.openSource': openSource,
  };
}

function connectionOf(argument: unknown): Connection | undefined {
  return argument instanceof TreeNode && 'connection' in argument.data ? argument.data.connection : undefined;
}

/** @returns nothing when the user left */
async function ask(existing?: Connection): Promise<AddedConnection | undefined> {
  const [{askConnection}, {readDefaults}] = await Promise.all([
    import('./add-connection.ts'),
    import('../../connections/defaults.ts'),
  ]);
  return askConnection(await readDefaults(thisMachine()), existing);
}

async function add(parts: Parts): Promise<void> {
  const added = await ask();
  if (!added) return;
  const {connection, password} = added;
  const before = parts.connections.target();
  if (password !== undefined) await parts.connections.setPassword(connection.id, password);
  await parts.connections.save(connection);
  // What runs migrations must not move to another database by itself.
  await parts.connections.suggestTarget(before ?? connection);
  await test(parts, connection);
}

async function edit(parts: Parts, existing: Connection): Promise<void> {
  const edited = await ask(existing);
  if (!edited) return;
  await parts.sessions.close(existing);
  if (edited.password !== undefined) await parts.connections.setPassword(existing.id, edited.password);
  await parts.connections.save(edited.connection);
}

async function connect(parts: Parts, connection: Connection): Promise<void> {
  const opened = await window.withProgress({location: {viewId: 'howdah.connections'}}, () =>
    parts.sessions.browse(connection),
  );
  if (!opened.ok) return showFailure(parts.log, l10n.t('Connecting to {0}', connection.name), opened.failure);
  await parts.tree.reveal(connection);
}

/** Opens a session of its own, so that a test never leaves the connection connected. */
async function test(parts: Parts, connection: Connection): Promise<void> {
  const title = l10n.t('Testing {0}', connection.name);
  const opened = await window.withProgress(
    {location: ProgressLocation.Notification, title, cancellable: true},
    async (_progress, token) => {
      const abort = new AbortController();
      const listening = token.onCancellationRequested(() => abort.abort());
      const result = await parts.sessions.open(connection, {readOnly: true, ask: true, signal: abort.signal});
      listening.dispose();
      return result;
    },
  );
  if (!opened.ok) return showFailure(parts.log, title, opened.failure);
  const {server} = opened.value;
  await opened.value.close();
  const tls = server.encrypted ? l10n.t('over TLS') : l10n.t('without TLS');
  const connectNow = l10n.t('Connect');
  const text = l10n.t(
    '{0} works: PostgreSQL {1}, as {2} on {3}, {4}.',
    connection.name,
    server.version,
    server.user,
    server.database,
    tls,
  );
  if ((await window.showInformationMessage(text, connectNow)) === connectNow)
    await connect(parts, connection);
}

async function rename(parts: Parts, connection: Connection): Promise<void> {
  const name = await window.showInputBox({
    title: l10n.t('Rename {0}', connection.name),
    value: connection.name,
    validateInput: text => (text.trim() === '' ? l10n.t('This cannot be empty.') : undefined),
  });
  if (name !== undefined) await parts.connections.change(connection, {name: name.trim()});
}

async function chooseEnvironment(parts: Parts, connection: Connection): Promise<void> {
  const chosen = await window.showQuickPick(environmentItems(), {
    title: l10n.t('Environment of {0}', connection.name),
    placeHolder: l10n.t('How careful should Howdah be?'),
  });
  if (!chosen) return;
  const {environment, readOnly} = chosen;
  if (readOnly !== connection.readOnly) await parts.sessions.close(connection);
  await parts.connections.change(connection, {environment, readOnly});
}

/** Sessions that are open keep what they started with, so they are closed. */
async function setReadOnly(parts: Parts, connection: Connection, readOnly: boolean): Promise<void> {
  await parts.sessions.close(connection);
  await parts.connections.change(connection, {readOnly});
}

async function setPassword(parts: Parts, connection: Connection): Promise<void> {
  const password = await window.showInputBox({
    title: l10n.t('Password for {0}', connection.name),
    prompt: l10n.t('It is kept in the secret storage and used before one that a file holds.'),
    password: true,
    ignoreFocusOut: true,
  });
  if (password !== undefined) await parts.connections.setPassword(connection.id, password);
}

async function remove(parts: Parts, connection: Connection): Promise<void> {
  const yes = l10n.t('Remove');
  const answer = await window.showWarningMessage(
    l10n.t('Remove {0}?', connection.name),
    {
      modal: true,
      detail: l10n.t('Its address and its stored password are forgotten. The database stays as it is.'),
    },
    yes,
  );
  if (answer !== yes) return;
  await parts.sessions.close(connection);
  await parts.connections.remove(connection.id);
}

async function openSource(argument: unknown): Promise<void> {
  const data = argument instanceof TreeNode ? argument.data : undefined;
  const source =
    data?.kind === 'connection'
      ? data.connection.source
      : data?.kind === 'problem'
        ? data.problem.source
        : undefined;
  if (source?.kind !== 'file') return;
  const line = Math.max(0, (source.line ?? 1) - 1);
  await window.showTextDocument(Uri.file(source.path), {selection: new Range(line, 0, line, 0)});
}
