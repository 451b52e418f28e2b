import {mkdir} from 'node:fs/promises';
import {join} from 'node:path';
import {afterAll, beforeAll, expect, it} from 'vitest';
import {PageRig, type OpenPage} from './page-rig.ts';
import {someGaps, someIgnored} from './schema-data.ts';
import {DirectedSchema, type SchemaSettings} from './schema-rig.ts';
import {themesFor} from './themes.ts';

const folder = join(import.meta.dirname, '../../.cache/screenshots');
let rig: PageRig;

beforeAll(async () => {
  await mkdir(folder, {recursive: true});
  rig = await PageRig.start('schema');
});
afterAll(() => rig.stop());

interface Scene {
  readonly name: string;
  readonly settings: SchemaSettings;
  readonly size?: {readonly width: number; readonly height: number};
  readonly act?: (page: OpenPage['page'], schema: DirectedSchema) => Promise<void> | void;
  /** Seen once the scene is set. */
  readonly text: string;
}

const full: SchemaSettings = {ignored: someIgnored, gaps: someGaps};

const scenes: readonly Scene[] = [
  {
    name: 'differences',
    settings: {...full, compared: {notes: ['Read as app, who may not see row security policies.']}},
    act: async page => {
      await page.getByRole('treeitem', {name: /total is integer/}).click();
    },
    text: 'ADD COLUMN total integer',
  },
  {
    name: 'wide',
    settings: {...full, environment: 'production'},
    size: {width: 1500, height: 800},
    act: async page => {
      await page.getByRole('treeitem', {name: /body of function/}).click();
      await page
        .getByRole('treeitem', {name: /total is integer/})
        .locator('.tick')
        .click();
      await page.getByRole('treeitem', {name: /body of function/}).click();
    },
    text: 'NOT lines.cancelled',
  },
  {
    name: 'narrow',
    settings: full,
    size: {width: 430, height: 860},
    text: 'Column note of table',
  },
  {name: 'equal', settings: {objects: [], environment: 'development'}, text: 'Nothing differs'},
  {
    name: 'written',
    settings: full,
    act: (_, schema) => {
      schema.change({
        notice: {
          tone: 'good',
          text: '000015_match_the_migrations.up.sql was written and rehearsed: it passes, and nothing differs afterwards.',
          more: ['Not in it: extension pg_stat_statements, because only a superuser can make it.'],
        },
      });
    },
    text: 'was written',
  },
  {
    name: 'running',
    settings: {
      phase: {
        kind: 'running',
        startedAt: Date.now() - 2400,
        step: 'replaying',
        done: 212,
        of: 640,
        cancelling: false,
      },
    },
    text: 'Replaying 212 of 640',
  },
  {
    name: 'failed',
    settings: {
      environment: 'production',
      phase: {
        kind: 'failed',
        failure: {
          message: '000009_search: extension "postgis" is not available',
          advice: 'Replay the migrations in a scratch database on the server, which has what they need.',
          detail: 'Could not open extension control file "postgis.control": No such file or directory.',
          hint: 'The extension must first be installed on the system where PostgreSQL is running.',
          sqlState: '0A000',
          at: {file: 'db/migrations/000009_search.up.sql', line: 1},
          scratch: true,
        },
      },
    },
    text: 'Use a Scratch Database',
  },
  {
    name: 'tables',
    settings: full,
    act: page => page.getByRole('tab', {name: /^Tables/}).click(),
    text: 'public.customers',
  },
  {
    name: 'ignored',
    settings: full,
    act: page => page.getByRole('tab', {name: /^Ignored/}).click(),
    text: 'pg_partman makes these.',
  },
];

const table = scenes.flatMap((scene, at) =>
  themesFor(at).map(theme => ({scene, theme, title: `${scene.name}-${theme.name}`})),
);

it.each(table)('shows $title without a violation of its policy', async ({scene, theme, title}) => {
  const schema = new DirectedSchema(scene.settings);
  const opened = await rig.open('schema', theme, schema.connect);
  const {page, problems, requested} = opened;
  await page.setViewportSize(scene.size ?? {width: 1000, height: 720});
  await page.locator('h1').waitFor();
  await scene.act?.(page, schema);
  await page.getByText(scene.text).filter({visible: true}).first().waitFor();
  await page.screenshot({path: join(folder, `schema-${title}.png`)});
  expect(problems).toEqual([]);
  expect(requested).toEqual(['/schema', '/schema.css', '/schema.js']);
  await opened.close();
});
