import type {RehearsedView} from '../../src/protocol/run-panel.ts';
import {element, fill, type Child} from '../ui/element.ts';
import {icon, type IconName} from '../ui/icon.ts';
import type {Panel, Part} from './panel.ts';
import * as words from './words.ts';

const {rehearsal} = words;

/** How the plan fared in its rehearsal, in a line or two; it never stands in the way of the button below. */
export function rehearsed(panel: Panel): Part {
  const root = element('div', {class: 'rehearsed', hidden: true, role: 'status'});
  let shown: RehearsedView | undefined;
  return {
    root,
    update({rehearsed: next}) {
      root.hidden = next === undefined;
      if (next === undefined || next === shown) return;
      const {name, tone} = looks[next.kind];
      // Read out once and not with every file of the history.
      if (next.kind === 'running' && shown?.kind === 'running') {
        const doing = root.querySelector('.doing');
        if (doing) doing.textContent = next.doing;
      } else {
        root.className = `rehearsed tone-${isWarning(next) ? 'unsure' : tone}`;
        const said = element('p', {class: 'said'}, ...text(next));
        said.title = said.textContent ?? '';
        fill(root, icon(isWarning(next) ? 'warning' : name), element('div', {}, said, report(panel)));
      }
      shown = next;
    },
  };
}

const looks: Readonly<Record<RehearsedView['kind'], {readonly name: IconName; readonly tone: string}>> = {
  running: {name: 'spinner', tone: 'plain'},
  passes: {name: 'check-circle', tone: 'good'},
  fails: {name: 'cross-circle', tone: 'bad'},
  unknown: {name: 'question-circle', tone: 'unsure'},
};

function isWarning(view: RehearsedView): boolean {
  return view.kind === 'passes' && (view.blocks || view.warnings.length > 0);
}

function text(view: RehearsedView): Child[] {
  switch (view.kind) {
    case 'running':
      return [
        element('strong', {}, rehearsal.running),
        ' ',
        element('span', {class: 'doing', 'aria-hidden': 'true'}, view.doing),
      ];
    case 'passes':
      return [
        element('strong', {}, rehearsal.passes(view.statements)),
        ...[view.lock, ...view.warnings].flatMap(sentence => [' ', element('span', {}, sentence)]),
      ];
    case 'fails':
      return [element('strong', {}, rehearsal.fails(view.at)), ' ', element('span', {}, view.message)];
    case 'unknown':
      return [element('strong', {}, rehearsal.unknown), ' ', element('span', {}, view.why)];
    default:
      return view satisfies never;
  }
}

function report({client}: Panel): HTMLElement {
  const click = (): void => void client.request('showRehearsal', null);
  return element('button', {type: 'button', class: 'link report', on: {click}}, rehearsal.report);
}
