import {l10n, ThemeIcon, window, type QuickPickItem} from 'vscode';
import type {FoundObject} from '../../core/catalog/object.ts';
import type {Connection} from '../../core/connections/connection.ts';
import {pickConnection} from '../connections/pick-connection.ts';
import type {Handlers} from '../commands/commands.ts';
import {showFailure} from '../failures.ts';
import type {Parts} from '../parts.ts';
import {TreeNode} from './node.ts';

type Item = QuickPickItem & {readonly found: FoundObject};

/** Milliseconds without typing before the server is asked. */
const pause = 120;

/** @returns the handlers of the commands on the tree itself. */
export function treeCommands(parts: Parts): Handlers<'tree'> {
  return {
    // The button above the tree passes the focused row, as a row's own menu does: both read everything again.
    'howdah.tree.refresh': async () => {
      await Promise.all([parts.connections.rediscover(), parts.projects.detect()]);
      parts.tree.refresh();
    },
    'howdah.tree.more': async argument => {
      if (argument instanceof TreeNode) await parts.tree.more(argument);
    },
    'howdah.tree.filter': async argument => {
      const data = argument instanceof TreeNode ? argument.data : undefined;
      const connection = data && 'connection' in data ? data.connection : await pickConnection(parts);
      if (connection) await find(parts, connection);
    },
  };
}

/** Asks for part of a name while the server answers, and shows the definition of what is chosen. */
async function find(parts: Parts, connection: Connection): Promise<void> {
  const session = await parts.sessions.browse(connection);
  if (!session.ok)
    return showFailure(parts.log, l10n.t('Connecting to {0}', connection.name), session.failure);
  const {findRelations} = await import('../../postgres/catalog/find.ts');
  const pick = window.createQuickPick<Item>();
  pick.title = l10n.t('Find on {0}', connection.name);
  pick.placeholder = l10n.t('Part of the name of a table, view, sequence or function');
  let timer: NodeJS.Timeout | undefined;
  let abort = new AbortController();
  const search = async (text: string): Promise<void> => {
    abort.abort();
    abort = new AbortController();
    const {signal} = abort;
    pick.busy = true;
    const found = await findRelations(session.value, text, {limit: 100, signal});
    if (signal.aborted) return;
    pick.busy = false;
    pick.items = found.ok ? found.value.map(toItem) : [];
  };
  pick.onDidChangeValue(text => {
    clearTimeout(timer);
    timer = setTimeout(() => void search(text), pause);
  });
  pick.onDidAccept(() => {
    const [chosen] = pick.selectedItems;
    pick.hide();
    if (chosen) void parts.tree.revealObject(connection, chosen.found);
  });
  pick.onDidHide(() => {
    clearTimeout(timer);
    abort.abort();
    pick.dispose();
  });
  pick.show();
  await search('');
}

function toItem(found: FoundObject): Item {
  return {
    label: found.name,
    description: [found.schema, found.kind, found.partition ? l10n.t('partition') : '']
      .filter(Boolean)
      .join(' · '),
    ...(found.identityArguments === undefined ? {} : {detail: `(${found.identityArguments})`}),
    iconPath: new ThemeIcon(iconOf(found)),
    alwaysShow: true,
    found,
  };
}

function iconOf({kind}: FoundObject): string {
  switch (kind) {
    case 'table':
    case 'partitioned-table':
    case 'foreign-table':
      return 'table';
    case 'view':
    case 'materialized-view':
      return 'eye';
    case 'sequence':
      return 'symbol-number';
    case 'function':
    case 'procedure':
    case 'aggregate':
    case 'window-function':
      return 'symbol-function';
    default:
      return kind satisfies never;
  }
}
