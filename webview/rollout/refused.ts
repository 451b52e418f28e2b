import {button} from '../ui/controls.ts';
import {element, fill} from '../ui/element.ts';
import {icon} from '../ui/icon.ts';
import type {Panel, Part} from './panel.ts';
import * as words from './words.ts';

/** Targets that cannot be migrated are told before anything begins, and the user says what is to become of them. */
export function refused({client}: Panel): Part {
  const root = element('div', {class: 'refused', hidden: true});
  let shown = '';
  return {
    root,
    update({phase, targets}) {
      const found = phase.kind === 'planned' ? targets.filter(({state}) => state.kind === 'refused') : [];
      root.hidden = found.length === 0;
      const next = found.map(({id}) => id).join('\n');
      if (next === shown) return;
      shown = next;
      fill(
        root,
        element(
          'div',
          {class: 'callout callout-bad', role: 'alert'},
          icon('stop-circle'),
          element(
            'div',
            {class: 'failure'},
            element('p', {class: 'message'}, words.refusedSummary(found)),
            element(
              'ul',
              {},
              ...found
                .slice(0, 5)
                .map(({name, state}) =>
                  element('li', {}, `${name}: ${state.kind === 'refused' ? state.failure.message : ''}`),
                ),
              found.length > 5 && element('li', {}, `and ${found.length - 5} more`),
            ),
            element(
              'div',
              {class: 'actions'},
              button(
                {kind: 'secondary', onClick: () => void client.request('again', null)},
                words.labels.again,
              ),
              targets.length > found.length &&
                button(
                  {kind: 'secondary', onClick: () => void client.request('leaveOut', null)},
                  words.labels.leaveOut,
                ),
            ),
          ),
        ),
      );
    },
  };
}
