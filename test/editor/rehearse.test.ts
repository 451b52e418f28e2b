import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {createDatabase, type TestDatabase} from '../rig/databases.ts';
import {rehearsalPanel, type RehearsalPanelUser} from '../rig/vscode-rehearsal-panel.ts';
import {runPanel} from '../rig/vscode-run-panel.ts';
import {steps} from '../rig/vscode-steps.ts';
import {createWorkspace, recordedVersion, sessionsIn, type Workspace} from '../rig/vscode-workspace.ts';
import {startVsCode, type VsCode} from '../rig/vscode.ts';
import {brokenLine, shop} from './shop.ts';

const wait = {timeout: 60_000};
const fixedLine = brokenLine.replace(', customer_state', ', status');
let workspace: Workspace;
let database: TestDatabase;
let code: VsCode;
let panel: RehearsalPanelUser;

steps('rehearse', () => code);

beforeAll(async () => {
  database = await createDatabase(17, 'rehearse');
  // With two of them none is the target before it is chosen.
  const address = `DATABASE_URL=${database.url}\n`;
  workspace = await createWorkspace({'.env': address, '.env.staging': address});
  for (const {name, up, down} of shop) await workspace.migration(name, up, down);
  code = await startVsCode({workspace: workspace.path, theme: 'dark'});
  panel = rehearsalPanel(code);
});

afterAll(async () => {
  await code?.stop();
  await database?.drop();
  await workspace?.dispose();
});

/** Opens a file at the left, where the migrations are; reports are at the right. */
async function openLeft(name: string): Promise<void> {
  await code.page.locator('.editor-group-container').first().locator('.tab.active').click();
  await code.openFile(name);
}

async function lens(file: string): Promise<void> {
  await openLeft(file);
  await code.codeLens(/Rehearse$/).click();
}

const problems = async (): Promise<string> => (await code.problems()).join('\n');

describe('a migration with an error', () => {
  it('is rehearsed from its lens without any connection, and fails at the token', async () => {
    await code.openFile('000004_index_orders.up.sql');
    await code.codeLens(/Rehearse$/).click();
    await panel.says('000004 index_orders fails');
    expect(await panel.text()).toContain('column "customer_state" does not exist');
    expect(await panel.page.locator('.source mark').innerText()).toBe('customer_state');
    await panel.button('Choose a Connection…').waitFor();
    expect(await sessionsIn(database)).toEqual([]);
    await code.screenshot('rehearse-fails-dark');
  });

  it('is in the Problems view, at that token', async () => {
    await expect
      .poll(problems, wait)
      .toMatch(/column "customer_state" does not exist.*line 3 and character 64/);
  });

  it('is opened at the token', async () => {
    await panel.button(/^Go to 000004_index_orders\.up\.sql:3:64/).click();
    await code.statusBar(/Ln 3, Col 78 \(14 selected\)/).waitFor();
  });

  it('has no problem any more once the file is changed, and passes when it is right', async () => {
    const name = 'migrations/000004_index_orders.up.sql';
    await workspace.write(name, (await workspace.read(name)).replace(brokenLine, fixedLine));
    await expect.poll(problems, wait).not.toContain('customer_state');
    await panel.button('Rehearse Again').click();
    await panel.says('000004 index_orders passes');
    expect(await panel.verdicts()).toEqual([
      'Passes',
      expect.stringMatching(/^ACCESS EXCLUSIVE on public\.orders for a moment/),
      'Undo proven',
      'Rolling back deletes data',
    ]);
  });
});

describe('a down that forgets something', () => {
  it('is a warning in the down file', async () => {
    const third = shop[2];
    if (!third) throw new Error('no third migration');
    await workspace.migration(third.name, third.up, third.down.replace('DROP TYPE order_status;', ''));
    await lens('000003_add_order_status.up.sql');
    await panel.says(/000003 add_order_status passes, but its undo does not work/);
    expect(await panel.text()).toContain('order_status');
    await expect.poll(problems, wait).toMatch(/Down leaves type public\.order_status behind/);
    await workspace.migration(third.name, third.up, third.down);
  });
});

