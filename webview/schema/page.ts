import type {SchemaView} from '../../src/protocol/schema-panel.ts';
import {element} from '../ui/element.ts';
import {noticeBox} from '../ui/notice-box.ts';
import {header} from './header.ts';
import type {Panel, Part} from './panel.ts';
import {result} from './result.ts';
import {situation} from './situation.ts';

/** The page of one comparison: the verdict above, and below it what it stands on, or how far it has come. */
export function page(panel: Panel): Part {
  const head = header(panel);
  const notice = noticeBox();
  const slot = element('div', {class: 'slot'});
  const root = element('div', {class: 'page'}, head.root, notice.root, slot);
  let part: Part | undefined;
  let key = '';
  const enter = (view: SchemaView): void => {
    part?.dispose?.();
    part = view.phase.kind === 'compared' ? result(panel, view, view.phase) : situation(panel, view);
    slot.replaceChildren(part.root);
  };
  return {
    root,
    update(view) {
      root.className = `page environment-${view.target.environment}`;
      head.update?.(view);
      notice.show(view.notice);
      const next = keyOf(view);
      if (next !== key) enter(view);
      key = next;
      part?.update?.(view);
    },
    tick: () => part?.tick?.(),
  };
}

/** What makes another part of the page necessary; everything else is an update of the same part. */
function keyOf({phase, key}: SchemaView): string {
  switch (phase.kind) {
    case 'compared':
      return `compared ${phase.id}`;
    case 'running':
      return `running ${phase.startedAt}`;
    case 'failed':
      return `failed ${JSON.stringify(phase.failure)}`;
    case 'cancelled':
    case 'lost':
      return `${phase.kind} ${key}`;
    default:
      return phase satisfies never;
  }
}
