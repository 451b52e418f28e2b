import {readdir, readFile} from 'node:fs/promises';
import {join} from 'node:path';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import * as z from 'zod';
import {createDatabase, type TestDatabase} from '../rig/databases.ts';
import {steps} from '../rig/vscode-steps.ts';
import {createWorkspace, sessionsIn, type Workspace} from '../rig/vscode-workspace.ts';
import {startVsCode, type VsCode} from '../rig/vscode.ts';
import {fillShop, statements} from './explain-shop.ts';
import {shop} from './shop.ts';

const connection = '.env DATABASE_URL';
const production = '.env.production DATABASE_URL';
const wait = {timeout: 30_000};
let workspace: Workspace;
let database: TestDatabase;
let code: VsCode;

steps('explain', () => code);

beforeAll(async () => {
  database = await createDatabase(17, 'explain');
  await fillShop(database);
  workspace = await createWorkspace({
    '.env': `DATABASE_URL=${database.url}\n`,
    '.env.production': `DATABASE_URL=${database.url}\n`,
    ...statements,
  });
  for (const {name, up, down} of shop) await workspace.migration(name, up, down);
  code = await startVsCode({workspace: workspace.path, theme: 'dark'});
});

afterAll(async () => {
  await code?.stop();
  await database?.drop();
  await workspace?.dispose();
});

/** Opens a file at the left, where the statements are; plans are at the right. */
async function openLeft(name: string): Promise<void> {
  await code.page.locator('.editor-group-container').first().locator('.tab.active').click();
  await code.openFile(name);
}

async function lens(file: string, title: 'Explain' | 'Analyze' | 'Generic Plan'): Promise<void> {
  await openLeft(file);
  await code
    .codeLens(new RegExp(`^${title}$`))
    .first()
    .click();
}

/** Selects a text in the file at the left by the editor's own search. */
async function selectText(file: string, text: string): Promise<void> {
  await openLeft(file);
  await code.page.locator('.editor-group-container').first().locator('.view-line').first().click();
  await code.page.keyboard.press('Control+f');
  await code.page.locator('.find-widget textarea').first().fill(text);
  await code.page.keyboard.press('Enter');
  await code.page.keyboard.press('Escape');
}

const tab = (statement: RegExp): Promise<void> => code.editorTab(statement).waitFor();
const count = async (table: string): Promise<unknown> =>
  (await database.sql(`SELECT count(*)::int AS n FROM ${table}`))[0]?.['n'];

const Kept = z.object({
  origin: z.object({
    at: z.number(),
    mode: z.string(),
    guard: z.nullable(z.string()),
    statement: z.string(),
    connection: z.nullable(z.object({environment: z.string()})),
    parameters: z.array(z.object({value: z.nullable(z.string())})),
  }),
});

async function keptTexts(): Promise<readonly string[]> {
  const files = await readdir(code.home, {recursive: true}).catch((): string[] => []);
  const records = files.filter(file => /[/\\]plans[/\\].*\.json$/.test(file));
  return Promise.all(records.map(file => readFile(join(code.home, file), 'utf8')));
}

/** The kept plans in few words, oldest first: `analyze read-only development: SELECT 1 [7, NULL]`. */
async function keptPlans(): Promise<readonly string[]> {
  const records = (await keptTexts()).map(text => Kept.parse(JSON.parse(text)).origin);
  return records
    .toSorted((a, b) => a.at - b.at)
    .map(({mode, guard, connection, statement, parameters}) => {
      const values = parameters.map(({value}) => value ?? 'NULL').join();
      const how = [mode, guard, connection?.environment].filter(Boolean).join(' ');
      return `${how}: ${statement.replaceAll(/\s+/g, ' ')}${values === '' ? '' : ` [${values}]`}`;
    });
}

const lastKept = (plan: RegExp): Promise<void> =>
  expect.poll(async () => (await keptPlans()).at(-1), wait).toMatch(plan);

