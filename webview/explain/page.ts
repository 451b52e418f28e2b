import type {ExplainView} from '../../src/protocol/explain-panel.ts';
import {element} from '../ui/element.ts';
import {header} from './header.ts';
import type {Panel, Part} from './panel.ts';
import {situation} from './situation.ts';
import {shownPlan} from './shown-plan.ts';

/** The page of one panel: what is explained above, and below where it stands, which is the plan in the end. */
export function page(panel: Panel): Part {
  const head = header(panel);
  const slot = element('div', {class: 'slot'});
  const root = element('div', {class: 'page'}, head.root, slot);
  let part: Part | undefined;
  let key = '';
  const enter = (view: ExplainView): void => {
    part?.dispose?.();
    const {phase} = view;
    head.figures();
    part =
      phase.kind === 'shown'
        ? shownPlan(panel, view.origin, phase, attribution => head.figures(attribution))
        : situation(panel, view.origin, phase);
    slot.replaceChildren(part.root);
  };
  return {
    root,
    update(view) {
      const {environment} = view.origin.connection ?? {environment: 'development'};
      root.className = `page environment-${environment}`;
      head.update(view);
      const next = keyOf(view);
      if (next !== key) enter(view);
      key = next;
      part?.update?.(view);
    },
    tick: () => part?.tick?.(),
  };
}

/** What makes another part of the page necessary; everything else is an update of the same part. */
function keyOf({phase, origin}: ExplainView): string {
  switch (phase.kind) {
    case 'shown':
      return `shown ${phase.id}`;
    case 'running':
      return `running ${phase.startedAt}`;
    case 'failed':
    case 'cancelled':
    case 'lost':
      return `${phase.kind} ${origin.at}`;
    default:
      return phase satisfies never;
  }
}
