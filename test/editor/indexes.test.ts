import {readdir} from 'node:fs/promises';
import {join} from 'node:path';
import {Client} from 'pg';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {createDatabase, type TestDatabase} from '../rig/databases.ts';
import {indexPanel, type IndexPanelUser} from '../rig/vscode-index-panel.ts';
import {steps} from '../rig/vscode-steps.ts';
import {createWorkspace, type Workspace} from '../rig/vscode-workspace.ts';
import {startVsCode, type VsCode} from '../rig/vscode.ts';
import {shop} from './shop.ts';

const connection = '.env DATABASE_URL';
const rebuilt = '.env.rebuilt DATABASE_URL';
const production = '.env.production DATABASE_URL';
const wait = {timeout: 60_000};
const migrations = [
  ...shop.slice(0, 2),
  {
    name: '000003_index_orders',
    up: `CREATE INDEX orders_customer_id_idx ON orders (customer_id);
CREATE INDEX orders_customer_idx ON orders (customer_id);
CREATE INDEX orders_total_idx ON orders (total);`,
    down: 'DROP INDEX orders_customer_id_idx, orders_customer_idx, orders_total_idx;',
  },
];
let workspace: Workspace;
let database: TestDatabase;
let bloated: TestDatabase;
let holder: Client;
let code: VsCode;
let panel: IndexPanelUser;

steps('indexes', () => code);

beforeAll(async () => {
  database = await createDatabase(17, 'indexes');
  for (const {up} of migrations) await database.sql(up);
  await database.sql(`CREATE TABLE schema_migrations (version bigint PRIMARY KEY, dirty boolean NOT NULL);
    INSERT INTO schema_migrations VALUES (3, false);
    INSERT INTO customers (email) SELECT 'c' || n || '@example.com' FROM generate_series(1, 500) AS n;
    INSERT INTO orders (customer_id, total) SELECT n % 500 + 1, n FROM generate_series(1, 40000) AS n;
    CREATE INDEX orders_by_hand_idx ON orders (total, id);
    ANALYZE`);
  workspace = await createWorkspace({'.env': `DATABASE_URL=${database.url}\n`});
  for (const {name, up, down} of migrations) await workspace.migration(name, up, down);
  code = await startVsCode({workspace: workspace.path, theme: 'dark'});
  panel = indexPanel(code);
});

afterAll(async () => {
  await code?.stop();
  await holder?.end();
  await Promise.all([database?.drop(), bloated?.drop()]);
  await workspace?.dispose();
});

const tab = (): Promise<void> => code.editorTab(`Indexes of ${connection}`).click();
const written = async (pattern: RegExp): Promise<string | undefined> =>
  (await readdir(join(workspace.path, 'migrations'))).find(name => pattern.test(name));

/** Waits for the file, and @returns its name. */
async function file(pattern: RegExp): Promise<string> {
  await expect.poll(() => written(pattern), wait).toBeDefined();
  return (await written(pattern)) ?? '';
}

describe('the panel', () => {
  it('says how many indexes there are and what they take', async () => {
    await code.openView('Howdah');
    await code.treeRow(connection).waitFor();
    await code.command('Howdah: Show Index Usage');
    await panel.says(/^8 indexes, .* MB; .* could be freed$/);
    await panel.tells(/PostgreSQL 17/);
    await panel.finding(/is the same as/).waitFor();
  });

  it('shows what an index serves and is made of', async () => {
    await panel.row('customers_email_key').click();
    await panel.details.getByText('CREATE UNIQUE INDEX customers_email_key').waitFor();
    await panel.details.getByText('It keeps (lower(email)) unique.').waitFor();
    await code.screenshot('indexes-editor-dark');
  });

  it('leads to an index in the tree', async () => {
    await panel.details.getByRole('button', {name: 'Show in Tree'}).click();
    await expect
      .poll(() => code.page.locator('.part.sidebar .monaco-list-row.focused').innerText(), wait)
      .toContain('customers_email_key');
  });
});

describe('the tree', () => {
  it('leads from a table to its indexes, which can be shown among all again', async () => {
    const orders = await code.rowAt(connection, 'public', 'Tables', 'orders');
    await code.contextMenu(orders, 'Show Index Usage');
    await panel.tells('5 of 8 indexes');
    await code.screenshot('indexes-of-table-dark');
    await panel.button('Table orders: show all tables').click();
    await panel.tells('8 indexes');
  });

  it('leads from an index to its row', async () => {
    const index = await code.rowAt(connection, 'public', 'Tables', 'customers', 'Indexes', 'customers_pkey');
    await code.contextMenu(index, 'Show Index Usage');
    await panel.tells('2 of 8 indexes');
    await panel.details.getByText('customers_pkey').first().waitFor();
  });

  it('leads to a table that was made since the last reading', async () => {
    await database.sql('CREATE TABLE fresh (id bigint PRIMARY KEY)');
    await code.viewAction('Refresh');
    const fresh = await code.rowAt(connection, 'public', 'Tables', 'fresh');
    await code.contextMenu(fresh, 'Show Index Usage');
    await panel.tells('1 of 9 indexes');
    await database.sql('DROP TABLE fresh');
    await panel.button('Refresh').click();
    await panel.button('Show All').click();
    await panel.says(/^8 indexes/);
  });
});

