import {describe, expect, it} from 'vitest';
import {fail, type Failure} from '../../../src/core/outcome.ts';
import {PlanSession} from '../../../src/editor/explain/plan-session.ts';
import {PlanTexts} from '../../../src/editor/explain/plan-texts.ts';
import {planText} from '../../../src/editor/explain/plan-text.ts';
import {openedOrigin, phaseOfFailure} from '../../../src/editor/explain/plan-view.ts';
import type {ExplainView, Phase} from '../../../src/protocol/explain-panel.ts';

const origin = openedOrigin('select 1', 0);
const shown: Phase = {kind: 'shown', id: 'a.1', length: 1};

function session(): {readonly session: PlanSession; readonly kinds: () => readonly string[]} {
  const views: ExplainView[] = [];
  const made = new PlanSession({origin, phase: {kind: 'lost'}}, view => views.push(view));
  return {session: made, kinds: () => views.map(({phase}) => phase.kind)};
}

describe('a panel’s run', () => {
  it('begins, ends and is told of', () => {
    const {session: run, kinds} = session();
    const signal = run.begin(origin, 1);
    expect([run.running, signal.aborted]).toEqual([true, false]);
    run.end(signal, origin, shown);
    expect([run.running, run.view.phase.kind]).toEqual([false, 'shown']);
    expect(kinds()).toEqual(['running', 'shown']);
  });

  it('is cancelled once', () => {
    const {session: run, kinds} = session();
    run.cancel();
    const signal = run.begin(origin, 1);
    run.cancel();
    run.cancel();
    expect(signal.aborted).toBe(true);
    expect(run.view.phase).toEqual({kind: 'running', startedAt: 1, cancelling: true});
    expect(kinds()).toEqual(['running', 'running']);
  });

  it('that another has taken the place of is cancelled, and its end shows nothing', () => {
    const {session: run} = session();
    const first = run.begin(origin, 1);
    const second = run.begin(origin, 2);
    run.end(first, origin, shown);
    expect([first.aborted, second.aborted, run.view.phase.kind]).toEqual([true, false, 'running']);
  });
});

const confirmedByServer: Failure = {
  reason: 'cancelled',
  message: 'Cancelled on the server.',
  server: {sqlState: '57014', severity: 'ERROR', message: 'canceling statement due to user request'},
};

it.each([
  ['a cancel that the server confirmed', confirmedByServer, true, {kind: 'cancelled', confirmed: true}],
  [
    'a cancel that the server never reacted to',
    {reason: 'connection-lost', message: ''},
    true,
    {kind: 'cancelled', confirmed: false},
  ],
  ['a connection that broke by itself', {reason: 'connection-lost', message: ''}, false, {kind: 'failed'}],
  ['a cancel before anything was sent', {reason: 'cancelled', message: ''}, true, {kind: 'failed'}],
  ['a time-out', {...confirmedByServer, reason: 'sql'}, false, {kind: 'failed'}],
] as const)('%s is shown as what it is', (_, failure: Failure, asked, phase) => {
  const {reason, message, ...more} = failure;
  expect(phaseOfFailure(fail(reason, message, more), asked, 5, false)).toMatchObject(phase);
});

it('reads the two texts of a comparison once each', async () => {
  const read: string[] = [];
  const texts = new PlanTexts(id => {
    read.push(id);
    return Promise.resolve(planText([id]));
  });
  for (const id of ['a', 'b', 'a', 'b', 'c', 'b', 'a'])
    expect((await texts.get(id))?.piece(0)?.text).toBe(id);
  expect(read).toEqual(['a', 'b', 'c', 'a']);
});
