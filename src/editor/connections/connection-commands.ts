import {env, l10n, ProgressLocation, Range, Uri, window} from 'vscode';
import {thisMachine} from '../../connections/machine.ts';
import type {Connection} from '../../core/connections/connection.ts';
import {formatConnectionUrl} from '../../core/connections/url.ts';
import {inLanes} from '../../core/rollout/lanes.ts';
import type {Handlers} from '../commands/commands.ts';
import {showFailure} from '../failures.ts';
import type {Parts} from '../parts.ts';
import {TreeNode} from '../tree/node.ts';
import {connectionsOfRows, selectedRows} from '../tree/selected-rows.ts';
import type {AddedConnection} from './add-connection.ts';
import {environmentItems} from './environment-items.ts';
import {pickConnection, selectTarget} from './pick-connection.ts';

/** How many of several connections are opened at a time. */
const openedTogether = 4;

/** @returns the handlers of all commands on connections. */
export function connectionCommands(parts: Parts): Handlers<'connections'> {
  const withConnection =
    (act: (connection: Connection) => Promise<unknown>) =>
    async (argument: unknown): Promise<void> => {
      const connection = connectionOf(argument) ?? (await pickConnection(parts));
      if (connection) await act(connection);
    };
  const withAll =
    (act: (connections: readonly Connection[]) => Promise<unknown>) =>
    async (argument: unknown, selected: unknown): Promise<void> => {
      const chosen = connectionsOfRows(selectedRows(argument, selected));
      const picked = chosen.length === 0 ? await pickConnection(parts) : undefined;
      const all = picked ? [picked] : chosen;
      if (all.length > 0) await act(all);
    };
  const {connections, sessions} = parts;
  return {
    'howdah.connections.add': () => add(parts),
    'howdah.connections.edit': withConnection(connection => edit(parts, connection)),
    'howdah.connections.connect': withAll(all => connect(parts, all)),
    'howdah.connections.disconnect': withAll(all => eachOf(all, connection => sessions.close(connection))),
    'howdah.connections.test': withConnection(connection => test(parts, connection)),
    'howdah.connections.createDatabase': withConnection(async connection => {
      const {createDatabaseOf} = await import('./create-database.ts');
      if (await createDatabaseOf(parts, connection)) await connect(parts, [connection]);
    }),
    'howdah.connections.select': async argument => {
      const connection = connectionOf(argument);
      if (connection) await connections.setTarget(connection.id);
      else await selectTarget(parts);
    },
    'howdah.connections.rename': withConnection(connection => rename(parts, connection)),
    'howdah.connections.environment': withAll(all => chooseEnvironment(parts, all)),
    'howdah.connections.readOnlyOn': withAll(all =>
      eachOf(all, connection => setReadOnly(parts, connection, true)),
    ),
    'howdah.connections.readOnlyOff': withAll(all =>
      eachOf(all, connection => setReadOnly(parts, connection, false)),
    ),
    'howdah.connections.password': withConnection(connection => setPassword(parts, connection)),
    'howdah.connections.forgetPassword': withAll(async all => {
      await eachOf(all, ({id}) => connections.forgetPassword(id));
      void window.showInformationMessage(l10n.t('The stored password for {0} is forgotten.', wordsOf(all)));
    }),
    'howdah.connections.remove': withAll(all => remove(parts, all)),
    'howdah.connections.copyAddress': withAll(async all =>
      env.clipboard.writeText(all.map(({settings}) => formatConnectionUrl(settings)).join('\n')),
    ),
    'howdah.connections.openSource': openSource,
  };
}

function connectionOf(argument: unknown): Connection | undefined {
  return argument instanceof TreeNode && 'connection' in argument.data ? argument.data.connection : undefined;
}

/** One after the other: each change is stored over the one before. */
async function eachOf(
  all: readonly Connection[],
  act: (connection: Connection) => Promise<void>,
): Promise<void> {
  for (const connection of all) await act(connection);
}

/** @returns a single connection's name, or how many there are */
function wordsOf(all: readonly Connection[]): string {
  const [first] = all;
  return first && all.length === 1 ? first.name : l10n.t('{0} connections', all.length);
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

async function connect(parts: Parts, all: readonly Connection[]): Promise<void> {
  await window.withProgress({location: {viewId: 'howdah.connections'}}, () =>
    inLanes(all, openedTogether, async connection => {
      const opened = await parts.sessions.browse(connection, {suggests: all.length === 1});
      if (opened.ok && all.length === 1) await parts.tree.reveal(connection);
      else if (!opened.ok)
        showFailure(parts.log, l10n.t('Connecting to {0}', connection.name), opened.failure);
    }),
  );
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
    await connect(parts, [connection]);
}

async function rename(parts: Parts, connection: Connection): Promise<void> {
  const name = await window.showInputBox({
    title: l10n.t('Rename {0}', connection.name),
    value: connection.name,
    validateInput: text => (text.trim() === '' ? l10n.t('This cannot be empty.') : undefined),
  });
  if (name !== undefined) await parts.connections.change(connection, {name: name.trim()});
}

async function chooseEnvironment(parts: Parts, all: readonly Connection[]): Promise<void> {
  const chosen = await window.showQuickPick(environmentItems(), {
    title: l10n.t('Environment of {0}', wordsOf(all)),
    placeHolder: l10n.t('How careful should Howdah be?'),
  });
  if (!chosen) return;
  const {environment, readOnly} = chosen;
  await eachOf(all, async connection => {
    if (readOnly !== connection.readOnly) await parts.sessions.close(connection);
    await parts.connections.change(connection, {environment, readOnly});
  });
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

async function remove(parts: Parts, all: readonly Connection[]): Promise<void> {
  const yes = l10n.t('Remove');
  const forgotten = l10n.t('Addresses and stored passwords are forgotten. The databases stay as they are.');
  const answer = await window.showWarningMessage(
    l10n.t('Remove {0}?', wordsOf(all)),
    {
      modal: true,
      detail: all.length === 1 ? forgotten : `${all.map(({name}) => name).join(', ')}\n\n${forgotten}`,
    },
    yes,
  );
  if (answer !== yes) return;
  await eachOf(all, async connection => {
    await parts.sessions.close(connection);
    await parts.connections.remove(connection.id);
  });
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
