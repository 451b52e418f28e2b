import {afterAll, beforeAll, expect, it} from 'vitest';
import type {RehearsalProgress} from '../../src/core/rehearse/progress.ts';
import type {RehearsalReport, StepRehearsal, UndoVerdict} from '../../src/core/rehearse/report.ts';
import type {Stage} from '../../src/core/rehearse/stage.ts';
import {createParser} from '../../src/parser/libpg-query.ts';
import {rehearse} from '../../src/postgres/rehearse/rehearse.ts';
import {scriptOf} from '../rig/migration-scripts.ts';
import {value} from '../rig/sessions.ts';
import {useStage} from './stage-rig.ts';

const rig = useStage();
const parser = createParser();
let stage: Stage;

beforeAll(async () => {
  stage = value(await rig.shared().open());
});

afterAll(() => stage?.release());

const history = [
  scriptOf(
    `CREATE TABLE orders (id int PRIMARY KEY, note text, total numeric(8, 2));
     CREATE TABLE lines (id int PRIMARY KEY, order_id int);
     CREATE TYPE mood AS ENUM ('sad', 'ok');
     CREATE TABLE parents (id int PRIMARY KEY);
     CREATE TABLE children (id int REFERENCES parents DEFERRABLE INITIALLY DEFERRED);`,
    {id: '0'},
  ),
];

type Files = readonly (readonly [up: string, down?: string | undefined])[];

async function report(
  files: Files,
  onProgress: (event: RehearsalProgress) => void = () => {},
): Promise<RehearsalReport> {
  const steps = files.map(([up, down], index) => ({
    up: scriptOf(up, {id: String(index + 1)}),
    ...(down === undefined ? {} : {down: scriptOf(down, {id: String(index + 1), direction: 'down'})}),
  }));
  const done = value(await rehearse({stage, parser}, {project: 'p', history, steps}, {onProgress}));
  if (done.kind !== 'report') expect.fail(done.stop.failure.message);
  return done.report;
}

async function one(up: string, down?: string): Promise<StepRehearsal> {
  const {steps} = await report([[up, down]]);
  return steps[0] ?? expect.fail('no step');
}

it('tells locks in words, what changes, and that down undoes up, with the verdict at first', async () => {
  const events: string[] = [];
  const {steps} = await report(
    [
      [
        'ALTER TABLE orders ALTER note SET NOT NULL; ALTER TABLE lines ADD x int;',
        'ALTER TABLE lines DROP x; ALTER TABLE orders ALTER note DROP NOT NULL;',
      ],
    ],
    ({kind}) => events.push(kind),
  );
  expect(events.filter(kind => kind !== 'replaying')).toEqual([
    'step',
    'statement',
    'statement',
    'verdict',
    'undoing',
  ]);
  const [step] = steps;
  expect(step).toMatchObject({verdict: 'passes', undo: {kind: 'undone'}});
  expect(step?.statements.map(({words}) => words)).toEqual([
    [
      'ACCESS EXCLUSIVE on public.orders for the length of a full scan, and then until the file’s transaction ends, 1 statement later: reads and writes wait.',
    ],
    ['ACCESS EXCLUSIVE on public.lines for a moment: reads and writes wait.'],
  ]);
  expect(step?.changes.map(({object, change}) => `${change} ${object.key}`)).toEqual([
    'changed column public.orders.note',
    'added column public.lines.x',
  ]);
  expect(step?.dataLoss).toMatchObject([
    {
      direction: 'down',
      grade: 'since',
      what: 'Column public.lines.x with its values.',
      at: {start: {line: 0}},
    },
  ]);
});

it.each<readonly [name: string, up: string, down: string, undo: unknown]>([
  [
    'an index left behind',
    'ALTER TABLE orders ADD x int;\nCREATE INDEX i ON orders (note);',
    'ALTER TABLE orders DROP x;\n-- the index',
    {
      kind: 'differs',
      differences: [{phase: 'down', words: 'Down leaves index public.i behind.', at: {start: {line: 0}}}],
    },
  ],
  [
    'an empty down',
    'CREATE TABLE t (id int PRIMARY KEY);',
    '',
    {
      kind: 'differs',
      differences: [{words: 'Down leaves table public.t behind.'}],
    },
  ],
  [
    'a type that does not come back',
    'ALTER TABLE orders ALTER note TYPE varchar(10);',
    'SELECT 1;\nALTER TABLE orders ALTER note TYPE varchar(20);',
    {
      kind: 'differs',
      differences: [
        {
          words: 'After down, type of column public.orders.note is character varying(20) and was text.',
          at: {start: {line: 1}},
        },
      ],
    },
  ],
  [
    'the order of columns',
    'ALTER TABLE orders DROP note;',
    'ALTER TABLE orders ADD note text;',
    {
      kind: 'differs',
      differences: [
        {
          grade: 'low',
          words:
            'After down, columns of table public.orders come as id, total, note and came as id, note, total.',
        },
      ],
    },
  ],
  [
    'a down that fails',
    'CREATE TABLE t (id int);',
    'SELECT 1;\nDROP TABLE tt;',
    {
      kind: 'fails',
      phase: 'down',
      at: {start: {line: 1, column: 11}, end: {line: 1, column: 13}},
    },
  ],
  [
    'an up that cannot run again',
    "ALTER TYPE mood ADD VALUE 'good';",
    'SELECT 1',
    {
      kind: 'differs',
      differences: [
        {words: 'After down, labels of type public.mood is ["sad","ok","good"] and was ["sad","ok"].'},
      ],
    },
  ],
  [
    'a setting of the session',
    "SELECT set_config('search_path', '', false); CREATE TABLE public.t (id int);",
    'DROP TABLE t;',
    {kind: 'undone'},
  ],
  [
    'a temporary table',
    'CREATE TEMP TABLE x ON COMMIT DROP AS SELECT 1; CREATE TABLE t (id int);',
    'DROP TABLE t;',
    {kind: 'undone'},
  ],
  [
    'deferred checks',
    'INSERT INTO children VALUES (1); INSERT INTO parents VALUES (1);',
    'DELETE FROM children; DELETE FROM parents;',
    {kind: 'undone'},
  ],
  [
    'what runs outside of transactions',
    'CREATE INDEX CONCURRENTLY i ON orders (note)',
    'DROP INDEX CONCURRENTLY i',
    {kind: 'undone'},
  ],
])('says of %s whether down undoes up', async (_name, up, down, undo) => {
  const step = await one(up, down);
  expect(step.failure).toBeUndefined();
  expect(step.undo satisfies UndoVerdict).toMatchObject(Object(undo));
  // The state is as before, whichever path it took.
  expect((await one('SELECT 1', 'SELECT 1')).undo).toEqual({kind: 'undone'});
});

