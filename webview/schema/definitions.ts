import {diffView} from '../ui/diff-view.ts';
import {element, fill} from '../ui/element.ts';
import type {Panel} from './panel.ts';
import {labels} from './words.ts';

/** The whole of an object on both sides, asked for when it is looked at. */
export function definitions(panel: Panel, id: string, key: string): HTMLElement {
  const root = element('div', {class: 'definitions', 'aria-busy': 'true'});
  const show = async (): Promise<void> => {
    const answer = await panel.client.request('definitions', {id, key});
    root.removeAttribute('aria-busy');
    if (answer.kind === 'error') return fill(root, element('p', {class: 'faint'}, labels.channelBroken));
    if (answer.value === null) return fill(root, element('p', {class: 'faint'}, labels.gone));
    const {expected, live} = answer.value;
    fill(
      root,
      diffView({
        before: expected ?? '',
        after: live ?? '',
        label: labels.definitions,
        beforeLabel: expected === null ? labels.notExpected : labels.expected,
        afterLabel: live === null ? labels.notLive : labels.live,
      }),
    );
  };
  void show();
  return root;
}
