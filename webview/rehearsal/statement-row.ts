import type {StatementView} from '../../src/protocol/rehearsal-view.ts';
import {element} from '../ui/element.ts';
import {openPlace, type Panel} from './panel.ts';
import {badges, timeWords, transactionWords, type Badge} from './verdict-words.ts';
import {lineOf} from './words.ts';

/** One statement with all that is known of it. */
export function statementRow(panel: Panel, step: number, statement: StatementView): HTMLElement {
  const shown = badges(statement);
  return element(
    'li',
    {class: 'statement', 'data-blocks': shown[0]?.blocks ?? 'nothing'},
    lineLink(panel, step, statement),
    element('code', {class: 'statement-text', title: statement.text}, statement.text),
    element('span', {class: 'time', title: transactionWords(statement.transaction)}, timeWords(statement)),
    shown.length > 0 && badgeList(shown),
    statement.words.length > 0 &&
      element('ul', {class: 'sentences'}, ...statement.words.map(text => element('li', {}, text))),
  );
}

function lineLink(panel: Panel, step: number, {at, command}: StatementView): HTMLElement {
  const click = (): void => openPlace(panel, step, at);
  const line = lineOf(at);
  return element(
    'button',
    {type: 'button', class: 'link line-link', 'aria-label': `${command}, ${line}`, on: {click}},
    String(at.line),
  );
}

export function badgeList(shown: readonly Badge[]): HTMLElement {
  return element(
    'ul',
    {class: 'badges'},
    ...shown.map(({blocks, text, more}) =>
      element('li', {class: `badge badge-${blocks}`, title: more}, text),
    ),
  );
}
