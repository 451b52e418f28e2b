import {describe, expect, it} from 'vitest';
import type {PlanView, RunChange, RunView} from '../../../src/protocol/run-panel.ts';
import {applyChange, plannedView, restoredView, stepState} from '../../../src/protocol/run-state.ts';

const step = {label: '000001', title: 'a', direction: 'up', warnings: []} as const;

const plan: PlanView = {
  direction: 'up',
  connection: {name: 'shop', environment: 'staging', readOnly: false, address: 'app@db:5432/shop'},
  framework: 'golang-migrate',
  folder: 'db',
  from: null,
  to: '000003',
  steps: [step, step, step],
  skipped: [],
  timeouts: {lock: 0, statement: 0},
  can: {act: true, again: true},
};

const failure = {reason: 'sql', message: 'no'};
const report = {milliseconds: 9, done: [4], state: 'failed', words: 'At 1.'} as const;

function after(...changes: readonly RunChange[]): RunView {
  return changes.reduce(applyChange, plannedView(plan));
}

const begun = [
  {kind: 'run-started', at: 100},
  {kind: 'step-started', step: 0, at: 110},
] as const;
const oneDone = [...begun, {kind: 'step-finished', milliseconds: 4}] as const;

const states: readonly (readonly [string, readonly RunChange[], readonly string[]])[] = [
  ['planned', [], ['waiting', 'waiting', 'waiting']],
  ['in the first', begun, ['running', 'waiting', 'waiting']],
  ['between two', oneDone, ['done', 'waiting', 'waiting']],
  ['in the second', [...oneDone, {kind: 'step-started', step: 1, at: 120}], ['done', 'running', 'waiting']],
  [
    'failed',
    [...oneDone, {kind: 'ended', report: {...report, stopped: {step: 1, failure}}}],
    ['done', 'failed', 'not-run'],
  ],
  [
    'cancelled',
    [
      ...oneDone,
      {kind: 'ended', report: {...report, stopped: {step: 1, failure: {...failure, reason: 'cancelled'}}}},
    ],
    ['done', 'cancelled', 'not-run'],
  ],
  ['refused', [...begun.slice(0, 1), {kind: 'refused', failure}], ['not-run', 'not-run', 'not-run']],
  ['broken', [...oneDone, {kind: 'broke'}], ['unknown', 'unknown', 'unknown']],
];

it.each(states)('knows the state of each step: %s', (_, changes, expected) => {
  const view = after(...changes);
  expect(plan.steps.map((_, index) => stepState(view, index).kind)).toEqual(expected);
});

describe('waiting for the lock', () => {
  const waiting = (at: number, ageSeconds: number): RunChange => ({
    kind: 'waiting',
    at,
    holder: {pid: 7, ageSeconds},
  });

  it('keeps when it began, and the age of the holder as of then', () => {
    const {phase} = after({kind: 'run-started', at: 0}, waiting(1000, 60), waiting(4000, 63));
    expect(phase).toMatchObject({waiting: {since: 1000, holder: {pid: 7, ageSeconds: 60}}});
  });

  it('ends with the first step', () => {
    const {phase} = after({kind: 'run-started', at: 0}, waiting(1, 1), {
      kind: 'step-started',
      step: 0,
      at: 2,
    });
    expect(phase).not.toHaveProperty('waiting');
  });
});

it.each<RunChange>([
  {kind: 'waiting', at: 1},
  {kind: 'step-started', step: 0, at: 1},
  {kind: 'step-finished', milliseconds: 1},
  {kind: 'cancelling'},
])('leaves a plan as it is on $kind', change => {
  expect(after(change).phase).toEqual({kind: 'planned'});
});

it('keeps that it is cancelling from one step to the next', () => {
  const view = after(...begun, {kind: 'cancelling'}, {kind: 'step-finished', milliseconds: 1});
  expect(view.phase).toMatchObject({cancelling: true});
});

it('keeps the first notices and counts the rest', () => {
  const notices = Array.from({length: 503}, (_, index): RunChange => ({kind: 'notice', text: `n${index}`}));
  const view = after(...begun, ...notices);
  expect(view.notices).toHaveLength(500);
  expect(view.notices[0]).toEqual({text: 'n0', step: 0});
  expect(view.noticesDropped).toBe(3);
});

describe('after a restart', () => {
  it.each([
    ['a plan', after(), {kind: 'lost', why: 'plan-gone'}],
    ['a run', after(...begun), {kind: 'lost', why: 'run-gone'}],
    ['a report', after(...begun, {kind: 'ended', report}), {kind: 'ended', report}],
    ['a refusal', after(...begun, {kind: 'refused', failure}), {kind: 'refused', failure}],
  ] as const)('%s is what it still is', (_, view, phase) => {
    const restored = restoredView(structuredClone(view));
    expect(restored.phase).toEqual(phase);
    expect(restored.plan?.can).toEqual({act: false, again: false});
  });

  it.each([undefined, null, 'x', {}, {...after(), version: 0}, {...after(), plan: {}}])(
    'nothing is made up from %j',
    saved => {
      expect(restoredView(saved)).toMatchObject({plan: null, phase: {kind: 'lost', why: 'nothing-kept'}});
    },
  );
});
