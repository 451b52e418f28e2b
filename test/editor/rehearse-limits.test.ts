import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {createDatabase, type TestDatabase} from '../rig/databases.ts';
import {rehearsalPanel, type RehearsalPanelUser} from '../rig/vscode-rehearsal-panel.ts';
import {steps} from '../rig/vscode-steps.ts';
import {createWorkspace, type Workspace} from '../rig/vscode-workspace.ts';
import {startVsCode, type VsCode} from '../rig/vscode.ts';

const wait = {timeout: 60_000};
const files = 1000;
const name = '001001_next';
const rowsThatFit = 20;
const rowsThatDoNot = 3;
let workspace: Workspace;
let database: TestDatabase;
let code: VsCode;
let panel: RehearsalPanelUser;

steps('rehearse-limits', () => code);

beforeAll(async () => {
  database = await createDatabase(16, 'limits');
  await database.sql(`CREATE TABLE orders (id int PRIMARY KEY, note text);
    INSERT INTO orders SELECT i, CASE WHEN i <= ${rowsThatFit} THEN 'note' END
    FROM generate_series(1, ${rowsThatFit + rowsThatDoNot}) i`);
  workspace = await createWorkspace({'.env': `DATABASE_URL=${database.url}\n`});
  await workspace.migration(
    '000001_orders',
    'CREATE TABLE orders (id int PRIMARY KEY, note text);',
    'DROP TABLE orders;',
  );
  for (let number = 2; number <= files; number += 1) {
    const part = `part_${number}`;
    await workspace.migration(
      `${String(number).padStart(6, '0')}_${part}`,
      `CREATE TABLE ${part} (id int PRIMARY KEY, name text);`,
      `DROP TABLE ${part};`,
    );
  }
  await workspace.migration(name, 'ALTER TABLE orders ADD COLUMN total int;', 'SELECT 1;');
  code = await startVsCode({workspace: workspace.path, theme: 'dark'});
  panel = rehearsalPanel(code);
});

afterAll(async () => {
  await code?.stop();
  await database?.drop();
  await workspace?.dispose();
});

/** Writes the migration after the history, and rehearses it as the one before. */
async function again(up: string, down: string): Promise<void> {
  await workspace.migration(name, up, down);
  await panel.button('Rehearse Again').click();
  await panel.says('Rehearsing 001001 next');
}

describe('a history of 1,000 files', () => {
  it('is replayed once, and the panel says how far it is', async () => {
    await code.openFile(`${name}.up.sql`);
    await code.codeLens(/Rehearse$/).click();
    await panel.says('Rehearsing 001001 next');
    await panel.page
      .locator('#doing', {hasText: /^Replaying the history: [1-9]\d* of 1,000 files$/})
      .waitFor(wait);
    await code.screenshot('rehearse-history-dark');
    await panel.says('001001 next passes, but its undo does not work');
    expect(await panel.text()).toMatch(/1,000 earlier files replayed in/);
  });

  it('is not replayed again when the file after it is changed', async () => {
    await again('ALTER TABLE orders ADD COLUMN total int;', 'ALTER TABLE orders DROP COLUMN total;');
    await panel.says(/001001 next passes$/);
    expect(await panel.text()).toContain('history kept from before');
    expect(await panel.verdicts()).toContain('Undo proven');
    await code.screenshot('rehearse-after-history-dark');
  });
});

describe('the rows of today', () => {
  it('are counted where they do not fit, with one of them', async () => {
    await again(
      'ALTER TABLE orders ALTER COLUMN note SET NOT NULL;',
      'ALTER TABLE orders ALTER COLUMN note DROP NOT NULL;',
    );
    await panel.says('001001 next passes');
    await panel.button('Check Today’s Rows on .env DATABASE_URL').click();
    await panel.page.getByText(`${rowsThatDoNot} rows do not fit, such as id = 21`).waitFor(wait);
    await panel.page.getByText(`${rowsThatDoNot} rows do not fit`).scrollIntoViewIfNeeded();
    await code.screenshot('rehearse-rows-dark');
  });
});

describe('a file that does harm', () => {
  it.each([
    [
      'fills the memory',
      "SELECT count(a) FROM (SELECT array_agg(repeat('x', 1000000) || i) a FROM generate_series(1, 8000) i) s;",
      /001001 next fails/,
      /Fails in line 2[^]*out of memory/,
    ],
    [
      'ends its own backend',
      'SELECT pg_terminate_backend(pg_backend_pid());',
      // The embedded PostgreSQL does not take signals.
      /001001 next passes|The rehearsal could not be done/,
      /pg_terminate_backend/,
    ],
  ])('and %s ends in words, and the next one passes', async (_, sql, heading, words) => {
    await again(`CREATE TABLE harm (id int);\n${sql}`, 'DROP TABLE harm;');
    await panel.says(heading);
    expect(await panel.text()).toMatch(words);
    await again('CREATE TABLE spared (id int);', 'DROP TABLE spared;');
    await panel.says('001001 next passes');
    expect(await panel.text()).toContain('history kept from before');
    expect(await panel.verdicts()).toContain('Undo proven');
  });
});

describe('a file of 5,000 statements', () => {
  const count = 5000;
  const inserts = Array.from({length: count - 500}, (_, at) => `INSERT INTO orders VALUES (${at}, 'note');`);
  const updates = Array.from({length: 500}, (_, at) => `UPDATE orders SET note = 'new' WHERE id = ${at};`);

  it('has a list of all of them, which scrolls, and the page answers', async () => {
    await again([...inserts, ...updates].join('\n'), 'DELETE FROM orders;');
    await panel.says('001001 next passes');
    const list = panel.page.getByRole('listbox', {name: 'Statements'});
    await list.press('End');
    await list.locator(`[aria-posinset="${count}"][aria-selected="true"]`).waitFor();
    expect(await list.getByRole('option').count()).toBeLessThan(100);
    await list.evaluate(scroller => scroller.scrollTo({top: scroller.scrollHeight / 2}));
    await list.locator(`[aria-posinset="${count / 2 + 5}"]`).click();
    await code.screenshot('rehearse-5000-dark');
    await list.press('Enter');
    await code.statusBar(`Ln ${count / 2 + 5}, Col`).waitFor();
  });
});

it('has left no error behind', async () => {
  expect(await code.extensionHostErrors()).toEqual([]);
});
