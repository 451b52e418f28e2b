import type {IndexView} from '../../src/protocol/index-panel.ts';
import {button} from '../ui/controls.ts';
import {element, fill, type Child} from '../ui/element.ts';
import {icon} from '../ui/icon.ts';
import type {Panel, Part} from './panel.ts';
import {elapsed, labels, noIndexesText} from './words.ts';

/** What fills the page while there is no list: on the way to it, or why there is none. */
export function situation(panel: Panel): Part {
  const root = element('section', {class: 'situation'});
  const time = element('span', {class: 'elapsed'});
  let shown = '';
  let startedAt: number | undefined;
  const tick = (): void => {
    if (startedAt !== undefined) time.textContent = elapsed(panel.now() - startedAt);
  };
  return {
    root,
    update(view) {
      const {phase} = view;
      startedAt = phase.kind === 'reading' ? phase.startedAt : undefined;
      const next = JSON.stringify([phase, view.connection.name]);
      if (next !== shown) fill(root, ...content(panel, view, time));
      shown = next;
      tick();
    },
    tick,
  };
}

function content(panel: Panel, {phase, connection}: IndexView, time: HTMLElement): readonly Child[] {
  const {client} = panel;
  const retry = button({kind: 'primary', onClick: () => void client.request('refresh', null)}, labels.retry);
  switch (phase.kind) {
    case 'reading':
      return [
        element(
          'p',
          {class: 'running-line', role: 'status'},
          icon('spinner'),
          `Asking ${connection.name} about its tables, indexes and foreign keys`,
          time,
        ),
        button({kind: 'secondary', onClick: () => void client.request('cancel', null)}, labels.cancel),
      ];
    case 'failed':
      return [
        element(
          'div',
          {class: 'callout callout-bad', role: 'alert'},
          icon('cross-circle'),
          element(
            'div',
            {},
            element('p', {class: 'notice-text'}, phase.failure.message),
            phase.failure.advice !== undefined && element('p', {}, phase.failure.advice),
          ),
        ),
        element('div', {class: 'actions'}, retry),
      ];
    case 'cancelled':
      return [
        element('p', {}, 'Nothing was read, and nothing was changed.'),
        element('div', {class: 'actions'}, retry),
      ];
    case 'read':
      return [
        element(
          'div',
          {class: 'nothing'},
          icon('table'),
          element('p', {class: 'nothing-title'}, labels.noIndexes),
          element('p', {}, noIndexesText(phase.tables)),
        ),
      ];
    default:
      return phase satisfies never;
  }
}
