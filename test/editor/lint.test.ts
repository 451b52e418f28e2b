import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {lintUser, type LintUser} from '../rig/vscode-lint.ts';
import {steps} from '../rig/vscode-steps.ts';
import {createWorkspace, type Workspace} from '../rig/vscode-workspace.ts';
import {startVsCode, type VsCode} from '../rig/vscode.ts';
import {shop} from './shop.ts';

const wait = {timeout: 30_000};
const sound = shop.slice(0, 3);
let workspace: Workspace;
let code: VsCode;
let lint: LintUser;

steps('lint', () => code);

beforeAll(async () => {
  workspace = await createWorkspace();
  for (const {name, up, down} of sound) await workspace.migration(name, up, down);
  await workspace.migration('000004_find_orders', '-- Orders by customer.', 'DROP INDEX orders_by_customer;');
  code = await startVsCode({workspace: workspace.path, theme: 'dark'});
  lint = lintUser(code);
});

afterAll(async () => {
  await code?.stop();
  await workspace?.dispose();
});

describe('a dangerous statement', () => {
  it('is underlined while it is typed', async () => {
    await code.openFile('000004_find_orders.up.sql');
    await lint.goTo(2, 1);
    await code.page.keyboard.type('CREATE INDEX orders_by_customer ON orders (customer_id);');
    await expect.poll(() => lint.underlined('warning'), wait).toContain('INDEX');
    await code.screenshot('lint-typed-dark');
  });

  it('says why at the cursor, and offers what to do', async () => {
    await lint.goTo(2, 9);
    const hover = await lint.hover();
    console.log(await hover.innerText());
    await code.screenshot('lint-hover-dark');
    await code.page.keyboard.press('Escape');
    console.log(await lint.quickFixes());
    await code.screenshot('lint-fixes-dark');
    console.log(await code.problems());
    await code.screenshot('lint-problems-dark');
  });
});

it('has left no error behind', async () => {
  expect(await code.extensionHostErrors()).toEqual([]);
});