describe('a migration', () => {
  it('that drops one of two equal indexes is written from the finding, rehearsed and opened', async () => {
    await tab();
    await panel.finding(/is the same as/).click();
    await panel.button('Write Migration').first().click();
    const name = await file(/^000004.*drop.*\.up\.sql$/i);
    await code.editorTab(name).waitFor();
    expect(await workspace.read(`migrations/${name}`)).toMatch(
      /^DROP INDEX CONCURRENTLY public\.orders_cust/m,
    );
    await panel.tells(/written and rehearsed\. It passes, and down undoes it\./);
    await code.screenshot('indexes-written-dark');
  });

  it('that drops an index that nothing uses is written from its row', async () => {
    await tab();
    await panel.row('orders_total_idx').click();
    await panel.details.getByRole('button', {name: 'Write Migration to Drop'}).click();
    const name = await file(/^000005.*orders_total_idx.*\.up\.sql$/i);
    expect(await workspace.read(`migrations/${name}`)).toMatch(
      /^DROP INDEX CONCURRENTLY public\.orders_total_idx;/m,
    );
    await panel.tells(/^000005.*written and rehearsed\. It passes, and down undoes it\./);
  });

  it('says of an index that no migration makes that it fails elsewhere', async () => {
    await tab();
    await panel.row('orders_by_hand_idx').click();
    await panel.details.getByRole('button', {name: 'Write Migration to Drop'}).click();
    await panel.tells(/^000006.*it fails in its rehearsal/);
    await panel.tells(/it was made by hand/);
  });
});

describe('scans', () => {
  it('are counted while the panel is seen', async () => {
    await tab();
    await panel.choose('How often scans are counted', /every 10 s/);
    await database.sql(`SET enable_seqscan = off; SELECT count(*) FROM orders WHERE customer_id = 7`);
    await panel.row('orders_customer').locator('[data-column=rate]').getByText(/\d/).waitFor(wait);
    await panel.choose('How often scans are counted', /off/);
  });
});

describe('a rebuild', () => {
  it('is asked for, runs, and says how long it took', async () => {
    await panel.row('orders_pkey').click();
    await panel.details.getByRole('button', {name: 'Rebuild'}).click();
    await code.answer('Run');
    await panel.tells(/^Done in /);
    await panel.tells('REINDEX INDEX CONCURRENTLY public.orders_pkey');
    await panel.button('Dismiss').click();
  });
});

it('keeps its filter while another tab is in front of it', async () => {
  await tab();
  await panel.filter('customers');
  await panel.tells('2 of 8 indexes');
  await code.command('Howdah: Show Health');
  await code.editorTab(`Health of ${connection}`).waitFor();
  await panel.row('customers_pkey').waitFor({state: 'detached'});
  await tab();
  await panel.tells('2 of 8 indexes');
  expect(await panel.page.getByRole('textbox', {name: 'Filter'}).inputValue()).toBe('customers');
  await panel.filter('');
  await panel.tells('8 indexes');
});

it('comes back after a reload, and reads again', async () => {
  await tab();
  await code.reload();
  await code.editorTab(`Indexes of ${connection}`).waitFor();
  await panel.says(/^8 indexes/);
});

