import type {ReportView, RunPhase, StepView} from '../../src/protocol/run-panel.ts';
import {button} from '../ui/controls.ts';
import {element, type Child} from '../ui/element.ts';
import {failureBox} from '../ui/failure-box.ts';
import type {Panel} from './panel.ts';
import * as words from './words.ts';

type Over = Extract<RunPhase, {kind: 'ended' | 'refused' | 'lost'}>;

/** What came of the run, where the database is now, and what can be done next. */
export function ended(panel: Panel, phase: Over): HTMLElement {
  return element('section', {class: 'situation over'}, ...parts(panel, phase));
}

function parts(panel: Panel, phase: Over): Child[] {
  switch (phase.kind) {
    case 'ended':
      return phase.report.stopped === undefined
        ? successParts(panel, phase.report)
        : stoppedParts(panel, phase.report, phase.report.stopped);
    case 'refused':
      return [
        failureBox({failure: phase.failure}),
        element('p', {class: 'lead'}, words.refused.state),
        actions(panel, {
          repair: phase.failure.reason === 'dirty',
          setting: phase.failure.setting !== undefined,
          again: true,
        }),
      ];
    case 'lost':
      return [element('p', {class: 'lead'}, words.lost[phase.why].text), actions(panel, {})];
    default:
      return phase satisfies never;
  }
}

function successParts(panel: Panel, report: ReportView): Child[] {
  return [element('p', {class: 'lead'}, report.words), actions(panel, {})];
}

type Stopped = NonNullable<ReportView['stopped']>;

function stoppedParts(panel: Panel, report: ReportView, stopped: Stopped): Child[] {
  const step = panel.plan.steps[stopped.step];
  const cancelled = stopped.failure.reason === 'cancelled';
  return [
    element('p', {class: 'lead'}, words.partly(panel.plan, report.done.length, report.milliseconds)),
    cancelled ? undefined : failureBox({failure: stopped.failure, link: placeLink(panel, stopped, step)}),
    element(
      'div',
      {class: 'now'},
      element('h2', {}, words.labels.databaseNow),
      element('p', {}, report.words),
    ),
    actions(panel, {
      repair: report.state === 'failed',
      open: step?.file !== undefined,
      again: true,
    }),
  ];
}

function placeLink(panel: Panel, {at}: Stopped, step: StepView | undefined): HTMLElement | undefined {
  const text = at === undefined ? step?.file : words.place(at);
  if (text === undefined) return undefined;
  if (!panel.plan.can.act) return element('span', {class: 'place'}, text);
  const click = (): void => void panel.client.request('open', {kind: 'stopped'});
  return element('button', {type: 'button', class: 'link place', on: {click}}, text);
}

interface Next {
  readonly repair?: boolean;
  readonly setting?: boolean;
  readonly open?: boolean;
  readonly again?: boolean;
}

/** The first of them is the one to take next. */
function actions({client, plan}: Panel, {repair, setting, open, again}: Next): HTMLElement {
  const {act} = plan.can;
  const offered = [
    act && repair === true && {text: words.labels.repair, go: () => client.request('repair', null)},
    act &&
      setting === true && {
        text: words.labels.openSetting,
        go: () => client.request('openSetting', null),
      },
    act &&
      open === true && {text: words.labels.openFile, go: () => client.request('open', {kind: 'stopped'})},
    plan.can.again && again === true && {text: words.labels.again, go: () => client.request('again', null)},
    {text: words.labels.close, go: () => client.request('close', null)},
  ].filter(action => action !== false);
  const buttons = offered.map(({text, go}, index) =>
    button({kind: index === 0 ? 'primary' : 'secondary', onClick: () => void go()}, text),
  );
  return element('div', {class: 'actions'}, ...buttons);
}
