import {afterAll, beforeAll, expect, it} from 'vitest';
import {createDatabase, type TestDatabase} from '../rig/databases.ts';
import {runPanel, type RunPanelUser} from '../rig/vscode-run-panel.ts';
import {steps} from '../rig/vscode-steps.ts';
import {createWorkspace, type Workspace} from '../rig/vscode-workspace.ts';
import {startVsCode, type VsCode} from '../rig/vscode.ts';

const names = ['a', 'b', 'c', 'd'] as const;
type Name = (typeof names)[number];
const nameOf = (name: Name): string => `.env.${name} DATABASE_URL`;
const rollOut = 'Roll Out to Selected…';
const wait = {timeout: 30_000};

const databases = new Map<Name, TestDatabase>();
let workspace: Workspace;
let code: VsCode;
let panel: RunPanelUser;

steps('rollout-selection', () => code);

beforeAll(async () => {
  for (const name of names) databases.set(name, await createDatabase(16, `shard_${name}`));
  workspace = await createWorkspace({
    'db/migrations/20260101000000_customers.sql':
      '-- migrate:up\nCREATE TABLE customers (id int);\n\n-- migrate:down\nDROP TABLE customers;\n',
    ...Object.fromEntries(names.map(name => [`.env.${name}`, `DATABASE_URL=${databases.get(name)?.url}\n`])),
  });
  code = await startVsCode({
    workspace: workspace.path,
    settings: {'howdah.connectionGroups': {shards: [nameOf('c'), nameOf('b')]}},
  });
  panel = runPanel(code);
  await code.openView('Howdah');
  await code.treeRow(nameOf('d')).waitFor();
});

afterAll(async () => {
  await code?.stop();
  for (const database of databases.values()) await database.drop();
  await workspace?.dispose();
});

const targets = async (): Promise<readonly string[]> => {
  const cells = await code.webview().locator('[role="gridcell"][data-column="name"]').allInnerTexts();
  return cells.map(cell => cell.trim());
};

const clipboard = (): Promise<string> => code.page.evaluate(() => navigator.clipboard.readText());
const addressOf = (name: Name): string => {
  const url = new URL(databases.get(name)?.url ?? '');
  url.password = '';
  return url.pathname;
};

it('offers for several selected connections what can be done with several', async () => {
  await code.selectRows(nameOf('a'), nameOf('b'), nameOf('d'));
  const items = await code.contextMenuItems(nameOf('b'));
  expect(items).toContain(rollOut);
  expect(items).toContain('Copy Address without Password');
  expect(items.filter(item => /^(Rename|Show Health|Test Connection|Set Password)/.test(item))).toEqual([]);
});

it('plans for the selected ones, and nothing else', async () => {
  await code.contextMenu(nameOf('b'), rollOut);
  await panel.says('Apply to 3 databases');
  expect(await targets()).toEqual([nameOf('a'), nameOf('b'), nameOf('d')]);
  await code.screenshot('rollout-selection-dark');
  await panel.button('Cancel').click();
});

it('does with all of them what is asked for all of them', async () => {
  await code.contextMenu(nameOf('a'), 'Copy Address without Password');
  const lines = async (): Promise<readonly string[]> => (await clipboard()).split('\n');
  await expect
    .poll(lines, wait)
    .toEqual((['a', 'b', 'd'] as const).map(name => expect.stringContaining(addressOf(name))));
});

it('acts on a row beside the selection alone', async () => {
  await code.contextMenu(nameOf('c'), 'Copy Address without Password');
  await expect.poll(clipboard, wait).toContain(addressOf('c'));
  expect((await clipboard()).split('\n')).toHaveLength(1);
});

it('takes a selection of the keyboard through the palette, and knows a group by its members', async () => {
  await code.selectRows(nameOf('b'));
  await code.page.keyboard.press('Shift+ArrowDown');
  await code.command('Howdah: Roll Out to Selected');
  await panel.says('Apply to 2 databases of shards');
  expect(await targets()).toEqual([nameOf('b'), nameOf('c')]);
  await panel.button('Cancel').click();
});

it('is not offered where one connection is selected', async () => {
  await code.selectRows(nameOf('d'));
  expect(await code.contextMenuItems(nameOf('d'))).not.toContain(rollOut);
  expect(await code.paletteOffers('Howdah: Roll Out to Selected')).not.toContainEqual(
    expect.stringContaining('Roll Out'),
  );
});

it('has left no error behind', async () => {
  expect(await code.extensionHostErrors()).toEqual([]);
  expect(code.consoleErrors).toEqual([]);
});
