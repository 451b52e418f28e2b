import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {createDatabase, type TestDatabase} from '../rig/databases.ts';
import {rehearsalPanel, type RehearsalPanelUser} from '../rig/vscode-rehearsal-panel.ts';
import {steps} from '../rig/vscode-steps.ts';
import {createWorkspace, type Workspace} from '../rig/vscode-workspace.ts';
import {startVsCode, type VsCode} from '../rig/vscode.ts';

const connection = '.env DATABASE_URL';
const production = '.env.production DATABASE_URL';
const wait = {timeout: 60_000};
let workspace: Workspace;
let database: TestDatabase;
let code: VsCode;
let panel: RehearsalPanelUser;

steps('rehearse-elsewhere', () => code);

beforeAll(async () => {
  database = await createDatabase(16, 'elsewhere');
  await database.sql('CREATE TABLE orders (id int PRIMARY KEY, note text)');
  const address = `DATABASE_URL=${database.url}\n`;
  workspace = await createWorkspace({'.env': address, '.env.production': address});
  await workspace.migration(
    '000001_create_orders',
    'CREATE TABLE IF NOT EXISTS orders (id int PRIMARY KEY, note text);',
    'DROP TABLE orders;',
  );
  // The embedded PostgreSQL does not have it, the servers do.
  await workspace.migration('000002_link', 'CREATE EXTENSION postgres_fdw;', 'DROP EXTENSION postgres_fdw;');
  await workspace.migration(
    '000003_add_total',
    'ALTER TABLE orders ADD COLUMN total int;',
    'ALTER TABLE orders DROP COLUMN total;',
  );
  await workspace.migration(
    '000004_index',
    'CREATE INDEX CONCURRENTLY orders_note ON orders (note);',
    'DROP INDEX orders_note;',
  );
  code = await startVsCode({workspace: workspace.path, theme: 'light'});
  panel = rehearsalPanel(code);
});

afterAll(async () => {
  await code?.stop();
  for (const name of await scratchDatabases()) await database.sql(`DROP DATABASE ${name}`);
  await database?.drop();
  await workspace?.dispose();
});

async function scratchDatabases(): Promise<readonly string[]> {
  const rows = await database.sql(`SELECT datname FROM pg_database WHERE datname LIKE 'howdah_scratch_%'
    AND shobj_description(oid, 'pg_database') LIKE '%"by":"${leftover.by}"%'`);
  return rows.map(row => String(row['datname']));
}

const leftover = {
  howdah: 'scratch database',
  by: `test-${process.pid}`,
  host: 'elsewhere',
  pid: 1,
  since: '2020-01-01T00:00:00.000Z',
};
const leftoverName = `howdah_scratch_20200101_000000_${process.pid.toString(16).padStart(8, '0')}`;

const columns = async (): Promise<unknown> =>
  (
    await database.sql(
      `SELECT array_agg(attname::text ORDER BY attnum) AS names FROM pg_attribute WHERE attrelid = 'orders'::regclass AND attnum > 0`,
    )
  )[0]?.['names'];

describe('a history that the embedded PostgreSQL cannot run', () => {
  it('says why, and offers other places', async () => {
    await code.command('Howdah: Rehearse Migration');
    await code.quickPick(/^000003/);
    await panel.says('The history does not run: 000002 link');
    expect(await panel.text()).toContain('The embedded PostgreSQL does not have this extension.');
    await code.screenshot('rehearse-stopped-light');
  });

  it('runs on a scratch database, which is gone afterwards', async () => {
    const before = await database.sql(`SELECT count(*)::int AS n FROM pg_database`);
    await panel.button('Rehearse on a Scratch Database…').click();
    await code.quickPick(/^\.env DATABASE_URL/);
    await code.dialog.waitFor();
    expect(await code.dialog.innerText()).toContain('No other database is changed.');
    await code.answer('Make Scratch Database');
    await panel.says('000003 add_total passes');
    expect(await panel.text()).toContain('Scratch database, PostgreSQL 16');
    await expect.poll(() => database.sql(`SELECT count(*)::int AS n FROM pg_database`), wait).toEqual(before);
    expect(await columns()).toEqual(['id', 'note']);
  });

  it('is not made when the question is left', async () => {
    await panel.button('Rehearse Again').click();
    await code.dialog.waitFor();
    await code.page.keyboard.press('Escape');
    await code.dialog.waitFor({state: 'detached'});
    await panel.says('000003 add_total passes');
  });
});

describe('on the server', () => {
  it('it runs and is rolled back, once that is confirmed', async () => {
    await panel.menu('Rehearse Elsewhere', 'On the Server, Rolled Back…');
    await code.dialog.waitFor();
    expect(await code.dialog.innerText()).toContain('between BEGIN and ROLLBACK');
    await code.answer('Run and Roll Back');
    await panel.page.getByText('PostgreSQL 16').first().waitFor(wait);
    await expect.poll(() => panel.text(), wait).toContain('rolled back');
    await panel.says('000003 add_total passes');
    expect(await columns()).toEqual(['id', 'note']);
  });

  it('what ROLLBACK does not take back is not tried', async () => {
    await code.command('Howdah: Rehearse on the Server, Rolled Back');
    await code.quickPick(/^000004/);
    await code.answer('Run and Roll Back');
    await panel.says('This is not tried on the server');
    expect(await panel.text()).toContain('CONCURRENTLY');
  });

  it('production wants its name typed', async () => {
    await code.statusBar(connection).click();
    await code.quickPick(/^\.env\.production DATABASE_URL/);
    await code.command('Howdah: Rehearse on the Server, Rolled Back');
    await code.quickPick(/^000003/);
    await code.input(production);
    await panel.says('000003 add_total passes');
    expect(await columns()).toEqual(['id', 'note']);
  });
});

describe('a scratch database that was left behind', () => {
  it('is offered for removal, and removed', async () => {
    await database.sql(`CREATE DATABASE ${leftoverName}`);
    await database.sql(`COMMENT ON DATABASE ${leftoverName} IS '${JSON.stringify(leftover)}'`);
    await code.command('Howdah: Remove Leftover Scratch Databases');
    await code.quickInput.getByText(leftoverName).waitFor();
    await code.quickInput.getByText('OK').click();
    await expect.poll(scratchDatabases, wait).toEqual([]);
  });

  it('is found when a connection is first used', async () => {
    await database.sql(`CREATE DATABASE ${leftoverName}`);
    await database.sql(`COMMENT ON DATABASE ${leftoverName} IS '${JSON.stringify(leftover)}'`);
    const address = database.url.replace(`/${database.name}`, '/postgres');
    await workspace.write('.env.later', `DATABASE_URL=${address}\n`);
    await code.openView('Howdah');
    await code.expand('.env.later DATABASE_URL');
    await code.notification(/scratch database.* still on/).waitFor();
    await code.notificationAction(/scratch database.* still on/, 'Remove…');
    await code.quickInput.getByText(leftoverName).waitFor();
    await code.quickInput.getByText('OK').click();
    await expect.poll(scratchDatabases, wait).toEqual([]);
  });
});

it('has left no error behind', async () => {
  expect(await code.extensionHostErrors()).toEqual([]);
});