it('reads again when its connection was ended meanwhile', async () => {
  await database.sql(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()`);
  await database.sql('CREATE INDEX orders_one_more_idx ON orders (total, customer_id)');
  await panel.button('Refresh').click();
  await panel.says(/^9 indexes/);
});

/** Three indexes that are mostly empty, the largest on a table of its own. */
async function makeBloated(): Promise<void> {
  bloated = await createDatabase(17, 'rebuild');
  await bloated.sql(`CREATE TABLE clicks (id bigint, at bigint) WITH (autovacuum_enabled = false);
    CREATE TABLE visits (a bigint, b bigint) WITH (autovacuum_enabled = false);
    INSERT INTO clicks SELECT i, i FROM generate_series(1, 1000000) AS i;
    INSERT INTO visits SELECT i, i FROM generate_series(1, 800000) AS i;
    CREATE INDEX clicks_id_idx ON clicks (id);
    CREATE INDEX visits_a_idx ON visits (a);
    CREATE INDEX "visits b" ON visits (b);
    DELETE FROM clicks WHERE id % 5 > 0;
    DELETE FROM visits WHERE a % 5 > 0`);
  await bloated.sql('VACUUM (ANALYZE) clicks');
  await bloated.sql('VACUUM (ANALYZE) visits');
  holder = new Client({connectionString: bloated.url});
  await holder.connect();
  await workspace.write('.env.rebuilt', `DATABASE_URL=${bloated.url}\n`);
  await workspace.write('.env.production', `DATABASE_URL=${bloated.url}\n`);
}

/** Indexes by the number of the file they are in, which a rebuild changes. */
async function files(): Promise<ReadonlyMap<unknown, unknown>> {
  const rows =
    await bloated.sql(`SELECT indexrelid::regclass::text AS name, pg_relation_filenode(indexrelid) AS file
    FROM pg_index WHERE indrelid IN ('clicks'::regclass, 'visits'::regclass)`);
  return new Map(rows.map(({name, file}) => [name, file]));
}

async function open(connection: string): Promise<void> {
  await code.openView('Howdah');
  await code.treeRow(connection).waitFor();
  await code.contextMenu(connection, 'Show Index Usage');
  await panel.says(/^3 indexes/);
}

describe('indexes that are rebuilt together', () => {
  beforeAll(makeBloated);

  it('are asked for once, with their names', async () => {
    await open(rebuilt);
    await panel.button('Rebuild All 3').click();
    await expect
      .poll(() => code.dialog.innerText(), wait)
      .toContain('Rebuild 3 indexes, one after the other');
    const text = await code.dialog.innerText();
    for (const part of [
      `Target: ${rebuilt}`,
      'public.clicks_id_idx',
      'public.visits_a_idx',
      'public."visits b"',
    ])
      expect(text).toContain(part);
    await code.screenshot('indexes-rebuild-ask-dark');
    await code.answer('Cancel');
  });

  it('are rebuilt one after the other, until they are cancelled', async () => {
    const before = await files();
    await holder.query('BEGIN');
    await holder.query('LOCK TABLE visits IN SHARE UPDATE EXCLUSIVE MODE');
    await panel.button('Rebuild All 3').click();
    await code.answer('Rebuild All');
    await panel.tells(/^2 of 3, visits/);
    await code.screenshot('indexes-rebuild-running-dark');
    await panel.page.locator('.maintenance-row vscode-button').click();
    await panel.tells('Rebuilt: clicks_id_idx.');
    await panel.tells(/^Not rebuilt: visits/);
    await panel.tells(/^Not begun: visits/);
    await code.screenshot('indexes-rebuild-cancelled-dark');
    await holder.query('COMMIT');
    const after = await files();
    expect([...after].filter(([name, file]) => before.get(name) !== file).map(([name]) => name)).toEqual([
      'clicks_id_idx',
    ]);
    await panel.button('Dismiss').click();
  });

  it('are read again, so that what is done is no finding any more', async () => {
    await panel.button('Rebuild All 2').click();
    await code.answer('Rebuild All');
    await panel.tells(/^Done in /);
    await expect.poll(() => panel.button(/Rebuild All/).count(), wait).toBe(0);
  });
});

it('ask in production for the name of the target', async () => {
  await bloated.sql('DELETE FROM clicks WHERE id % 20 > 0; DELETE FROM visits WHERE a % 20 > 0');
  await bloated.sql(`INSERT INTO clicks SELECT i, i FROM generate_series(1, 1000000) AS i;
    INSERT INTO visits SELECT i, i FROM generate_series(1, 800000) AS i;
    DELETE FROM clicks WHERE id % 5 > 0; DELETE FROM visits WHERE a % 5 > 0`);
  await bloated.sql('VACUUM (ANALYZE) clicks');
  await bloated.sql('VACUUM (ANALYZE) visits');
  const before = await files();
  await open(production);
  await panel.button('Rebuild All 3').click();
  const input = code.page.locator('.quick-input-widget');
  await expect.poll(() => input.innerText(), wait).toContain(`Type “${production}”`);
  expect(await input.innerText()).toContain('public."visits b"');
  await code.screenshot('indexes-rebuild-production-dark');
  await code.page.keyboard.type(production);
  await code.page.keyboard.press('Enter');
  await panel.tells(/^Done in /);
  expect([...(await files())].filter(([name, file]) => before.get(name) === file)).toEqual([]);
});

it('has left no error behind', async () => {
  expect(await code.extensionHostErrors()).toEqual([]);
  expect(code.consoleErrors).toEqual([]);
});
