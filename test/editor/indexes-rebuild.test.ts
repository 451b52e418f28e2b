import {Client} from 'pg';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {createDatabase, type TestDatabase} from '../rig/databases.ts';
import {indexPanel, type IndexPanelUser} from '../rig/vscode-index-panel.ts';
import {steps} from '../rig/vscode-steps.ts';
import {createWorkspace, type Workspace} from '../rig/vscode-workspace.ts';
import {startVsCode, type VsCode} from '../rig/vscode.ts';

const main = '.env DATABASE_URL';
const production = '.env.production DATABASE_URL';
const wait = {timeout: 60_000};
let workspace: Workspace;
let database: TestDatabase;
let holder: Client;
let code: VsCode;
let panel: IndexPanelUser;

steps('indexes-rebuild', () => code);

/** Three indexes that are mostly empty, the largest on a table of its own. */
beforeAll(async () => {
  database = await createDatabase(17, 'rebuild');
  await database.sql(`CREATE TABLE clicks (id bigint, at bigint) WITH (autovacuum_enabled = false);
    CREATE TABLE visits (a bigint, b bigint) WITH (autovacuum_enabled = false);
    INSERT INTO clicks SELECT i, i FROM generate_series(1, 1500000) AS i;
    INSERT INTO visits SELECT i, i FROM generate_series(1, 1000000) AS i;
    CREATE INDEX clicks_id_idx ON clicks (id);
    CREATE INDEX visits_a_idx ON visits (a);
    CREATE INDEX "visits b" ON visits (b);
    DELETE FROM clicks WHERE id % 5 > 0;
    DELETE FROM visits WHERE a % 5 > 0`);
  await database.sql('VACUUM (ANALYZE) clicks');
  await database.sql('VACUUM (ANALYZE) visits');
  holder = new Client({connectionString: database.url});
  await holder.connect();
  workspace = await createWorkspace({
    '.env': `DATABASE_URL=${database.url}\n`,
    '.env.production': `DATABASE_URL=${database.url}\n`,
  });
  code = await startVsCode({workspace: workspace.path, theme: 'dark'});
  panel = indexPanel(code);
});

afterAll(async () => {
  await code?.stop();
  await holder?.end();
  await database?.drop();
  await workspace?.dispose();
});

/** Indexes by the number of the file they are in, which a rebuild changes. */
async function files(): Promise<ReadonlyMap<unknown, unknown>> {
  const rows =
    await database.sql(`SELECT indexrelid::regclass::text AS name, pg_relation_filenode(indexrelid) AS file
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
  it('are asked for once, with their names', async () => {
    await open(main);
    await panel.button('Rebuild All 3').click();
    await expect
      .poll(() => code.dialog.innerText(), wait)
      .toContain('Rebuild 3 indexes, one after the other');
    const text = await code.dialog.innerText();
    for (const part of [
      `Target: ${main}`,
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
  await database.sql('DELETE FROM clicks WHERE id % 20 > 0; DELETE FROM visits WHERE a % 20 > 0');
  await database.sql(`INSERT INTO clicks SELECT i, i FROM generate_series(1, 1000000) AS i;
    INSERT INTO visits SELECT i, i FROM generate_series(1, 1000000) AS i;
    DELETE FROM clicks WHERE id % 5 > 0; DELETE FROM visits WHERE a % 5 > 0`);
  await database.sql('VACUUM (ANALYZE) clicks');
  await database.sql('VACUUM (ANALYZE) visits');
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
