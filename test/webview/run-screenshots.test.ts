import {mkdir} from 'node:fs/promises';
import {join} from 'node:path';
import {afterAll, beforeAll, expect, it} from 'vitest';
import {fail, ok} from '../../src/core/outcome.ts';
import {PageRig, type OpenPage} from './page-rig.ts';
import {DirectedRun, type RunSettings} from './run-rig.ts';
import {themesFor} from './themes.ts';

const folder = join(import.meta.dirname, '../../.cache/screenshots');
let rig: PageRig;

beforeAll(async () => {
  await mkdir(folder, {recursive: true});
  rig = await PageRig.start('run');
});
afterAll(() => rig.stop());

interface Scene {
  readonly name: string;
  readonly settings: RunSettings;
  readonly act: (run: DirectedRun, page: OpenPage['page']) => Promise<void> | void;
  /** Seen once the scene is set. */
  readonly text: string;
}

const warnings: RunSettings['warnings'] = steps => [
  {kind: 'concurrently-with-others', step: 2},
  ...(steps[0]
    ? [
        {
          kind: 'never-runs',
          migration: {...steps[0].migration, label: '000009', title: 'add_vat_rate'},
        } as const,
      ]
    : []),
];

const scenes: readonly Scene[] = [
  {name: 'plan-development', settings: {}, act: () => {}, text: 'Apply 3 migrations to shop development'},
  {
    name: 'plan-staging',
    settings: {
      environment: 'staging',
      direction: 'down',
      without: [1],
      warnings: () => [{kind: 'missing-file', step: 1}],
    },
    act: () => {},
    text: 'Roll Back on shop staging',
  },
  {
    name: 'plan-production',
    settings: {
      environment: 'production',
      warnings,
      sql: 'CREATE INDEX CONCURRENTLY orders_customer_id_idx\n  ON shop.orders (customer_id);\n\nANALYZE shop.orders;\n',
    },
    act: async (_, page) => {
      await page.locator('.disclosure').nth(2).click();
      await page.locator('pre').waitFor();
      await page.locator('vscode-text-field input').fill('shop prod');
    },
    text: 'This is production.',
  },
  {
    name: 'running',
    settings: {environment: 'staging'},
    act: run => {
      run.session.start(null);
      run.start(0);
      run.finish(0, 87);
      run.start(1);
      run.event({
        kind: 'notice',
        message: 'identifier "orders_customer_id_created_at_status_idx" will be truncated',
      });
    },
    text: '1 of 3',
  },
  {
    name: 'waiting',
    settings: {environment: 'production'},
    act: run => {
      run.session.start('shop production');
      run.event({
        kind: 'waiting-for-lock',
        holder: {
          pid: 4711,
          user: 'deploy',
          applicationName: 'migrate',
          clientAddress: '10.1.2.3',
          ageSeconds: 64,
        },
      });
    },
    text: 'Waiting for the lock',
  },
  {
    name: 'done',
    settings: {},
    act: run => {
      run.session.start(null);
      run.succeed();
    },
    text: '3 migrations applied',
  },
  {
    name: 'failed',
    settings: {environment: 'production'},
    act: run => {
      run.session.start('shop production');
      const [first, second] = run.plan.steps;
      if (!first || !second?.path) return;
      const at = {path: second.path, start: {line: 6, column: 12}, end: {line: 6, column: 25}};
      const outcome = fail('sql', 'column "customer_idd" of relation "orders" does not exist', {
        server: {
          sqlState: '42703',
          severity: 'ERROR',
          message: 'column "customer_idd" of relation "orders" does not exist',
          detail: 'Key (customer_id)=(42) is not present in table "customers".',
          hint: 'Perhaps you meant to reference the column "orders.customer_id".',
        },
      });
      run.end(
        ok({
          done: [{step: first, milliseconds: 87}],
          stopped: {step: second, failure: outcome.failure, at},
          milliseconds: 131,
          position: {kind: 'failed', id: '13'},
          words:
            'The database is marked as failed at 000013. The file was sent as one transaction, so PostgreSQL has undone all of it; no further migration runs until the mark is repaired.',
        }),
      );
    },
    text: 'The database now',
  },
];

const table = scenes.flatMap((scene, at) =>
  themesFor(at).map(theme => ({scene, theme, title: `${scene.name}-${theme.name}`})),
);

it.each(table)('shows $title without a violation of its policy', async ({scene, theme, title}) => {
  const run = new DirectedRun(scene.settings);
  const opened = await rig.open('run', theme, run.connect);
  const {page, problems, requested} = opened;
  await page.locator('h1').waitFor();
  await scene.act(run, page);
  await page.getByText(scene.text).first().waitFor();
  await page.screenshot({path: join(folder, `run-${title}.png`)});
  expect(problems).toEqual([]);
  expect(requested).toEqual(['/run', '/run.css', '/run.js']);
  await opened.close();
});
