import type {
  RefusalView,
  RehearsalPhase,
  RehearsalView,
  StepView,
  StopView,
} from '../../src/protocol/rehearsal-view.ts';
import {button} from '../ui/controls.ts';
import {element, fill, type Child} from '../ui/element.ts';
import {icon} from '../ui/icon.ts';
import {failureBox} from '../ui/failure-box.ts';
import {placeLink} from './findings.ts';
import type {Panel, Part} from './panel.ts';
import {sourceBox} from './source-box.ts';
import {labels, scratchHelps, stopCause} from './words.ts';

/** What is to be said before the migrations: why there is no report, and what would make it a better one. */
export function situation(panel: Panel): Part {
  const root = element('section', {class: 'situation'});
  let shown: readonly unknown[] = [];
  return {
    root,
    update({phase, about, steps}) {
      const next = [phase.kind, about.connection?.name];
      if (next.every((each, index) => each === shown[index]) && shown.length > 0) return;
      shown = next;
      const children = parts(panel, phase, about, steps).filter(child => child !== false);
      fill(root, ...children);
      root.hidden = children.length === 0;
    },
  };
}

function parts(
  panel: Panel,
  phase: RehearsalPhase,
  about: RehearsalView['about'],
  steps: readonly StepView[],
): readonly Child[] {
  switch (phase.kind) {
    case 'failed':
      return [failureBox({failure: phase.failure})];
    case 'stopped':
      return stopParts(panel, phase.stop);
    case 'refused':
      return refusedParts(panel, steps, phase.refused);
    case 'lost':
      return [element('p', {class: 'lead'}, 'Nothing of it was kept. Rehearse again for a fresh report.')];
    case 'ended':
      return [about.connection === null && noConnection(panel)];
    case 'running':
    case 'cancelled':
      return [];
    default:
      return phase satisfies never;
  }
}

function refusedParts(
  panel: Panel,
  steps: readonly StepView[],
  refused: readonly RefusalView[],
): readonly Child[] {
  return [
    element('p', {class: 'lead'}, labels.refusedWhy),
    ...refused.map(({step, why, at, source}) => {
      const view = steps[step];
      const link = view && at && placeLink(panel, step, view, at);
      return failureBox({
        failure: {reason: 'unsupported', message: why},
        source: source && sourceBox(source),
        link,
      });
    }),
  ];
}

function noConnection({client}: Panel): HTMLElement {
  return element(
    'div',
    {class: 'callout'},
    icon('info'),
    element(
      'div',
      {class: 'offer'},
      element('p', {}, labels.noConnection),
      element(
        'button',
        {type: 'button', class: 'link', on: {click: () => void client.request('chooseConnection', null)}},
        labels.chooseConnection,
      ),
    ),
  );
}

function stopParts({client}: Panel, stop: StopView): readonly Child[] {
  const {at} = stop;
  const link =
    at &&
    element(
      'button',
      {type: 'button', class: 'link place', on: {click: () => void client.request('open', {kind: 'stop'})}},
      `${labels.goTo} ${at.file}:${at.line}:${at.column}`,
    );
  const on = (where: 'scratch' | 'server') => () => void client.request('rehearseOn', {where});
  return [
    element('p', {class: 'lead'}, stopCause(stop.cause)),
    failureBox({failure: stop.failure, source: stop.source && sourceBox(stop.source), link}),
    scratchHelps(stop.cause) &&
      element(
        'div',
        {class: 'offers'},
        element(
          'div',
          {class: 'actions'},
          button({kind: 'primary', onClick: on('scratch')}, labels.rehearseOnScratch),
          button({kind: 'secondary', onClick: on('server')}, labels.rehearseOnServer),
        ),
        element('p', {class: 'faint'}, labels.scratchWhy, ' ', labels.serverWhy),
      ),
  ];
}
