import type {RolloutView, TargetView} from '../../src/protocol/rollout-panel.ts';
import {button} from '../ui/controls.ts';
import {element, fill, type Child} from '../ui/element.ts';
import {failureBox} from '../ui/failure-box.ts';
import type {Panel, Part} from './panel.ts';
import {rowActions} from './row-actions.ts';
import * as words from './words.ts';

export interface Details extends Part {
  show(id: string | undefined): void;
}

/** Why the target that is looked at is where it is, where that needs more than its row has room for. */
export function details(panel: Panel): Details {
  const root = element('section', {class: 'details', 'aria-label': 'Details', hidden: true});
  let view: RolloutView | undefined;
  let selected: string | undefined;
  let shown = '';
  const draw = (): void => {
    const target = view?.targets.find(({id}) => id === selected);
    const next = JSON.stringify([target?.id, target?.state]);
    if (next === shown) return;
    shown = next;
    const content = target && contentOf(panel, target);
    root.hidden = !content;
    fill(root, ...(content ?? []));
  };
  return {
    root,
    update(next) {
      view = next;
      draw();
    },
    show(id) {
      selected = id;
      draw();
    },
  };
}

function contentOf(panel: Panel, target: TargetView): readonly Child[] | undefined {
  const {state, name, id} = target;
  if (state.kind !== 'failed' && state.kind !== 'refused') return undefined;
  const where = state.kind === 'failed' ? words.placeOf(state) : undefined;
  const click = (): void => void panel.client.request('open', {id});
  const link =
    where === undefined
      ? undefined
      : element('button', {type: 'button', class: 'link place', on: {click}}, where);
  const stays = state.kind === 'failed' ? state.words : undefined;
  return [
    element('h2', {}, name, ' ', element('span', {class: 'address'}, target.address)),
    failureBox({failure: state.failure, link}),
    stays !== undefined && element('p', {class: 'now'}, `${words.labels.databaseNow}: ${stays}`),
    element(
      'div',
      {class: 'actions'},
      ...rowActions(panel, target).map(({text, go}) => button({kind: 'secondary', onClick: go}, text)),
    ),
  ];
}
