import type {PlanView} from '../../src/protocol/run-panel.ts';
import {element} from '../ui/element.ts';
import type {Part} from './panel.ts';
import * as words from './words.ts';

/** What the server said while it worked, folded away until someone wants it. */
export function notices({steps}: PlanView): Part {
  const summary = element('summary');
  const list = element('ul');
  const root = element('details', {class: 'notices', hidden: true}, summary, list);
  return {
    root,
    update({notices, noticesDropped}) {
      root.hidden = notices.length === 0;
      summary.textContent = words.noticeCount(notices.length, noticesDropped);
      for (const {step, text} of notices.slice(list.childElementCount)) {
        const label = step === undefined ? undefined : steps[step]?.label;
        list.append(
          element(
            'li',
            {},
            label !== undefined && element('span', {class: 'label'}, label),
            element('span', {}, text),
          ),
        );
      }
    },
  };
}
