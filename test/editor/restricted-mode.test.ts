import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {createDatabase, type TestDatabase} from '../rig/databases.ts';
import {steps} from '../rig/vscode-steps.ts';
import {createWorkspace, sessionsIn, type Workspace} from '../rig/vscode-workspace.ts';
import {startVsCode, type VsCode} from '../rig/vscode.ts';
import {shop} from './shop.ts';

let workspace: Workspace;
let database: TestDatabase;
let code: VsCode;

steps('restricted-mode', () => code);

beforeAll(async () => {
  database = await createDatabase(17, 'restricted');
  workspace = await createWorkspace({'.env': `DATABASE_URL=${database.url}\n`});
  for (const {name, up, down} of shop) await workspace.migration(name, up, down);
  code = await startVsCode({workspace: workspace.path, trusted: false, theme: 'dark'});
});

afterAll(async () => {
  await code?.stop();
  await database?.drop();
  await workspace?.dispose();
});

describe('a folder that is not trusted', () => {
  it('is told in the view, and no connection is read', async () => {
    await code.openView('Howdah');
    await code.page.getByText('it waits until you trust this workspace').waitFor();
    expect(await code.treeRows()).toEqual([]);
    await code.screenshot('restricted-mode-dark');
  });

  it('has no command that could connect, run or write', async () => {
    const offers = (await code.paletteOffers('Howdah: ')).filter(offer => offer.startsWith('Howdah:'));
    expect(offers.map(offer => offer.split(',')[0])).toEqual([
      'Howdah: Check All Migrations',
      'Howdah: Configure Rule…',
      'Howdah: Focus on Connections View',
      'Howdah: Show Log',
      'Howdah: Show Only Findings of a Rule…',
      'Howdah: Show Rule…',
    ]);
  });

  it('shows nothing on the files of its migrations', async () => {
    await code.openFile('000001_create_customers.up.sql');
    await code.page.locator('.view-line').first().waitFor();
    expect(await code.codeLens(/./).count()).toBe(0);
    expect(await code.statusBar(/DATABASE_URL|Choose database/).count()).toBe(0);
    expect(await sessionsIn(database)).toEqual([]);
  });

  it('works like any other once it is trusted', async () => {
    await code.welcome('Manage Workspace Trust');
    const trust = code.page.locator('.workspace-trust-editor');
    await trust.getByRole('button', {name: 'Trust', exact: true}).click();
    await trust.getByText('You trust this folder').waitFor();
    await code.page
      .locator('.monaco-modal-editor-block')
      .getByRole('button', {name: /^Close/})
      .first()
      .click();
    await trust.waitFor({state: 'hidden'});
    await code.openView('Howdah');
    await code.expand('.env DATABASE_URL', 'Migrations');
    await code.treeRow(/^000001 create_customers, pending/).waitFor();
    expect(await sessionsIn(database)).toHaveLength(1);
    expect(await code.extensionHostErrors()).toEqual([]);
    // Its own extensions start anew as well, which VS Code reports as errors.
    expect(code.consoleErrors.filter(error => /howdah/i.test(error))).toEqual([]);
  });
});
