import type {StepView} from '../../src/protocol/rehearsal-view.ts';
import {element, fill} from '../ui/element.ts';
import type {Panel} from './panel.ts';
import {statementRow} from './statement-row.ts';
import {statementTable, type StatementTable} from './statement-table.ts';
import {dropped, labels, statementCount} from './words.ts';

/** More than these are a table of one line each. */
const mostInFull = 60;

export interface StepPart {
  readonly root: HTMLElement;
  update(step: StepView): void;
}

/** The statements in order: a few with everything, many as a table. */
export function statements(panel: Panel, step: number): StepPart {
  const list = element('ol', {class: 'statements'});
  const title = element('h3', {});
  const slot = element('div', {}, list);
  const note = element('p', {class: 'faint', hidden: true});
  const root = element('section', {class: 'part'}, title, slot, note);
  let shown: StepView['statements'] = [];
  let table: StatementTable | undefined;
  return {
    root,
    update({statements: next, state, statementsDropped}) {
      const total = next.length + statementsDropped;
      root.hidden = total === 0 && state !== 'passes';
      title.textContent = total === 0 ? labels.statements : statementCount(total);
      note.hidden = statementsDropped === 0 && total > 0;
      note.textContent = total === 0 ? labels.nothingToDo : dropped(statementsDropped);
      if (next === shown) return;
      const goesOn = shown.every((statement, index) => statement === next[index]);
      if (next.length > mostInFull) {
        table ??= statementTable(panel, step);
        if (slot.firstChild !== table.root) slot.replaceChildren(table.root);
        table.update(next);
      } else if (goesOn) {
        list.append(...next.slice(shown.length).map(statement => statementRow(panel, step, statement)));
      } else fill(list, ...next.map(statement => statementRow(panel, step, statement)));
      shown = next;
    },
  };
}
