import {describe, expect, it} from 'vitest';
import type {Connection} from '../../../src/core/connections/connection.ts';
import type {Plan, Step} from '../../../src/core/migrations/plan.ts';
import {fail} from '../../../src/core/outcome.ts';
import {changeOf, failureView, planView, preview, reportView} from '../../../src/protocol/run-model.ts';
import {RunView} from '../../../src/protocol/run-panel.ts';
import {plannedView} from '../../../src/protocol/run-state.ts';

const connection: Connection = {
  id: 'c',
  name: 'shop',
  source: {kind: 'added'},
  environment: 'production',
  readOnly: false,
  settings: {
    endpoints: [{host: 'db.example.com', port: 5432}],
    database: 'shop',
    user: 'app',
    sslMode: 'prefer',
    targetSessionAttrs: 'any',
    connectTimeout: 0,
    parameters: {},
    extra: {},
  },
};

const migration = {id: '12', label: '000012', title: 'add_status', up: '/p/000012_add_status.up.sql'};
const withFile: Step = {migration, direction: 'up', path: migration.up, leads: {kind: 'at', id: '12'}};
const withoutFile: Step = {migration, direction: 'down', leads: {kind: 'none'}};

const plan: Plan = {
  goal: {kind: 'apply-all'},
  direction: 'up',
  from: {kind: 'at', id: '11'},
  steps: [withFile, withoutFile],
  warnings: [
    {kind: 'missing-file', step: 1},
    {kind: 'never-runs', migration: {...migration, label: '000009', title: 'late'}},
  ],
};

const model = {
  plan,
  connection,
  framework: 'golang-migrate',
  folder: 'db',
  migrations: [migration],
  timeouts: {lock: 5000, statement: 0},
};
const more = {bytes: [120, undefined], canAgain: true};

describe('the view of a plan', () => {
  const view = planView(model, more);

  it('is what the contract says', () => {
    expect(RunView.parse(plannedView(view))).toEqual(plannedView(view));
  });

  it('has each warning on its row, and the skipped beside', () => {
    expect(view.steps.map(({warnings}) => warnings)).toEqual([[], ['missing-file']]);
    expect(view.skipped).toEqual([{label: '000009', title: 'late', hasFile: true}]);
  });

  it('names versions by their labels where it can', () => {
    expect([view.from, view.to]).toEqual(['11', null]);
    expect(planView({...model, plan: {...plan, steps: [withFile]}}, more).to).toBe('000012');
  });

  it('names files, not paths', () => {
    expect(view.steps[0]).toMatchObject({file: '000012_add_status.up.sql', bytes: 120});
    expect(view.steps[1]).not.toHaveProperty('file');
    expect(JSON.stringify(view)).not.toContain('/p/');
  });
});

it.each([
  [[{host: 'db', port: 5432}], 'app@db:5432/shop'],
  [[{host: '/run/postgresql', port: 5433}], 'app@/run/postgresql:5433/shop'],
  [[{host: '::1', port: 5432}], 'app@[::1]:5432/shop'],
  [
    [
      {host: 'a', port: 1},
      {host: 'b', port: 2},
    ],
    'app@a:1,b:2/shop',
  ],
])('writes the address of %j as %s', (endpoints, address) => {
  const other = {...connection, settings: {...connection.settings, endpoints}};
  expect(planView({...model, connection: other}, more).connection.address).toBe(address);
});

describe('the view of a report', () => {
  const {failure} = fail('sql', 'no', {
    server: {sqlState: '42703', severity: 'ERROR', message: 'no', hint: 'try', position: 4, schema: 's'},
  });
  const at = {path: '/p/000012_add_status.up.sql', start: {line: 6, column: 12}, end: {line: 6, column: 13}};
  const ended = {done: [], milliseconds: 4, words: 'At 12.', position: {kind: 'failed', id: '12'}} as const;

  it('counts lines and columns from one', () => {
    const view = reportView(plan, {...ended, stopped: {step: withFile, failure, at}});
    expect(view.stopped?.at).toEqual({file: '000012_add_status.up.sql', line: 7, column: 13});
  });

  it('finds the step that stopped by what it is', () => {
    const step = structuredClone(withoutFile);
    expect(reportView(plan, {...ended, stopped: {step, failure}}).stopped?.step).toBe(1);
  });

  it.each([
    [{kind: 'failed', id: '12'}, 'failed'],
    [{kind: 'unknown'}, 'unknown'],
    [{kind: 'at', id: '12'}, 'clean'],
    [{kind: 'none'}, 'clean'],
  ] as const)('calls %j %s', (position, state) => {
    expect(reportView(plan, {...ended, position}).state).toBe(state);
  });

  it('keeps of the server what people act on', () => {
    expect(failureView(failure).server).toEqual({
      sqlState: '42703',
      severity: 'ERROR',
      message: 'no',
      hint: 'try',
    });
  });
});

it('has a change for each event of a run', () => {
  const holder = {pid: 7, user: 'u', applicationName: 'a', clientAddress: 'c', ageSeconds: 3};
  expect([
    changeOf({kind: 'waiting-for-lock', holder}, 5),
    changeOf({kind: 'waiting-for-lock'}, 5),
    changeOf({kind: 'started', index: 1, step: withFile}, 6),
    changeOf({kind: 'finished', index: 1, report: {step: withFile, milliseconds: 8}}, 7),
    changeOf({kind: 'notice', message: 'n'}, 8),
  ]).toEqual([
    {kind: 'waiting', at: 5, holder: {pid: 7, user: 'u', application: 'a', address: 'c', ageSeconds: 3}},
    {kind: 'waiting', at: 5},
    {kind: 'step-started', at: 6, step: 1},
    {kind: 'step-finished', milliseconds: 8},
    {kind: 'notice', text: 'n'},
  ]);
});

it.each([
  ['nothing', '', {text: '', hiddenLines: 0}],
  ['a short file', 'a;\nb;\n', {text: 'a;\nb;', hiddenLines: 0}],
  ['exactly what fits', 'x\n'.repeat(200), {text: 'x\n'.repeat(199) + 'x', hiddenLines: 0}],
  ['one line more', 'x\n'.repeat(201), {text: 'x\n'.repeat(199) + 'x', hiddenLines: 1}],
  ['one very long line', 'x'.repeat(30_000), {text: 'x'.repeat(20_000), hiddenLines: 1}],
])('previews %s', (_, sql, {text, hiddenLines}) => {
  expect(preview(sql)).toEqual({kind: 'text', text, hiddenLines});
});
