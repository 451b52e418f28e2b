import {columnChooser, type ColumnChooserOptions} from '../ui/column-chooser.ts';
import {dropdown, setText, textField} from '../ui/controls.ts';
import {element, fill} from '../ui/element.ts';
import {icon} from '../ui/icon.ts';
import {menuButton} from '../ui/menu.ts';
import {everything, groupsOf} from './model.ts';
import type {Panel} from './panel.ts';
import {labels, shownOf, tableName} from './words.ts';

/** ms after the last key until the list is filtered: nobody reads what flies by. */
const typingPause = 120;

export interface FilterBarOptions {
  readonly panel: Panel;
  /** What a check is called. */
  readonly titleOf: (check: string) => string;
  readonly columns: ColumnChooserOptions;
  readonly save: (format: 'csv' | 'markdown') => void;
  readonly copy: () => void;
  /** Enter in the filter leads to the list. */
  readonly toList: () => void;
}

export interface FilterBar {
  readonly root: HTMLElement;
  focus(): void;
}

/** Chooses what the list shows, and says how much that is. */
export function filterBar(options: FilterBarOptions): FilterBar {
  const {panel, titleOf} = options;
  const {store} = panel;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const apply = (text: string): void => {
    clearTimeout(timer);
    const {filter} = store.now;
    if (filter.text !== text.toLowerCase()) store.set({filter: {...filter, text: text.toLowerCase()}});
  };
  const search = textField({
    label: labels.filter,
    description: labels.filterHint,
    placeholder: labels.filter,
    onInput: text => {
      clearTimeout(timer);
      timer = setTimeout(apply, typingPause, text);
    },
    onEnter: text => {
      apply(text);
      options.toList();
    },
  });
  setText(search, store.now.filter.text);
  search.addEventListener('keydown', event => {
    if (event.key !== 'Escape') return;
    setText(search, '');
    apply('');
    options.toList();
  });
  const schemas = element('span', {class: 'choice'});
  const findings = element('span', {class: 'choice'});
  const table = element('span', {class: 'choice'});
  const count = element('span', {class: 'count', role: 'status'});
  const tools = element('span', {class: 'list-tools'}, ...toolsOf(options));
  const drawChoices = (): void => {
    const {filter} = store.now;
    fill(schemas, schemaChoice(panel));
    fill(findings, findingChoice(panel, titleOf));
    const only = filter.table === undefined ? undefined : store.now.tables.get(filter.table);
    fill(table, only && tableChip(panel, tableName({schema: only.schema, table: only.name})));
  };
  let drawn = '';
  store.onChange((now, before) => {
    // A selection that moves, or a sample, changes nothing here; looking through all rows for each would be felt.
    const {shown, complete, filter, findings: found} = before;
    if (now.shown === shown && now.complete === complete && now.filter === filter && now.findings === found)
      return;
    count.textContent = now.complete ? shownOf(now.shown.length, now.rows.length) : labels.loading;
    if (now.filter === everything) setText(search, '');
    if (!now.complete) return;
    const {schema, table: only, finding} = now.filter;
    const next = JSON.stringify([
      schema,
      only,
      finding,
      schemasOf(panel),
      groupsOf(now.findings).map(({check}) => check),
    ]);
    if (next === drawn) return;
    drawn = next;
    drawChoices();
  });
  return {
    root: element(
      'div',
      {class: 'filter-bar'},
      element('span', {class: 'search'}, search),
      schemas,
      findings,
      table,
      count,
      element('span', {class: 'gap'}),
      tools,
    ),
    focus: () => search.focus(),
  };
}

function toolsOf({columns, save, copy}: FilterBarOptions): HTMLElement[] {
  const saving = menuButton({
    label: labels.export,
    icon: 'export',
    items: [
      {text: 'Save as CSV…', onChoose: () => save('csv')},
      {text: 'Save as Markdown…', onChoose: () => save('markdown')},
      {text: 'Copy as Markdown', onChoose: copy},
    ],
  });
  return [columnChooser(columns), saving];
}

function schemasOf({store}: Panel): readonly string[] {
  return [...new Set(store.now.rows.map(({schema}) => schema))].toSorted();
}

function schemaChoice(panel: Panel): HTMLElement | undefined {
  const {store} = panel;
  const schemas = schemasOf(panel);
  if (schemas.length < 2) return undefined;
  return dropdown({
    label: labels.schemas,
    choices: [['', labels.allSchemas], ...schemas.map(schema => [schema, schema] as const)],
    value: store.now.filter.schema,
    onChange: schema => store.set({filter: {...store.now.filter, schema}}),
  });
}

function findingChoice({store}: Panel, titleOf: (check: string) => string): HTMLElement | undefined {
  const groups = groupsOf(store.now.findings);
  if (groups.length === 0) return undefined;
  return dropdown({
    label: labels.byFinding,
    choices: [
      ['', labels.anyFinding],
      ['any', labels.withFinding],
      ...groups.map(({check}) => [check, titleOf(check)] as const),
    ],
    value: store.now.filter.finding,
    onChange: finding => store.set({filter: {...store.now.filter, finding}}),
  });
}

function tableChip({store}: Panel, name: string): HTMLElement {
  const click = (): void => store.set({filter: {...store.now.filter, table: undefined}});
  return element(
    'button',
    {
      type: 'button',
      class: 'tool bordered chip',
      'aria-label': `Table ${name}: show all tables`,
      on: {click},
    },
    icon('table'),
    element('span', {}, name),
    icon('cross'),
  );
}
