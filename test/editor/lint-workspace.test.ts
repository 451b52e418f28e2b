import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {lintUser} from '../rig/vscode-lint.ts';
import {steps} from '../rig/vscode-steps.ts';
import {createWorkspace, type Workspace} from '../rig/vscode-workspace.ts';
import {startVsCode, type VsCode} from '../rig/vscode.ts';
import {shop} from './shop.ts';

const wait = {timeout: 60_000};
let workspace: Workspace;
let code: VsCode;

steps('lint-workspace', () => code);

const labelOf = (number: number): string => String(number).padStart(6, '0');

/** One in a hundred builds an index on a table that is not new. */
function up(number: number): string {
  const index =
    number % 100 === 0 ? `CREATE INDEX orders_c${number} ON orders (customer_id, c${number});` : '';
  return `CREATE TABLE t${number} (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, note text);
CREATE INDEX t${number}_note ON t${number} (note);
ALTER TABLE orders ADD COLUMN c${number} text;
${index}`;
}

beforeAll(async () => {
  workspace = await createWorkspace();
  for (const {name, up: sql, down} of shop.slice(0, 3)) await workspace.migration(name, sql, down);
  for (let number = 4; number <= 1000; number += 1)
    await workspace.migration(
      `${labelOf(number)}_step`,
      up(number),
      `ALTER TABLE orders DROP COLUMN c${number};\nDROP TABLE t${number};`,
    );
  code = await startVsCode({workspace: workspace.path, theme: 'dark', trusted: false});
});

afterAll(async () => {
  await code?.stop();
  await workspace?.dispose();
});

const problems = async (): Promise<string> => (await code.problems()).join('\n');

describe('a workspace that is not trusted', () => {
  it('has the findings that need no server and no git', async () => {
    await code.openFile('001000_step.up.sql');
    await expect.poll(problems, wait).toContain('Blocks writes to orders');
  });
});

describe('two thousand files', () => {
  it('are checked while the editor stays at hand', async () => {
    await code.command('Howdah: Check All Migrations');
    await code.notification(/Checking migrations/).waitFor();
    await code.page.keyboard.press('Control+1');
    const lint = lintUser(code);
    await lint.goTo(4, 9);
    const asked = Date.now();
    const hover = await lint.hover();
    await expect.poll(() => hover.innerText(), wait).toContain('Writers wait');
    const answered = Date.now() - asked;
    await code.page.keyboard.press('Escape');
    await code.notification(/warnings? in the migrations/).waitFor({timeout: 120_000});
    // Two cores are shared with other tests.
    expect(answered).toBeLessThan(5000);
    await code.screenshot('lint-workspace-dark');
  });

  it('are followed when they change on disk', async () => {
    await workspace.write('migrations/000100_step.up.sql', 'CREATE INDEX again ON customers (created_at);\n');
    await expect.poll(problems, wait).toContain('Blocks writes to customers');
  });

  it('are looked at again when a rule is turned off', async () => {
    const counts = (): Promise<string | null> =>
      code.page.locator('.statusbar-item [aria-label$="in migrations"]').first().getAttribute('aria-label');
    const before = await counts();
    await code.setSettings({'howdah.lint.rules': {'index-not-concurrent': 'off'}});
    await expect.poll(counts, wait).not.toBe(before);
    await code.setSettings({});
    await expect.poll(counts, wait).toBe(before);
  });

  it('are shown with the findings of one rule alone, until all are wanted', async () => {
    await code.command('Howdah: Show Only Findings of a Rule');
    await code.quickPick(/^index-not-concurrent/);
    await code.statusBar('index-not-concurrent').waitFor();
    await expect.poll(problems, wait).not.toContain('lock_timeout');
    await code.screenshot('lint-one-rule-dark');
    await code.statusBar('index-not-concurrent').click();
    await expect.poll(problems, wait).toContain('lock_timeout');
  });
});

it('has left no error behind', async () => {
  expect(await code.extensionHostErrors()).toEqual([]);
});
