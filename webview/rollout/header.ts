import type {RolloutView} from '../../src/protocol/rollout-panel.ts';
import {button} from '../ui/controls.ts';
import {element, fill} from '../ui/element.ts';
import {icon, type IconName} from '../ui/icon.ts';
import {setWords} from '../ui/live-text.ts';
import {markdownOf} from './markdown.ts';
import type {Panel, Part} from './panel.ts';
import * as words from './words.ts';

export interface Header extends Part {
  focus(): void;
}

/** The heading says where things stand; below it, of what, and what it means. */
export function header(panel: Panel): Header {
  const heading = element('h1', {tabindex: -1});
  const facts = element('p', {class: 'facts'});
  const lead = element('p', {class: 'lead', role: 'status'});
  let view: RolloutView | undefined;
  let shown = '';
  const copy = (): void => {
    if (view === undefined) return;
    void panel.client.request('copy', {content: markdownOf(view)});
    panel.say(words.labels.copied);
  };
  const root = element(
    'header',
    {class: 'head'},
    element(
      'div',
      {class: 'title-row'},
      heading,
      element(
        'div',
        {class: 'actions head-actions'},
        button({kind: 'secondary', onClick: copy}, words.labels.copy),
      ),
    ),
    facts,
    lead,
  );
  return {
    root,
    update(next) {
      view = next;
      const {name, tone} = lookOf(next);
      const text = words.title(next);
      if (shown !== `${name} ${text}`) fill(heading, icon(name), element('span', {}, text));
      shown = `${name} ${text}`;
      heading.className = `tone-${tone}`;
      setWords(facts, `${next.framework} · ${next.folder}`);
      setWords(lead, words.lead(next));
      lead.hidden = lead.textContent === '';
    },
    focus: () => heading.focus({preventScroll: true}),
  };
}

function lookOf(view: RolloutView): {readonly name: IconName; readonly tone: string} {
  const {phase, targets} = view;
  if (phase.kind === 'planning') return {name: 'spinner', tone: 'plain'};
  if (phase.kind === 'planned') {
    const allWell = words.wellIn(view) === targets.length;
    return allWell ? {name: 'check-circle', tone: 'good'} : {name: 'up', tone: 'plain'};
  }
  if (phase.kind === 'running')
    return phase.asking ? {name: 'pause', tone: 'good'} : {name: 'up', tone: 'plain'};
  switch (phase.end) {
    case 'complete':
      return {name: 'check-circle', tone: 'good'};
    case 'stopped':
    case 'broke':
      return {name: 'cross-circle', tone: 'bad'};
    case 'held':
    case 'cancelled':
      return {name: 'stop-circle', tone: 'unsure'};
    case 'interrupted':
      return {name: 'question-circle', tone: 'unsure'};
    default:
      return phase.end satisfies never;
  }
}
