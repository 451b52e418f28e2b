import {mkdir} from 'node:fs/promises';
import {join} from 'node:path';
import {afterAll, beforeAll, expect, it} from 'vitest';
import {PageRig, type OpenPage} from './page-rig.ts';
import {DirectedRollout, type RolloutSettings} from './rollout-rig.ts';
import {themesFor} from './themes.ts';

const folder = join(import.meta.dirname, '../../.cache/screenshots');
let rig: PageRig;

beforeAll(async () => {
  await mkdir(folder, {recursive: true});
  rig = await PageRig.start('rollout');
});
afterAll(() => rig.stop());

interface Scene {
  readonly name: string;
  readonly settings: RolloutSettings;
  readonly act: (run: DirectedRollout, page: OpenPage['page']) => Promise<void> | void;
  /** Seen once the scene is set. */
  readonly text: string;
}

const tenants: RolloutSettings['targets'] = [
  {name: 'staging DATABASE_URL', environment: 'staging'},
  {name: 'acme DATABASE_URL', environment: 'production'},
  {name: 'birch_and_sons DATABASE_URL', environment: 'production', pending: 0},
  {name: 'cedar DATABASE_URL', environment: 'production', pending: 5},
  {name: 'dune DATABASE_URL', environment: 'production'},
  {name: 'elm DATABASE_URL', environment: 'production'},
];
const group = 'tenants';

async function begun(run: DirectedRollout, canary: string | null): Promise<void> {
  run.session.choose({canary, limit: 2});
  run.session.start(group);
  await expect.poll(() => run.running.length).toBeGreaterThan(0);
}

const scenes: readonly Scene[] = [
  {
    name: 'planned-production',
    settings: {targets: tenants, group},
    act: () => {},
    text: 'Production is among',
  },
  {
    name: 'planned-development',
    settings: {targets: [{name: 'one'}, {name: 'two'}, {name: 'three', pending: 0}]},
    act: () => {},
    text: 'Apply to 2 databases',
  },
  {
    name: 'refused',
    settings: {targets: [...tenants, {name: 'frozen', refused: 'This connection is read-only.'}], group},
    act: () => {},
    text: 'Leave Out',
  },
  {
    name: 'asking',
    settings: {targets: tenants, group},
    act: async run => {
      await begun(run, 'staging DATABASE_URL');
      run.end('staging DATABASE_URL');
    },
    text: 'Go On with the Other 4',
  },
  {
    name: 'running',
    settings: {targets: tenants, group},
    act: async run => {
      await begun(run, null);
      run.end('staging DATABASE_URL');
      await expect.poll(() => run.running.length).toBe(2);
      run.progress('cedar DATABASE_URL', 2, 5);
    },
    text: 'running 3 of 5',
  },
  {
    name: 'failed',
    settings: {targets: tenants, group},
    act: async run => {
      await begun(run, null);
      run.end('staging DATABASE_URL');
      await expect.poll(() => [...run.running]).toEqual(['acme DATABASE_URL', 'cedar DATABASE_URL']);
      run.failing('acme DATABASE_URL');
      run.end('cedar DATABASE_URL');
    },
    text: 'acme DATABASE_URL failed',
  },
  {
    name: 'done',
    settings: {targets: tenants, group},
    act: async run => {
      await begun(run, null);
      for (let ended = 0; ended < 5; ended++) {
        await expect.poll(() => run.running.length).toBeGreaterThan(0);
        run.end(run.running[0] ?? '');
      }
    },
    text: 'are up to date',
  },
];

const table = scenes.flatMap((scene, at) =>
  themesFor(at).map(theme => ({scene, theme, title: `${scene.name}-${theme.name}`})),
);

it.each(table)('shows $title without a violation of its policy', async ({scene, theme, title}) => {
  const run = new DirectedRollout(scene.settings);
  await run.session.plan();
  const opened = await rig.open('rollout', theme, run.connect);
  const {page, problems, requested} = opened;
  await page.locator('h1').waitFor();
  await scene.act(run, page);
  await page.getByText(scene.text).first().waitFor();
  await page.screenshot({path: join(folder, `rollout-${title}.png`)});
  expect(problems).toEqual([]);
  expect(requested).toEqual(['/rollout', '/rollout.css', '/rollout.js']);
  await opened.close();
});
