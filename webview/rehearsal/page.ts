import type {RehearsalView} from '../../src/protocol/rehearsal-view.ts';
import {element, fill} from '../ui/element.ts';
import {icon} from '../ui/icon.ts';
import {headline} from './headline.ts';
import type {Panel, Part} from './panel.ts';
import {progress} from './progress.ts';
import {situation} from './situation.ts';
import {stepCard, type StepCard} from './step-card.ts';
import {toolbar} from './toolbar.ts';
import {labels} from './words.ts';

/** Up to so many migrations are open from the beginning. */
const openedAtOnce = 3;

export interface Page extends Part {
  focus(): void;
}

/** The page of one rehearsal, from its first moment to its report. */
export function page(panel: Panel): Page {
  const head = headline();
  const steps = stepList(panel);
  const parts = [head, progress(panel), toolbar(panel), situation(panel), steps, notes()];
  const root = element('div', {class: 'page'}, ...parts.map(part => part.root));
  return {
    root,
    focus: () => head.focus(),
    tick() {
      for (const part of parts) part.tick?.();
    },
    update(view) {
      const {environment} = view.about.connection ?? {environment: 'development'};
      const name = `page environment-${view.about.where === 'server' ? environment : 'development'}`;
      if (root.className !== name) root.className = name;
      for (const part of parts) part.update(view);
    },
  };
}

function stepList(panel: Panel): Part {
  const root = element('ol', {class: 'steps'});
  let cards: readonly StepCard[] = [];
  let connection: string | undefined;
  // What failed opens by itself, once: whoever closes it has read it.
  const opened = new Set<number>();
  const openOnce = (index: number): void => {
    if (opened.has(index)) return;
    opened.add(index);
    cards[index]?.expand(true);
  };
  return {
    root,
    update({steps, about, phase}) {
      connection = about.connection?.name;
      root.hidden = steps.length === 0 || ['failed', 'stopped', 'refused'].includes(phase.kind);
      if (cards.length !== steps.length) {
        cards = steps.map((_, index) => stepCard(panel, index, () => connection));
        fill(root, ...cards.map(card => card.root));
        for (const card of cards.slice(0, steps.length > openedAtOnce ? 0 : undefined)) card.expand(true);
      }
      for (const [index, step] of steps.entries()) {
        cards[index]?.update(step);
        if (step.state === 'fails') openOnce(index);
      }
    },
  };
}

function notes(): Part {
  const list = element('ul', {class: 'notes'});
  const root = element('section', {class: 'part'}, element('h2', {}, labels.notes), list);
  let shown: RehearsalView['notes'] | undefined;
  return {
    root,
    update({notes: next}) {
      if (next === shown) return;
      shown = next;
      root.hidden = next.length === 0;
      fill(list, ...next.map(note => element('li', {}, icon('info'), element('span', {}, note))));
    },
  };
}
