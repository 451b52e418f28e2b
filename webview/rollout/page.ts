import type {RolloutView} from '../../src/protocol/rollout-panel.ts';
import {strictest} from '../../src/protocol/rollout-state.ts';
import {element} from '../ui/element.ts';
import {choices} from './choices.ts';
import {details} from './details.ts';
import {foot} from './foot.ts';
import {header} from './header.ts';
import type {Panel, Part} from './panel.ts';
import {refused} from './refused.ts';
import {targetTable} from './target-table.ts';
import * as words from './words.ts';

/** One rollout, from its confirmation to what came of it. */
export function page(panel: Panel): Part {
  const head = header(panel);
  const detail = details(panel);
  const table = targetTable(panel, id => detail.show(id));
  const below = foot(panel);
  const parts: readonly Part[] = [head, refused(panel), choices(panel), table, detail, below];
  // What a sighted user sees move; how it ended is said by the heading, which gets the focus.
  const status = element('div', {class: 'for-screen-readers', role: 'status', 'aria-live': 'polite'});
  const root = element('div', {class: 'page'}, ...parts.map(part => part.root), status);
  let before: RolloutView | undefined;
  return {
    root,
    update(view) {
      root.className = `page environment-${strictest(view.targets)}`;
      for (const part of parts) part.update(view);
      const failed = newlyFailed(before, view);
      if (failed !== undefined) {
        table.select(failed.id);
        status.textContent = `${failed.name} failed`;
      } else if (words.wellIn(view) !== (before && words.wellIn(before)) && view.phase.kind === 'running')
        status.textContent = `${words.wellIn(view)} of ${words.databases(view.targets.length)} done`;
      const moved = before === undefined || stage(before) !== stage(view);
      before = view;
      if (moved && !below.focus()) head.focus();
    },
    tick: () => below.tick?.(),
  };
}

function newlyFailed(
  before: RolloutView | undefined,
  {targets}: RolloutView,
): RolloutView['targets'][number] | undefined {
  const failedBefore = new Set(
    before?.targets.filter(({state}) => state.kind === 'failed').map(({id}) => id),
  );
  return targets.find(({id, state}) => state.kind === 'failed' && !failedBefore.has(id));
}

/** The focus moves where there is something else to do. */
function stage({phase, targets}: RolloutView): string {
  const blocked = targets.some(({state}) => state.kind === 'refused');
  return `${phase.kind} ${phase.kind === 'running' && phase.asking} ${phase.kind === 'planned' && blocked}`;
}
