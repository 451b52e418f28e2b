import type {RolloutView} from '../../src/protocol/rollout-panel.ts';
import {toMigrate} from '../../src/protocol/rollout-state.ts';
import {dropdown} from '../ui/controls.ts';
import {element, fill} from '../ui/element.ts';
import type {Panel, Part} from './panel.ts';
import {labels} from './words.ts';

const limits = [1, 2, 4, 8, 16] as const;

/** Who goes first, and how many at a time. */
export function choices({client}: Panel): Part {
  const root = element('div', {class: 'choices', hidden: true});
  let shown = '';
  return {
    root,
    update(view) {
      const waiting = view.phase.kind === 'planned' ? toMigrate(view) : [];
      root.hidden = waiting.length < 2;
      const next = JSON.stringify([waiting.map(({id}) => id), view.choice]);
      // While it has the focus it is the page that chooses.
      if (next === shown || root.contains(document.activeElement)) return;
      shown = next;
      fill(root, ...content(view));
    },
  };

  function content(view: RolloutView): readonly HTMLElement[] {
    let {choice} = view;
    const choose = (change: Partial<typeof choice>): void => {
      choice = {...choice, ...change};
      void client.request('choose', choice);
    };
    const canary = dropdown({
      label: labels.canary,
      choices: [['', labels.noCanary], ...toMigrate(view).map(({id, name}) => [id, name] as const)],
      value: choice.canary ?? '',
      onChange: id => choose({canary: id === '' ? null : id}),
    });
    const limit = dropdown({
      label: labels.limit,
      choices: [...new Set([...limits, choice.limit])]
        .toSorted((one, other) => one - other)
        .map(number => [String(number), String(number)] as const),
      value: String(choice.limit),
      onChange: text => choose({limit: Number(text)}),
    });
    return [field(labels.canary, canary, labels.canaryHint), field(labels.limit, limit)];
  }
}

function field(label: string, control: HTMLElement, hint?: string): HTMLElement {
  return element(
    'div',
    {class: 'choice'},
    element('span', {class: 'choice-label', 'aria-hidden': 'true'}, label),
    control,
    hint !== undefined && element('span', {class: 'faint'}, hint),
  );
}
