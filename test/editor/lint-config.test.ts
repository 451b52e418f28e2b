import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {lintUser, type LintUser} from '../rig/vscode-lint.ts';
import {steps} from '../rig/vscode-steps.ts';
import {createWorkspace, type Workspace} from '../rig/vscode-workspace.ts';
import {startVsCode, type VsCode} from '../rig/vscode.ts';
import {shop} from './shop.ts';

const wait = {timeout: 60_000};
const config = 'howdah.json';
const blocks = 'Blocks writes to orders';
const saying = (severity: string): string =>
  `{\n  "lint": {\n    "rules": {"index-not-concurrent": "${severity}"}\n  }\n}\n`;
let workspace: Workspace;
let code: VsCode;
let lint: LintUser;

steps('lint-config', () => code);

beforeAll(async () => {
  workspace = await createWorkspace({[config]: saying('error')});
  for (const {name, up, down} of shop.slice(0, 3)) await workspace.migration(name, up, down);
  await workspace.migration(
    '000004_find_orders',
    'CREATE INDEX orders_by_customer ON orders (customer_id);',
    'DROP INDEX orders_by_customer;',
  );
  code = await startVsCode({
    workspace: workspace.path,
    theme: 'dark',
    settings: {'files.autoSave': 'off', 'howdah.lint.rules': {'index-not-concurrent': 'off'}},
  });
  lint = lintUser(code);
  await code.openFile('000004_find_orders.up.sql');
});

afterAll(async () => {
  await code?.stop();
  await workspace?.dispose();
});

const problems = async (): Promise<string> => (await code.problems()).join('\n');

describe('what the repository says', () => {
  it('comes before the settings', async () => {
    await expect.poll(problems, wait).toContain(`Error: ${blocks}`);
  });

  it('counts as soon as it is saved', async () => {
    await workspace.write(config, saying('warning'));
    await expect.poll(problems, wait).toContain(`Warning: ${blocks}`);
  });

  it('is changed by a choice in the editor, and is else as it was', async () => {
    await code.page.keyboard.press('Control+1');
    await lint.goTo(1, 9);
    await lint.quickFix('Ignore “index-not-concurrent”, or change its severity…');
    await code.quickPick(/^Error/);
    await expect.poll(() => workspace.read(config), wait).toBe(saying('error'));
    await expect.poll(problems, wait).toContain(`Error: ${blocks}`);
  });
});

describe('what cannot be used', () => {
  it.each([
    ['a rule that there is not', '{"lint": {"rules": {"no-such": "off"}}}', /there is no rule “no-such”/],
    ['no JSON', '{', /howdah\.json is no JSON/],
  ])('is said on the file, and the settings count: %s', async (_, text, words) => {
    await workspace.write(config, text);
    await expect.poll(problems, wait).toMatch(words);
    expect(await problems()).not.toContain(blocks);
    await code.screenshot('lint-config-dark');
  });

  it('is forgotten with the file', async () => {
    await workspace.remove(config);
    await expect.poll(problems, wait).not.toContain('howdah.json');
  });
});

it('has left no error behind', async () => {
  expect(await code.extensionHostErrors()).toEqual([]);
});
