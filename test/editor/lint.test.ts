import {readdir} from 'node:fs/promises';
import {join} from 'node:path';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {lintUser, type LintUser} from '../rig/vscode-lint.ts';
import {steps} from '../rig/vscode-steps.ts';
import {createWorkspace, type Workspace} from '../rig/vscode-workspace.ts';
import {startVsCode, type VsCode} from '../rig/vscode.ts';
import {shop} from './shop.ts';

const wait = {timeout: 60_000};
const sound = shop.slice(0, 3);
const file = '000004_find_orders.up.sql';
const table = 'CREATE TABLE tags (id bigint PRIMARY KEY);';
const index = 'CREATE INDEX orders_by_customer ON orders (customer_id);';
const config = 'howdah.json';
const blocks = 'Blocks writes to orders';
const saying = (severity: string): string =>
  `{\n  "lint": {\n    "rules": {"index-not-concurrent": "${severity}"}\n  }\n}\n`;
/** The same statement for tools that have no project here. */
const ofTools = {
  'tools/alembic.ini': '[alembic]\nscript_location = alembic\n',
  'tools/alembic/versions/3f2a_index.py': `"""Index orders"""
from alembic import op

revision = "3f2a"
down_revision = None


def upgrade():
    op.execute("CREATE INDEX by_customer ON orders (customer_id)")


def downgrade():
    op.execute("DROP INDEX by_customer")
`,
  'tools/db/migrations/20240501120000_index.sql': `-- migrate:up
CREATE INDEX by_customer ON orders (customer_id);

-- migrate:down
DROP INDEX by_customer;
`,
  'tools/migrations/1714564800000_index.js': `exports.up = pgm => {
  pgm.sql('CREATE INDEX by_customer ON orders (customer_id)');
};

exports.down = pgm => {
  pgm.sql('DROP INDEX by_customer');
};
`,
  'tools/src/app.js': "db.query('CREATE INDEX by_customer ON orders (customer_id)');\n",
};
let workspace: Workspace;
let code: VsCode;
let lint: LintUser;

steps('lint', () => code);

beforeAll(async () => {
  workspace = await createWorkspace(ofTools);
  for (const {name, up, down} of sound) await workspace.migration(name, up, down);
  await workspace.migration('000004_find_orders', table, 'DROP INDEX orders_by_customer;\nDROP TABLE tags;');
  code = await startVsCode({workspace: workspace.path, theme: 'dark', settings: {'files.autoSave': 'off'}});
  lint = lintUser(code);
});

afterAll(async () => {
  await code?.stop();
  await workspace?.dispose();
});

const problems = async (): Promise<string> => (await code.problems()).join('\n');
const migrations = (): Promise<readonly string[]> => readdir(join(workspace.path, 'migrations'));

/** Into the group at the left, where the migration is. */
async function focusEditor(): Promise<void> {
  await code.page.keyboard.press('Control+1');
}

/** Replaces all of the active editor's text. */
async function write(text: string): Promise<void> {
  await focusEditor();
  await code.page.keyboard.press('Control+a');
  await code.page.keyboard.insertText(text);
}

describe('a dangerous statement', () => {
  it('is underlined while it is typed, at the clause that is meant', async () => {
    await code.openFile(file);
    await lint.goTo(2, 1);
    await code.page.keyboard.type(index);
    await expect.poll(() => lint.underlined('warning'), wait).toContain('INDEX');
  });

  it('says why at the cursor, with the lock and who waits for it', async () => {
    await lint.goTo(2, 9);
    const hover = await lint.hover();
    await expect
      .poll(() => hover.innerText(), wait)
      .toMatch(
        /Blocks writes to orders while the index is built[^]*SHARE on orders\. Writers wait; readers go on\./,
      );
    await code.screenshot('lint-hover-dark');
    await code.page.keyboard.press('Escape');
  });

  it('is in the Problems view, which leads to the page of the rule', async () => {
    expect(await problems()).toMatch(/Warning: Blocks writes to orders[^]*at line 2 and character 8/);
    await code.page.locator('.markers-panel a', {hasText: 'index-not-concurrent'}).first().click();
    const page = code.editorTab(/index-not-concurrent/);
    await page.waitFor();
    await page.getByRole('button', {name: /^Close/}).click();
  });

  it('is mended by a migration of its own, in one step', async () => {
    await focusEditor();
    await lint.goTo(2, 9);
    expect((await lint.quickFixes())[0]).toMatch(/^Build the index with CONCURRENTLY/);
    await lint.quickFix('Build the index with CONCURRENTLY');
    await code.editorTab('000005_create_index_orders_by_customer.up.sql').waitFor();
    await expect
      .poll(() => workspace.read('migrations/000005_create_index_orders_by_customer.up.sql'), wait)
      .toBe('CREATE INDEX CONCURRENTLY orders_by_customer ON orders (customer_id);\n');
    await expect.poll(() => code.editorText(), wait).not.toContain('CREATE INDEX');
    await expect.poll(problems, wait).not.toContain('Blocks writes');
    await code.screenshot('lint-fixed-dark');
  });

  it('is as before after one undo', async () => {
    await focusEditor();
    await code.page.keyboard.press('Control+z');
    await expect.poll(() => code.editorText(), wait).toContain('CREATE INDEX');
    await expect.poll(migrations, wait).not.toContain('000005_create_index_orders_by_customer.up.sql');
  });
});