describe('a statement in an SQL file', () => {
  it('has lenses, and a migration only its own', async () => {
    await code.openFile('join.sql');
    await code.codeLens(/^Explain$/).waitFor();
    expect(await code.codeLens(/^(Explain|Analyze)$/).count()).toBe(2);
    expect(await sessionsIn(database)).toEqual([]);
    await code.openFile('000001_create_customers.up.sql');
    await code.codeLens('Choose a target connection').waitFor();
    expect(await code.codeLens(/^(Explain|Analyze)$/).count()).toBe(0);
  });

  it('asks for the connection once, and shows the plan beside the file', async () => {
    await lens('join.sql', 'Analyze');
    await code.quickPick(/^\.env DATABASE_URL/);
    await tab(/SELECT o\.id.* · \.env DATABASE_URL/);
    await lastKept(/^analyze read-only development: SELECT o\.id/);
    const [text] = await keptTexts();
    expect(text).toContain(`postgres@127.0.0.1:${database.port}/${database.name}`);
    expect(text).not.toContain('postgres:postgres');
    // The catalog may still be read for the findings.
    await expect.poll(() => sessionsIn(database), {timeout: 10_000}).toEqual([]);
  });

  it('that deletes is planned unless the user says otherwise', async () => {
    await lens('delete.sql', 'Analyze');
    await code.dialog.waitFor();
    const question = await code.dialog.innerText();
    expect(question).toContain('This statement deletes from orders.');
    expect(question).toContain('Target: .env DATABASE_URL');
    expect(question).toContain('sequences advance');
    await code.page.keyboard.press('Enter');
    await tab(/DELETE FROM/);
    await lastKept(/^explain development: DELETE FROM orders/);
    expect(await count('orders')).toBe(100_000);
  });

  it('that deletes is really run and rolled back, when the user says so', async () => {
    await lens('delete.sql', 'Analyze');
    await code.answer('Run and Roll Back');
    await lastKept(/^analyze rolled-back development: DELETE FROM orders/);
    expect(await count('orders')).toBe(100_000);
  });

  it('that writes in a function is found out by the server, and can be run and rolled back', async () => {
    await lens('visit.sql', 'Analyze');
    await code.dialog.waitFor();
    expect(await code.dialog.innerText()).toContain(
      'the server refused to run it in a read-only transaction',
    );
    await code.answer('Run and Roll Back');
    await tab(/count_visit/);
    await lastKept(/^analyze rolled-back development: SELECT count_visit/);
    expect(await count('visits')).toBe(0);
  });

  it('has its placeholders asked for with the server’s types, and remembered', async () => {
    await lens('values.sql', 'Explain');
    await code.quickInput.getByText('Value of :customer (integer)').waitFor();
    await code.input('7');
    await code.quickInput.getByText('Value of :status (text)').waitFor();
    await code.back();
    await code.quickInput.getByText('Value of :customer (integer)').waitFor();
    await code.input('8');
    await code.quickInput.getByText('Value of :status (text)').waitFor();
    await code.input('open');
    await tab(/SELECT \* FROM orders/);
    await lastKept(/^explain development: SELECT \* FROM orders .* \[8,open\]$/);
    await lens('values.sql', 'Explain');
    await code.quickInput.getByText('Value of :customer (integer)').waitFor();
    expect(await code.quickInput.locator('.quick-input-box input').inputValue()).toBe('8');
    await code.quickInput.getByRole('button', {name: 'Use NULL'}).click();
    await code.quickInput.getByText('Value of :status (text)').waitFor();
    await code.quickInput.getByRole('button', {name: 'Use the generic plan instead'}).click();
    await lastKept(/^generic development: SELECT \* FROM orders .* status = \$2$/);
    const kept = (await keptPlans()).length;
    await lens('values.sql', 'Generic Plan');
    await expect.poll(async () => (await keptPlans()).length, wait).toBe(kept + 1);
  });

  it('that does not parse is marked at its token', async () => {
    await openLeft('broken.sql');
    await code
      .codeLens(/^Explain$/)
      .nth(1)
      .click();
    await code.notification('syntax error at end of input').waitFor();
    await code.dismissNotifications();
    const problems = await code.problems();
    expect(problems.join()).toMatch(/syntax error.*line 3 and character 35/);
    // The statements around it can be explained all the same.
    await code
      .codeLens(/^Explain$/)
      .first()
      .click();
    await tab(/SELECT 1 · /);
  });

  it('that the server refuses is marked at its token as well', async () => {
    await lens('missing.sql', 'Explain');
    await tab(/no_such_column/);
    await expect
      .poll(async () => (await code.problems()).join(), wait)
      .toMatch(/column "no_such_column" does not exist.*line 2 and character 3/);
  });
});

