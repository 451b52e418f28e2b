import type {Alert} from '../../src/protocol/explain-panel.ts';
import {button} from '../ui/controls.ts';
import {element} from '../ui/element.ts';
import {icon} from '../ui/icon.ts';
import * as words from './words.ts';

/** Says that this run was slower than the statement usually is. */
export function alertBox(alert: Alert, compare: () => void): HTMLElement {
  return element(
    'div',
    {class: 'callout callout-warning alert', role: 'alert'},
    icon('warning'),
    element(
      'p',
      {},
      element('strong', {}, words.alertText(alert)),
      ' ',
      words.planChanged[alert.planChanged ? 'true' : 'false'],
    ),
    button({kind: 'secondary', onClick: compare}, words.labels.compare),
  );
}