describe('what is meant to be as it is', () => {
  it('is left alone with a comment that says why', async () => {
    await write(`${table}\n${index}\n`);
    await lint.goTo(2, 9);
    await lint.quickFix('Ignore “index-not-concurrent”');
    await code.screenshot('lint-leave-dark');
    await code.quickPick(/^Ignore here/);
    await code.input('made at night');
    await expect
      .poll(() => code.editorText(), wait)
      .toContain('-- howdah-ignore index-not-concurrent: made at night\nCREATE INDEX');
    await expect.poll(problems, wait).not.toContain('Blocks writes');
  });

  it('is left alone in the whole file, for the same reason', async () => {
    await write(`${table}\n${index}\n`);
    await expect.poll(problems, wait).toContain('Blocks writes');
    await focusEditor();
    await lint.goTo(2, 9);
    await lint.quickFix('Ignore “index-not-concurrent”');
    await code.quickPick(/^Ignore in this file/);
    const reason = code.quickInput.locator('input');
    await expect.poll(() => reason.inputValue(), wait).toBe('made at night');
    await code.screenshot('lint-reason-dark');
    await reason.press('Enter');
    await expect
      .poll(() => code.editorText(), wait)
      .toContain('-- howdah-ignore-file index-not-concurrent: made at night\nCREATE TABLE');
    await expect.poll(problems, wait).not.toContain('Blocks writes');
  });

  it('is told when the comment no longer says anything', async () => {
    await write(`${table}\n-- howdah-ignore index-not-concurrent: made at night\nSELECT 1;\n`);
    await lint.goTo(2, 20);
    const hover = await lint.hover();
    await expect.poll(() => hover.innerText(), wait).toContain('unused-suppression');
    await code.page.keyboard.press('Escape');
  });

  it('is turned off in the settings of the workspace', async () => {
    await write(`${table}\n${index}\n`);
    await expect.poll(problems, wait).toContain('Blocks writes');
    await focusEditor();
    await lint.goTo(2, 9);
    await lint.quickFix('Ignore “index-not-concurrent”');
    await code.quickPick(/^Off/);
    await expect.poll(problems, wait).not.toContain('Blocks writes');
    expect(JSON.parse(await workspace.read('.vscode/settings.json'))).toEqual({
      'howdah.lint.rules': {'index-not-concurrent': 'off'},
    });
    await workspace.remove('.vscode/settings.json');
    await expect.poll(problems, wait).toContain('Blocks writes');
  });
});

describe('all that can be mended', () => {
  it('is, by one command', async () => {
    await write(`${table}\n${index}\nCREATE INDEX orders_by_total ON orders (total);\n`);
    await code.command('Howdah: Fix All in This Migration');
    await code.editorTab('000006_create_index_orders_by_total.up.sql').waitFor();
    await expect.poll(problems, wait).not.toContain('Blocks writes');
    await code.screenshot('lint-fixed-all-dark');
  });
});

describe('what the repository says', () => {
  beforeAll(async () => {
    await code.setSettings({'files.autoSave': 'off', 'howdah.lint.rules': {'index-not-concurrent': 'off'}});
    await code.openFile(file);
    await write(index);
    await code.page.keyboard.press('Control+s');
    await workspace.write(config, saying('error'));
  });

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

describe('files of tools that have no project here', () => {
  beforeAll(async () => {
    await code.setSettings({'files.autoSave': 'off'});
    await code.command('File: Save All Files');
    await code.command('View: Close All Editors');
    for (const direction of ['up', 'down'])
      await workspace.remove(`migrations/000004_find_orders.${direction}.sql`);
  });

  it.each([
    {file: '3f2a_index.py', line: 9, column: 24, mark: '# howdah-ignore'},
    {file: '20240501120000_index.sql', line: 2, column: 8, mark: '-- howdah-ignore'},
    {file: '1714564800000_index.js', line: 2, column: 19, mark: '// howdah-ignore'},
  ])(
    '$file has its findings in its SQL, and comments of its language',
    async ({file, line, column, mark}) => {
      await code.openFile(file);
      await expect.poll(problems, wait).toContain(`next try. at line ${line} and character ${column}`);
      await code.page.keyboard.press('Control+1');
      await lint.goTo(line, column);
      await code.screenshot(`lint-${file}-dark`);
      await lint.quickFix('Ignore “index-not-concurrent”');
      await code.quickPick(/^Ignore here/);
      await code.input('small');
      await expect.poll(() => code.editorText(), wait).toContain(`${mark} index-not-concurrent: small`);
      await expect.poll(problems, wait).not.toContain(`next try. at line ${line + 1}`);
    },
  );

  it('are left alone where they are no migrations', async () => {
    await code.openFile('app.js');
    await code.page.waitForTimeout(1500);
    expect(await problems()).not.toContain('app.js');
  });
});

it('has left no error behind', async () => {
  // The server under test has no TypeScript in it.
  const errors = (await code.extensionHostErrors()).filter(error => !error.includes('tsserver'));
  expect(errors).toEqual([]);
});