describe('from elsewhere', () => {
  it('a string of another language is explained from its context menu', async () => {
    await openLeft('shop.py');
    expect(await code.codeLens(/^Explain$/).count()).toBe(0);
    await selectText('shop.py', '"SELECT id FROM orders WHERE total > %s"');
    await code.command('Howdah: Explain Generic Plan of Statement');
    await tab(/SELECT id FROM orders WHERE/);
    await lastKept(/^generic development: SELECT id FROM orders WHERE total > \$1$/);
  });

  it('a table is explained from the tree', async () => {
    await code.openView('Howdah');
    await code.expand(connection, 'public', 'Tables');
    await code.contextMenu('customers', 'Explain SELECT');
    await tab(/SELECT \* FROM public\.customers/);
  });

  it('a plan of the history is shown again, by statement and run', async () => {
    await code.command('Howdah: Show Plan History');
    await code.quickPick(/^DELETE FROM orders/);
    const whichRun = code.quickInput.getByPlaceholder('Which run?');
    await whichRun.waitFor();
    await code.back();
    // A step that has just been shown may not hear the first click.
    await whichRun.waitFor({state: 'hidden', timeout: 5000}).catch(() => code.back());
    await code.quickPick(/^SELECT count_visit/);
    await whichRun.waitFor();
    await code.quickPick(/^Analyzed/);
    await code.page.locator('.tab.active', {hasText: 'SELECT count_visit'}).waitFor();
  });
});

describe('production', () => {
  const scans = async (): Promise<unknown> =>
    (
      await database.sql(
        `SELECT seq_scan::int AS n FROM pg_stat_user_tables WHERE relid = 'ledger'::regclass`,
      )
    )[0]?.['n'];

  it('executes a statement only once its name is typed, each time', async () => {
    await code.statusBar(connection).click();
    await code.quickPick(/^\.env\.production DATABASE_URL, production/);
    const before = (await keptPlans()).length;
    await lens('ledger.sql', 'Analyze');
    await code.quickInput.getByText('It is really executed there, in a read-only transaction').waitFor();
    await code.input('production');
    await code.quickInput.getByText('That is not the name of the connection').waitFor();
    await code.page.keyboard.press('Escape');
    expect(await keptPlans()).toHaveLength(before);
    expect(await scans()).toBe(0);
    await lens('ledger.sql', 'Analyze');
    await code.input(production);
    await tab(/SELECT amount FROM ledger/);
    await lastKept(/^analyze read-only production: SELECT amount/);
    // Sessions report what they read when they end: the one that was refused as well would make it two.
    await expect.poll(scans, wait).toBe(1);
  });

  it('is planned without a question, because nothing is executed', async () => {
    await lens('delete.sql', 'Explain');
    await lastKept(/^explain production: DELETE/);
  });

  it('runs and rolls back only after both questions', async () => {
    await lens('delete.sql', 'Analyze');
    await code.answer('Run and Roll Back');
    await code.quickInput.getByText('and then rolled back').waitFor();
    await code.input(production);
    await lastKept(/^analyze rolled-back production: DELETE/);
    expect(await count('orders')).toBe(100_000);
  });
});

describe('the history', () => {
  const files = async (): Promise<readonly string[]> =>
    (await readdir(code.home, {recursive: true})).filter(file =>
      /[/\\]plans[/\\].*\.(json|plan)$/.test(file),
    );
  const question = async (): Promise<string> => {
    await code.command('Howdah: Clear Plan History');
    await code.dialog.waitFor();
    return code.dialog.innerText();
  };

  it('is kept when the question is left', async () => {
    const before = await files();
    expect(before.length).toBeGreaterThan(10);
    expect(await question()).toContain('Delete all kept plans of this workspace?');
    await code.page.keyboard.press('Escape');
    await code.dialog.waitFor({state: 'detached'});
    expect(await files()).toEqual(before);
  });

  it('is gone, files and all, once that is confirmed', async () => {
    expect(await question()).toContain('No database is touched.');
    await code.answer('Delete');
    await expect.poll(files, wait).toEqual([]);
    await code.command('Howdah: Show Plan History');
    await code.notification('No plan has been kept yet.').waitFor();
    await tab(/SELECT amount FROM ledger/);
  });
});

it('has left no error behind', async () => {
  expect(await code.extensionHostErrors()).toEqual([]);
});