describe('with a target', () => {
  it('all pending migrations are rehearsed, and nothing is changed there', async () => {
    await code.command('Howdah: Rehearse All Pending Migrations');
    await code.quickPick(/^\.env DATABASE_URL/);
    await panel.says('All 4 migrations pass');
    expect(await recordedVersion(database)).toBe('no table');
    expect(await database.sql(`SELECT to_regclass('orders') AS name`)).toEqual([{name: null}]);
  });

  it('the plan says how the rehearsal went, leads to its report, and applies', async () => {
    await code.command('Howdah: Apply All');
    const plan = runPanel(code);
    await plan.says('Apply 4 migrations to .env DATABASE_URL');
    await expect.poll(() => plan.text(), wait).toMatch(/The rehearsal passes: \d+ statements/);
    await code.screenshot('rehearse-plan-dark');
    await plan.button('Full report').click();
    await panel.says('All 4 migrations pass');
    await panel.button('Apply…').click();
    await plan.press('Apply 4 migrations', 'Apply 4 Migrations');
    await plan.says('4 migrations applied');
    expect(await recordedVersion(database)).toBe('4');
  });
});

describe('a migration without an end', () => {
  it('is cancelled, and the next one is rehearsed as if nothing had been', async () => {
    // While the four were applied there was a moment with one left.
    await expect.poll(() => code.activityBadge('Howdah').isVisible(), wait).toBe(false);
    await workspace.migration('000005_wait', 'SELECT pg_sleep(3600);', 'SELECT 1;');
    await expect.poll(() => code.activityBadge('Howdah').innerText(), wait).toBe('1');
    await code.command('Howdah: Rehearse Migration');
    await code.quickPick(/^000005/);
    await panel.says('Rehearsing 000005 wait');
    await panel.page.locator('#doing', {hasText: 'Running 000005 wait'}).waitFor(wait);
    await panel.button('Cancel').click();
    await panel.says(/^Cancelled after/);
    await workspace.migration('000005_wait', 'CREATE TABLE waits (id int);', 'DROP TABLE waits;');
    await panel.button('Rehearse Again').click();
    await panel.says('000005 wait passes');
  });

  it('keeps nobody from applying it', async () => {
    await workspace.migration('000005_wait', 'SELECT pg_sleep(0.1);', 'SELECT 1;');
    await code.command('Howdah: Apply All');
    const plan = runPanel(code);
    await plan.press('Apply 1 migration', 'Apply 1 Migration');
    await plan.says('1 migration applied');
    expect(await recordedVersion(database)).toBe('5');
  });
});

describe('a plan whose rehearsal fails', () => {
  it('asks once more before it is applied', async () => {
    await workspace.migration('000006_bad', 'ALTER TABLE no_such_table ADD COLUMN id int;', 'SELECT 1;');
    await code.command('Howdah: Apply All');
    const plan = runPanel(code);
    await expect.poll(() => plan.text(), wait).toContain('The rehearsal fails in 000006_bad.up.sql, line 1.');
    await plan.press('Apply 1 migration', 'Apply 1 Migration');
    await plan.button('Apply Anyway').waitFor();
    expect(await recordedVersion(database)).toBe('5');
    await plan.button('Close').or(plan.button('Cancel')).first().click();
    await workspace.remove('migrations/000006_bad.up.sql');
    await workspace.remove('migrations/000006_bad.down.sql');
  });
});

describe('after a restart of the editor', () => {
  it('a report is still there, and can be rehearsed again', async () => {
    await code.editorTab('Rehearsal of 000005').click();
    await panel.says('000005 wait passes');
    await code.reload();
    // Which tab was on top is kept a moment late.
    await code.editorTab('Rehearsal of 000005').click();
    await panel.says('000005 wait passes');
    await panel.button('Rehearse Again').click();
    await panel.says('Rehearsing 000005 wait');
    await panel.says('000005 wait passes');
  });
});

it('has left no error behind', async () => {
  expect(await code.extensionHostErrors()).toEqual([]);
});
