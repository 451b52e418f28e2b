import type {PlanView, ReportView, RunView} from '../../src/protocol/run-panel.ts';
import {element, fill} from '../ui/element.ts';
import {environmentSign} from '../ui/environment.ts';
import {icon, type IconName} from '../ui/icon.ts';
import * as words from './words.ts';

interface Headline {
  readonly icon: IconName;
  readonly tone: 'plain' | 'good' | 'bad' | 'unsure';
  readonly text: string;
}

export interface HeadlinePart {
  readonly root: HTMLElement;
  update(view: RunView): void;
  focus(): void;
}

/** The heading says where things stand; below it, for which target. */
export function headline(plan: PlanView | null): HeadlinePart {
  const heading = element('h1', {tabindex: -1});
  const root = element('header', {}, heading, plan !== null && target(plan));
  return {
    root,
    update(view) {
      const {icon: name, tone, text} = headlineOf(view);
      heading.className = `tone-${tone}`;
      fill(heading, icon(name), element('span', {}, text));
    },
    focus: () => heading.focus({preventScroll: true}),
  };
}

function headlineOf({plan, phase}: RunView): Headline {
  if (plan === null || phase.kind === 'lost') {
    const why = phase.kind === 'lost' ? phase.why : 'nothing-kept';
    return {icon: 'question-circle', tone: 'unsure', text: words.lost[why].title};
  }
  switch (phase.kind) {
    case 'planned':
      return {icon: plan.direction, tone: 'plain', text: words.planTitle(plan)};
    case 'running':
      return {icon: plan.direction, tone: 'plain', text: words.runningTitle(plan)};
    case 'refused':
      return {icon: 'stop-circle', tone: 'bad', text: words.refused.title};
    case 'ended':
      return endedHeadline(plan, phase.report);
    default:
      return phase satisfies never;
  }
}

function endedHeadline(plan: PlanView, {stopped, milliseconds}: ReportView): Headline {
  const step = stopped && plan.steps[stopped.step];
  if (stopped === undefined || step === undefined) {
    return {icon: 'check-circle', tone: 'good', text: words.doneTitle(plan, milliseconds)};
  }
  if (stopped.failure.reason === 'cancelled') {
    return {icon: 'stop-circle', tone: 'unsure', text: words.cancelledTitle(step)};
  }
  return {icon: 'cross-circle', tone: 'bad', text: words.failedTitle(step)};
}

function target({connection, framework, folder}: PlanView): HTMLElement {
  const {environment, name, address} = connection;
  return element(
    'p',
    {class: 'target'},
    environmentSign(environment),
    element('strong', {}, name),
    element('span', {class: 'address'}, address),
    element('span', {}, framework),
    element('span', {class: 'folder'}, folder),
  );
}
