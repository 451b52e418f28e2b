import type {Attribution} from '../../src/core/explain/attribution.ts';
import {comparePlans, type PlanTotals} from '../../src/core/explain/compare.ts';
import {formatBlocks, formatMs} from '../../src/core/explain/words.ts';
import {element} from '../ui/element.ts';
import {icon} from '../ui/icon.ts';
import {formatCost} from './colour-values.ts';
import {comparisonRow, comparisonHead, type ComparedPlans} from './comparison-row.ts';
import type {Panel, Part} from './panel.ts';
import {virtualRows} from '../ui/virtual-rows.ts';
import * as words from './words.ts';

/** Two plans of one statement, with what is to be said of them. */
export interface Comparison {
  readonly title: string;
  readonly before: Attribution;
  readonly after: Attribution;
  /** Such as when each of them was made. */
  readonly names: readonly [before: string, after: string];
  /** SQL that the plan after has and the one before has not. */
  readonly sql?: string;
  /** Sentences on where the plans are from. */
  readonly notes: readonly string[];
  readonly actions: readonly HTMLElement[];
}

const rowHeight = 28;

/** Both plans in one tree: what is the same stands in one line, what is gone and what is new in one of its own. */
export function comparisonView(
  _panel: Panel,
  {title, before, after, names, sql, notes, actions}: Comparison,
  back: () => void,
): Part {
  const compared = comparePlans(before, after);
  const plans: ComparedPlans = {before, after};
  const body = element('div', {class: 'rows', role: 'rowgroup'});
  const grid = element(
    'div',
    {
      class: 'grid compared',
      role: 'table',
      tabindex: 0,
      'aria-label': title,
      'aria-rowcount': compared.nodes.length + 1,
    },
    comparisonHead(plans),
    body,
  );
  const rows = virtualRows({
    scroller: grid,
    body,
    height: rowHeight,
    covered: rowHeight,
    make: index => comparisonRow(plans, compared.nodes[index], index),
  });
  requestAnimationFrame(() => rows.reset(compared.nodes.length));
  const heading = element('h2', {tabindex: -1}, title);
  return {
    root: element(
      'section',
      {class: 'comparison'},
      element(
        'header',
        {class: 'comparison-head'},
        backButton(back),
        heading,
        element('span', {class: 'gap'}),
        ...actions,
      ),
      totals(compared.before, compared.after, names, before.plan.analyzed && after.plan.analyzed),
      element(
        'p',
        {class: 'shape'},
        icon(compared.sameShape ? 'check' : 'info'),
        compared.sameShape ? words.compare.identical : words.compare.changed,
        sql !== undefined && element('code', {}, sql),
        ...notes.map(note => element('span', {class: 'comparison-note'}, note)),
      ),
      grid,
    ),
    focus: () => heading.focus(),
    dispose: () => rows.dispose(),
  };
}

function backButton(back: () => void): HTMLElement {
  return element(
    'button',
    {type: 'button', class: 'tool back', on: {click: back}},
    icon('arrow'),
    element('span', {}, words.labels.back),
  );
}

interface Figure {
  readonly key: keyof PlanTotals;
  readonly name: string;
  readonly format: (value: number) => string;
  readonly words: keyof typeof words.differences;
}

const figures: readonly Figure[] = [
  {key: 'executionMs', name: 'Execution', format: formatMs, words: 'time'},
  {key: 'planningMs', name: 'Planning', format: formatMs, words: 'time'},
  {key: 'cost', name: 'Cost', format: formatCost, words: 'amount'},
  {key: 'blocks', name: 'Buffers', format: formatBlocks, words: 'amount'},
  {key: 'blocksRead', name: 'Read', format: formatBlocks, words: 'amount'},
  {key: 'tempBlocks', name: 'Temp files', format: formatBlocks, words: 'amount'},
];

function totals(
  before: PlanTotals,
  after: PlanTotals,
  names: readonly [string, string],
  executed: boolean,
): HTMLElement {
  // Two plans without a run differ in their cost alone: their planning times say who had read the catalog before.
  const said = (key: keyof PlanTotals): boolean =>
    [before[key], after[key]].some(value => value !== null && value !== 0);
  const shown = figures.filter(({key}) => said(key) && (executed || key === 'cost'));
  const row = (name: string, side: PlanTotals): HTMLElement =>
    element(
      'tr',
      {},
      element('th', {scope: 'row'}, name),
      ...shown.map(({key, format}) => element('td', {}, valueText(side[key], format))),
    );
  const heads = ['', ...shown.map(({name}) => name)].map(text => element('th', {scope: 'col'}, text));
  const differences = shown.map(({key, words}) =>
    element('td', {}, difference(before[key], after[key], words)),
  );
  return element(
    'table',
    {class: 'totals'},
    element('thead', {}, element('tr', {}, ...heads)),
    element(
      'tbody',
      {},
      row(names[0], before),
      row(names[1], after),
      element('tr', {}, element('th'), ...differences),
    ),
  );
}

function valueText(value: number | null, format: (value: number) => string): string {
  if (value === null) return '–';
  return value === 0 ? '0' : format(value);
}

function difference(
  before: number | null,
  after: number | null,
  kind: keyof typeof words.differences,
): HTMLElement | undefined {
  if (before === null || after === null) return undefined;
  const tone = before === after ? 'same' : after < before ? 'less' : 'more';
  return element('span', {class: `difference difference-${tone}`}, words.ratio(before, after, kind));
}
