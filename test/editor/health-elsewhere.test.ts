import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {createDatabase, type TestDatabase} from '../rig/databases.ts';
import {startDebianServer, startDebianStandby, type DebianServer} from '../rig/debian-server.ts';
import {makeIndexes} from '../rig/many-indexes.ts';
import {startPooler, type Pooler} from '../rig/pgbouncer.ts';
import {healthPanel, type HealthPanelUser} from '../rig/vscode-health-panel.ts';
import {indexPanel, type IndexPanelUser} from '../rig/vscode-index-panel.ts';
import {steps} from '../rig/vscode-steps.ts';
import {createWorkspace, type Workspace} from '../rig/vscode-workspace.ts';
import {startVsCode, type VsCode} from '../rig/vscode.ts';

const pooled = '.env.pooled DATABASE_URL';
const replica = '.env.replica DATABASE_URL';
/** HOWDAH_INDEXES=50000 for whoever has two minutes more. */
const indexes = Number(process.env['HOWDAH_INDEXES'] ?? 2000);

let workspace: Workspace;
let database: TestDatabase;
let primary: DebianServer;
let standby: DebianServer;
let pooler: Pooler;
let code: VsCode;
let health: HealthPanelUser;
let list: IndexPanelUser;

steps('health-elsewhere', () => code);

beforeAll(async () => {
  database = await createDatabase(18, 'elsewhere');
  pooler = await startPooler(database.port, {mode: 'transaction'});
  primary = await startDebianServer();
  standby = await startDebianStandby(primary);
  await makeIndexes(database.url, indexes);
  workspace = await createWorkspace({
    '.env.pooled': `DATABASE_URL=postgres://postgres@127.0.0.1:${pooler.port}/${database.name}?sslmode=disable\n`,
    '.env.replica': `DATABASE_URL=${standby.url()}\n`,
  });
  code = await startVsCode({workspace: workspace.path, theme: 'light'});
  health = healthPanel(code);
  list = indexPanel(code);
}, 400_000);

afterAll(async () => {
  await code?.stop();
  await standby?.stop();
  await Promise.all([pooler?.stop(), primary?.stop()]);
  await database?.drop();
  await workspace?.dispose();
});

describe('a streaming standby', () => {
  it('is shown as one, with how far behind it is', async () => {
    await code.openView('Howdah');
    await code.treeRow(replica).waitFor();
    await code.contextMenu(replica, 'Show Health');
    await health.looked();
    await health.tells(/standby/i);
    await health.open('Server');
    await health.tells(/streaming/);
    await code.screenshot('health-standby-light');
  });

  it('is connected to again after it was restarted', async () => {
    await standby.restart();
    await health.open('Overview');
    await health.tells(/restarted/);
    await health.looked();
  });
});

describe('behind a pooler that gives each transaction another session', () => {
  it('a server is watched', async () => {
    await code.contextMenu(pooled, 'Show Health');
    await code.editorTab(`Health of ${pooled}`).waitFor();
    await health.looked();
    await health.tells('Live');
    await expect.poll(() => health.page.locator('.tile').count(), {timeout: 30_000}).toBeGreaterThan(4);
  });

  it('many indexes are listed, sorted and filtered', async () => {
    await code.contextMenu(pooled, 'Show Index Usage');
    await list.says(`${indexes.toLocaleString('en')} indexes`);
    await list.filter('t77_pkey');
    await list.row('t77_pkey').waitFor();
    await list.filter('');
    await list.page.getByRole('columnheader', {name: 'Index'}).click();
    await list.page.locator('[role=columnheader][aria-sort=ascending]', {hasText: 'Index'}).waitFor();
    await list.row('t0_a_at_idx').waitFor();
    await code.screenshot('indexes-many-light');
  });
});
