import type {StatementView} from '../../src/protocol/rehearsal-view.ts';
import {element, fill} from '../ui/element.ts';
import {virtualRows} from '../ui/virtual-rows.ts';
import {openPlace, type Panel} from './panel.ts';
import {statementRow} from './statement-row.ts';
import {badges, timeWords} from './verdict-words.ts';
import {labels} from './words.ts';

/** px of a row, as in the style sheet. */
const rowHeight = 28;

export interface StatementTable {
  readonly root: HTMLElement;
  /** Called with the same or a longer list; what is shown already stays. */
  update(statements: readonly StatementView[]): void;
}

let made = 0;

/** Very many statements: one line each, of which only those in sight are in the document, and details of the chosen one. */
export function statementTable(panel: Panel, step: number): StatementTable {
  made += 1;
  const id = `statements-${made}`;
  let statements: readonly StatementView[] = [];
  let chosen = 0;
  const body = element('div', {class: 'rows'});
  const details = element('ol', {class: 'statements', 'aria-label': labels.details});
  const scroller = element(
    'div',
    {
      class: 'scroller',
      tabindex: 0,
      role: 'listbox',
      'aria-label': labels.statements,
      'aria-describedby': `${id}-help`,
    },
    body,
  );
  const make = (index: number): HTMLElement => {
    const statement = statements[index];
    const row = element('div', {
      class: 'row',
      id: `${id}-${index}`,
      role: 'option',
      'aria-selected': String(index === chosen),
      'aria-posinset': index + 1,
      'aria-setsize': statements.length,
    });
    if (statement) fill(row, ...cells(statement));
    row.addEventListener('click', () => choose(index));
    row.addEventListener('dblclick', () => open());
    return row;
  };
  const rows = virtualRows({scroller, body, height: rowHeight, make});
  const open = (): void => {
    const statement = statements[chosen];
    if (statement) openPlace(panel, step, statement.at);
  };
  const choose = (index: number): void => {
    chosen = Math.max(0, Math.min(statements.length - 1, index));
    rows.reveal(chosen);
    rows.refresh();
    scroller.setAttribute('aria-activedescendant', `${id}-${chosen}`);
    const statement = statements[chosen];
    fill(details, statement && statementRow(panel, step, statement));
  };
  scroller.addEventListener('keydown', event => {
    if (event.key === 'Enter') return open();
    const to = moves[event.key]?.(chosen, rows.pageSize(), statements.length);
    if (to === undefined) return;
    event.preventDefault();
    choose(to);
  });
  return {
    root: element(
      'div',
      {class: 'statement-table'},
      element('p', {class: 'for-screen-readers', id: `${id}-help`}, labels.statementsHelp),
      scroller,
      details,
    ),
    update(next) {
      const isFirst = statements.length === 0;
      statements = next;
      rows.reset(next.length);
      if (isFirst) choose(0);
    },
  };
}

function cells(statement: StatementView): readonly HTMLElement[] {
  const [strongest] = badges(statement);
  return [
    element('span', {class: 'row-line'}, String(statement.at.line)),
    element('code', {class: 'row-text'}, statement.text),
    element(
      'span',
      {class: strongest ? `badge badge-${strongest.blocks}` : 'badge-none'},
      strongest?.text ?? '',
    ),
    element('span', {class: 'time'}, timeWords(statement)),
  ];
}

const moves: Readonly<Record<string, (at: number, page: number, count: number) => number>> = {
  ArrowDown: at => at + 1,
  ArrowUp: at => at - 1,
  PageDown: (at, page) => at + page,
  PageUp: (at, page) => at - page,
  Home: () => 0,
  End: (_, __, count) => count - 1,
};
