import {readdir, readFile} from 'node:fs/promises';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {lintUser, type LintUser} from '../rig/vscode-lint.ts';
import {steps} from '../rig/vscode-steps.ts';
import {createWorkspace, type Workspace} from '../rig/vscode-workspace.ts';
import {startVsCode, type VsCode} from '../rig/vscode.ts';
import {shop} from './shop.ts';

const wait = {timeout: 120_000, interval: 1000};
const file = '000004_find_orders.up.sql';
const index = 'CREATE INDEX orders_by_customer ON orders (customer_id);';
const build = 'Build the index with CONCURRENTLY';
const proven = `${build} — proven: same schema, SHARE UPDATE EXCLUSIVE instead of SHARE`;
let workspace: Workspace;
let code: VsCode;
let lint: LintUser;

steps('lint-proof', () => code);

beforeAll(async () => {
  workspace = await createWorkspace();
  for (const {name, up, down} of shop.slice(0, 3)) await workspace.migration(name, up, down);
  await workspace.migration('000004_find_orders', `${index} `, 'DROP INDEX orders_by_customer;');
  code = await startVsCode({
    workspace: workspace.path,
    theme: 'dark',
    executes: true,
    settings: {'files.autoSave': 'off'},
  });
  lint = lintUser(code);
});

afterAll(async () => {
  await code?.stop();
  await workspace?.dispose();
});

/** Replaces all of the active editor's text, once the editor takes it. */
async function write(text: string): Promise<void> {
  const typed = async (): Promise<string> => {
    await code.page.keyboard.press('Control+1');
    await code.page.keyboard.press('Control+a');
    await code.page.keyboard.insertText(text);
    return code.editorText();
  };
  await expect.poll(typed, wait).toContain(text.trim().split('\n')[0]);
}

/** @returns how many processes of the embedded PostgreSQL this editor has started */
async function embeddedServers(): Promise<number> {
  const ids = (await readdir('/proc')).filter(id => /^\d+$/.test(id));
  const commands = await Promise.all(ids.map(id => readFile(`/proc/${id}/cmdline`, 'utf8').catch(() => '')));
  return commands.filter(command => command.includes(code.home) && command.includes('server.mjs')).length;
}

describe('a fix', () => {
  it('is not tried in a file that is only read', async () => {
    await code.openFile(file);
    await lint.goTo(1, 9);
    await expect.poll(() => lint.quickFixes(), wait).toContain(build);
    await code.page.waitForTimeout(6000);
    expect(await embeddedServers()).toBe(0);
  });

  it('is tried once typing has paused, and says what was seen where it is chosen', async () => {
    await write(index);
    await lint.goTo(1, 9);
    await expect.poll(() => lint.quickFixes(), wait).toContain(proven);
    expect(await embeddedServers()).toBe(1);
    await lint.openFixes();
    await code.screenshot('lint-proven-dark');
    await code.page.keyboard.press('Escape');
  });

  it('is said nothing of in a text that nobody tried', async () => {
    await write(`CREATE TABLE tags (id bigint PRIMARY KEY);\n${index}`);
    await lint.goTo(2, 9);
    expect(await lint.quickFixes()).toContain(build);
  });

  it('is tried with the migrations that it adds', async () => {
    await expect.poll(() => lint.quickFixes(), wait).toContain(proven);
    await lint.quickFix(proven);
    await expect
      .poll(() => workspace.read('migrations/000005_create_index_orders_by_customer.up.sql'), wait)
      .toContain('CREATE INDEX CONCURRENTLY orders_by_customer');
    await code.page.keyboard.press('Control+z');
  });
});

describe('a fix that leads elsewhere', () => {
  it('says what differs', async () => {
    await write('ALTER TABLE orders ADD COLUMN shipped_by bigint REFERENCES customers (id);');
    await lint.goTo(1, 50);
    await expect
      .poll(async () => (await lint.quickFixes()).join('\n'), wait)
      .toMatch(/ — leads to another schema: Index \S+ .*exists, and is not expected/);
  });
});

describe('with rehearsing off', () => {
  it('nothing is tried', async () => {
    await code.setSettings({'files.autoSave': 'off', 'howdah.lint.rehearse': 'off'});
    await write(`${index} `);
    await lint.goTo(1, 9);
    await code.page.waitForTimeout(6000);
    expect(await lint.quickFixes()).toContain(build);
  });
});

it('has left no error behind', async () => {
  expect(await code.extensionHostErrors()).toEqual([]);
});