it('says that there is no down', async () => {
  expect((await one('CREATE TABLE t (id int)')).undo).toEqual({kind: 'no-down'});
});

it.each<readonly [up: string, down: string, losses: readonly string[]]>([
  [
    'DROP TABLE lines',
    'CREATE TABLE lines (id int PRIMARY KEY, order_id int)',
    ['up existing Table public.lines with its rows.', 'down since'],
  ],
  [
    'ALTER TABLE orders DROP note',
    'ALTER TABLE orders ADD note text',
    ['up existing Column public.orders.note with its values.'],
  ],
  ['ALTER TABLE orders RENAME note TO remark', 'ALTER TABLE orders RENAME remark TO note', []],
  ['ALTER TABLE lines RENAME TO items', 'ALTER TABLE items RENAME TO lines', []],
  [
    'TRUNCATE lines, orders',
    'SELECT 1',
    ['up existing All rows of lines (TRUNCATE).', 'up existing All rows of orders (TRUNCATE).'],
  ],
  ["DELETE FROM orders WHERE note = ''", 'SELECT 1', ['up existing Rows of orders that DELETE finds.']],
  ["UPDATE orders SET note = ''", 'SELECT 1', ['up existing Values in orders that UPDATE replaces.']],
  [
    'ALTER TABLE orders ADD x int; UPDATE orders SET x = 1',
    'ALTER TABLE orders DROP x',
    ['down since Column public.orders.x with its values.'],
  ],
  ['CREATE TABLE t (id int)', 'DROP TABLE t', ['down since Table public.t with its rows.']],
  ['CREATE INDEX i ON orders (note); CREATE VIEW v AS SELECT 1', 'DROP VIEW v; DROP INDEX i', []],
])('tells what data %s loses', async (up, down, losses) => {
  const {dataLoss} = await one(up, down);
  const found = dataLoss.map(({direction, grade, what}) => `${direction} ${grade} ${what}`);
  expect(found).toEqual(losses.filter(loss => !loss.endsWith('since')));
});

it('places the error of a file that fails, and does not run the later ones', async () => {
  const {steps} = await report([
    ['CREATE TABLE t (id int)', 'DROP TABLE t'],
    ['SELECT 1;\nALTER TABLE t DROP COLUMN nope;', 'SELECT 1'],
    ['SELECT 1', undefined],
  ]);
  expect(steps.map(({verdict}) => verdict)).toEqual(['passes', 'fails', 'not-run']);
  expect(steps[1]?.failure?.at).toMatchObject({start: {line: 1, column: 26}, end: {line: 1, column: 30}});
  expect(steps[1]?.statements).toHaveLength(1);
});

it('runs each file on what those before it have led to', async () => {
  const {steps} = await report([
    ["ALTER TYPE mood ADD VALUE 'fine'", undefined],
    ["CREATE TABLE m (mood mood DEFAULT 'fine')", 'DROP TABLE m'],
    ['ALTER TABLE m ADD x int', 'ALTER TABLE m DROP x'],
  ]);
  expect(steps.map(({verdict, undo}) => `${verdict} ${undo.kind}`)).toEqual([
    'passes no-down',
    'passes undone',
    'passes undone',
  ]);
  expect(steps[2]?.statements[0]?.locks[0]).toMatchObject({
    relation: 'public.m',
    mode: 'ACCESS EXCLUSIVE',
    isNew: false,
  });
});

it('stops where the history does not run', async () => {
  const broken = [...history, scriptOf('SELECT 1;\nDROP TABLE nope', {id: '9'})];
  const done = value(
    await rehearse({stage, parser}, {project: 'q', history: broken, steps: [{up: scriptOf('SELECT 1')}]}),
  );
  expect(done).toMatchObject({
    kind: 'stopped',
    stop: {migration: {id: '9'}, at: {start: {line: 1, column: 11}}},
  });
});

it('is cancelled, and works again afterwards', async () => {
  const stop = new AbortController();
  const steps = [{up: scriptOf('SELECT pg_sleep(600)')}];
  const running = rehearse(
    {stage, parser},
    {project: 'p', history, steps},
    {
      signal: stop.signal,
      onProgress: ({kind}) => {
        if (kind === 'step') setTimeout(() => stop.abort(), 100);
      },
    },
  );
  const done = await running;
  expect(done.ok ? 'ran' : done.failure.reason).toBe('cancelled');
  expect((await one('SELECT 1', 'SELECT 1')).undo).toEqual({kind: 'undone'});
});
