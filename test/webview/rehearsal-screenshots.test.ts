import {mkdir} from 'node:fs/promises';
import {join} from 'node:path';
import {afterAll, beforeAll, expect, it} from 'vitest';
import {PageRig, type OpenPage} from './page-rig.ts';
import {about, DirectedRehearsal, endedView, runningView, serverFailure} from './rehearsal-rig.ts';
import {failing, harmless, large, rewriting} from './rehearsal-values.ts';
import type {RehearsalView} from '../../src/protocol/rehearsal-view.ts';
import {themesFor} from './themes.ts';

const folder = join(import.meta.dirname, '../../.cache/screenshots');
let rig: PageRig;

beforeAll(async () => {
  await mkdir(folder, {recursive: true});
  rig = await PageRig.start('rehearsal');
});
afterAll(() => rig.stop());

interface Scene {
  readonly name: string;
  readonly view: () => RehearsalView;
  readonly act?: (page: OpenPage['page'], rehearsal: DirectedRehearsal) => Promise<void> | void;
  /** Seen once the scene is set. */
  readonly text: string;
  readonly width?: number;
}

const scenes: readonly Scene[] = [
  {
    name: 'passes',
    view: () => endedView([rewriting]),
    act: (_, rehearsal) =>
      rehearsal.change({
        kind: 'live-data',
        step: 0,
        liveData: {
          kind: 'checked',
          connection: 'shop staging',
          checks: [
            {
              what: 'CHECK orders_total_small on public.orders',
              result: {kind: 'offends', rows: 17, example: 'id = 90412'},
            },
            {what: 'NOT NULL on public.orders.status', result: {kind: 'passes'}},
          ],
        },
      }),
    text: '17 rows do not fit',
  },
  {name: 'fails', view: () => endedView([rewriting, failing, harmless]), text: 'customer_state'},
  {name: 'harmless', view: () => endedView([harmless], {about: about({connection: null})}), text: 'passes'},
  {
    name: 'running',
    view: () => runningView([rewriting.model, failing.model, harmless.model]),
    act: (_, rehearsal) =>
      rehearsal.change(
        {kind: 'doing', doing: {kind: 'history', done: 11, of: 11}},
        {kind: 'doing', doing: {kind: 'step', step: 0, part: 'up'}},
        ...endedView([rewriting]).steps.flatMap(({statements}) =>
          statements.slice(0, 3).map(statement => ({kind: 'statement', step: 0, statement}) as const),
        ),
      ),
    text: 'Running 000012',
  },
  {
    name: 'stopped',
    view: () => ({
      ...endedView([harmless]),
      phase: {
        kind: 'stopped',
        stop: {
          label: '000007',
          title: 'link_warehouse',
          cause: 'extension',
          failure: {...serverFailure('extension "postgres_fdw" is not available'), reason: 'sql'},
          at: {file: '000007_link_warehouse.up.sql', line: 2, column: 18},
          source: {
            first: 1,
            lines: ['-- Stock lives on another server.', 'CREATE EXTENSION postgres_fdw;', ''],
            line: 2,
            start: 17,
            length: 12,
          },
        },
      },
    }),
    text: 'Rehearse on a Scratch Database',
  },
  {name: 'large', view: () => endedView([large(5000)]), text: '5,000 statements'},
  {name: 'narrow', view: () => endedView([rewriting, failing]), text: 'customer_state', width: 420},
];

const table = scenes.flatMap((scene, at) =>
  themesFor(at).map(theme => ({scene, theme, title: `${scene.name}-${theme.name}`})),
);

it.each(table)('shows $title without a violation of its policy', async ({scene, theme, title}) => {
  const rehearsal = new DirectedRehearsal(scene.view());
  const opened = await rig.open('rehearsal', theme, rehearsal.connect);
  const {page, problems, requested} = opened;
  if (scene.width !== undefined) await page.setViewportSize({width: scene.width, height: 900});
  await page.locator('h1').waitFor();
  await scene.act?.(page, rehearsal);
  await page.getByText(scene.text).first().waitFor();
  await page.screenshot({path: join(folder, `rehearsal-${title}.png`), fullPage: true});
  expect(problems).toEqual([]);
  expect(requested).toEqual(['/rehearsal', '/rehearsal.css', '/rehearsal.js']);
  expect(rehearsal.channelProblems).toEqual([]);
  await opened.close();
});
