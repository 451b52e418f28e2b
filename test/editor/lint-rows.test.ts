import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {createDatabase, type TestDatabase} from '../rig/databases.ts';
import {openFor, value} from '../rig/sessions.ts';
import {lintUser, type LintUser} from '../rig/vscode-lint.ts';
import {steps} from '../rig/vscode-steps.ts';
import {createWorkspace, type Workspace} from '../rig/vscode-workspace.ts';
import {startVsCode, type VsCode} from '../rig/vscode.ts';

const wait = {timeout: 60_000};
const name = '.env DATABASE_URL';
const ask = `Ask ${name} whether its rows pass`;
const again = `Ask ${name} again whether its rows pass`;
const show = `Show the query of the rows that do not pass on ${name}`;
const made = 'CREATE TABLE orders (id int PRIMARY KEY, customer_id int, code text);';
const demand = 'ALTER TABLE orders ALTER COLUMN customer_id SET NOT NULL;';
const file = '000003_demand.up.sql';
let workspace: Workspace;
let database: TestDatabase;
let code: VsCode;
let lint: LintUser;

steps('lint-rows', () => code);

beforeAll(async () => {
  database = await createDatabase(16, 'lint_rows');
  await database.sql(`${made}
    INSERT INTO orders SELECT i, CASE WHEN i > 3 THEN i END, 'c' || i FROM generate_series(1, 12000) AS i;
    CREATE TABLE schema_migrations (version bigint PRIMARY KEY, dirty boolean NOT NULL);
    INSERT INTO schema_migrations VALUES (1, false)`);
  workspace = await createWorkspace({'.env': `DATABASE_URL=${database.url}\n`});
  await workspace.migration('000001_orders', made, 'DROP TABLE orders;');
  await workspace.migration(
    '000002_note',
    'ALTER TABLE orders ADD note text;',
    'ALTER TABLE orders DROP note;',
  );
  await workspace.migration('000003_demand', demand, 'ALTER TABLE orders ALTER customer_id DROP NOT NULL;');
  code = await startVsCode({
    workspace: workspace.path,
    theme: 'dark',
    executes: true,
    settings: {'files.autoSave': 'off', 'howdah.lint.rehearse': 'off'},
  });
  lint = lintUser(code);
});

afterAll(async () => {
  await code?.stop();
  await database?.drop();
  await workspace?.dispose();
});

/** Replaces the active editor's text, and puts the cursor into its last clause. */
async function write(text: string): Promise<void> {
  const typed = async (): Promise<string> => {
    await code.page.keyboard.press('Control+1');
    await code.page.keyboard.press('Control+a');
    await code.page.keyboard.insertText(text);
    return code.editorText();
  };
  await expect.poll(typed, wait).toContain(text);
  await lint.goTo(1, text.length - 3);
}

async function hoverWords(): Promise<string> {
  await code.page.keyboard.press('Control+1');
  const hover = await lint.hover();
  const words = await hover.innerText();
  await code.page.keyboard.press('Escape');
  return words.replaceAll(' ', ' ');
}

describe('rows that do not pass', () => {
  it('can be asked for behind what mends the finding', async () => {
    await code.openFile(file);
    await lint.goTo(1, 45);
    await expect.poll(() => lint.quickFixes(), wait).toContain(ask);
    const titles = await lint.quickFixes();
    expect(titles[0]).toBe('Let a CHECK that is validated before say it');
    expect(titles.indexOf(ask)).toBeLessThan(titles.findIndex(title => title.startsWith('Ignore ')));
    expect(titles).not.toContain(show);
  });

  it('are counted', async () => {
    await lint.quickFix(ask);
    const told = new RegExp(
      `3 of 12,000 rows of orders have no customer_id on ${name}, looked at \\d+:\\d\\d`,
    );
    await code.notification(told).waitFor(wait);
    await expect.poll(hoverWords, wait).toMatch(told);
    await lint.hover();
    await code.screenshot('lint-rows-dark');
    await code.page.keyboard.press('Escape');
    expect(await lint.quickFixes()).toEqual(expect.arrayContaining([again, show]));
  });

  it('are listed by a query to go on with', async () => {
    await lint.quickFix(again);
    await code.notificationAction('3 of 12,000 rows', 'Show the Query');
    await code.editorTab(`${name}.sql`).waitFor();
    await expect.poll(() => code.editorText(), wait).toContain('WHERE t.customer_id IS NULL;');
    await code.page.keyboard.press('Control+w');
  });

  it('are forgotten once the statement is another one', async () => {
    await write(`${demand} `);
    await expect.poll(hoverWords, wait).toContain('3 of 12,000 rows');
    await write('ALTER TABLE orders ALTER COLUMN code SET NOT NULL;');
    await expect.poll(() => lint.quickFixes(), wait).toContain(ask);
    await write(demand);
    await expect.poll(() => lint.quickFixes(), wait).toContain(ask);
    expect(await hoverWords()).not.toContain('3 of 12,000 rows');
  });
});

describe('rows that pass', () => {
  it('are said to', async () => {
    await write('ALTER TABLE orders ADD CONSTRAINT orders_code_key UNIQUE (code);');
    await expect.poll(() => lint.quickFixes(), wait).toContain(ask);
    await lint.quickFix(ask);
    await code.notification(`All rows of orders pass on ${name}, looked at`).waitFor(wait);
    expect(await lint.quickFixes()).not.toContain(show);
  });
});

describe('rows that cannot be asked', () => {
  it('are told of a column that only a migration in between makes', async () => {
    await write('ALTER TABLE orders ALTER COLUMN note SET NOT NULL;');
    await expect.poll(() => lint.quickFixes(), wait).toContain(ask);
    await lint.quickFix(ask);
    await code.notification(`orders.note is not on ${name} yet.`).waitFor(wait);
  });

  it('are told of a table that somebody holds', async () => {
    const holder = await openFor(database);
    value(await holder.script('BEGIN; LOCK TABLE orders'));
    await write('ALTER TABLE orders ALTER COLUMN code SET NOT NULL;');
    await expect.poll(() => lint.quickFixes(), wait).toContain(ask);
    await lint.quickFix(ask);
    await code.notification(`orders is locked on ${name}, so its rows could not be looked at.`).waitFor(wait);
    await holder.close();
    expect(await lint.quickFixes()).toContain(ask);
  });
});

it('has left no error behind', async () => {
  expect(await code.extensionHostErrors()).toEqual([]);
});
