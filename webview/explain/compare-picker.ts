import {attribute} from '../../src/core/explain/attribute.ts';
import type {Attribution} from '../../src/core/explain/attribution.ts';
import {shapeOf} from '../../src/core/explain/compare.ts';
import {readPlans} from '../../src/core/explain/read-plans.ts';
import type {HistoryEntry, OriginView} from '../../src/protocol/explain-panel.ts';
import {openDialog, type Dialog} from '../ui/dialog.ts';
import {element, fill} from '../ui/element.ts';
import {icon} from '../ui/icon.ts';
import type {Comparison} from './comparison-view.ts';
import type {PlanModel} from './model.ts';
import type {Panel} from './panel.ts';
import {fetchText} from './plan-text.ts';
import * as words from './words.ts';

const {compare: texts, labels} = words;

export interface CompareOptions {
  readonly id: string;
  readonly origin: OriginView;
  readonly model: PlanModel;
  /** Compares with this run at once, without asking. */
  readonly other: string | undefined;
  readonly show: (comparison: Comparison) => void;
}

/** Lets the user choose a run of the same statement, and shows both side by side. */
export async function chooseAndCompare(panel: Panel, options: CompareOptions): Promise<void> {
  const answer = await panel.client.request('history', null);
  if (answer.kind === 'error') return panel.say(labels.channelBroken);
  const others = answer.value.filter(({id}) => id !== options.id);
  const wanted = others.find(({id}) => id === options.other);
  if (wanted) return await compareTo(panel, options, wanted);
  const list = element('ul', {class: 'runs'});
  const dialog = openDialog(
    {title: texts.title, closeLabel: labels.close},
    element('p', {class: 'lead'}, others.length === 0 ? texts.none : texts.lead),
    list,
  );
  const shape = shapeOf(options.model.attribution.plan);
  fill(list, ...others.map(entry => run(panel, options, entry, shape, dialog)));
}

/** As `chooseAndCompare`, for whoever does not wait for it. */
export function compareWith(panel: Panel, options: CompareOptions): void {
  void chooseAndCompare(panel, options);
}

function run(
  panel: Panel,
  options: CompareOptions,
  entry: HistoryEntry,
  shape: string,
  dialog: Dialog,
): HTMLElement {
  const same = entry.shape === shape;
  const choose = (): void => {
    dialog.close();
    void compareTo(panel, options, entry);
  };
  const forget = (): void => {
    void panel.client.request('forget', {id: entry.id});
    root.remove();
  };
  const root = element(
    'li',
    {class: 'run'},
    element(
      'button',
      {type: 'button', class: 'run-choose', on: {click: choose}},
      icon(same ? 'check' : 'compare'),
      element('span', {class: 'run-name'}, words.entryName(entry)),
      element(
        'span',
        {class: `run-shape run-${same ? 'same' : 'different'}`},
        same ? texts.same : texts.different,
      ),
    ),
    element(
      'button',
      {type: 'button', class: 'tool', title: texts.forget, 'aria-label': texts.forget, on: {click: forget}},
      icon('cross'),
    ),
  );
  return root;
}

/** The earlier run is the one before, whichever of them the panel shows. */
async function compareTo(
  panel: Panel,
  {origin, model, show}: CompareOptions,
  entry: HistoryEntry,
): Promise<void> {
  const text = await fetchText(panel, entry.id, {stopped: () => false});
  const other = text === undefined ? undefined : attributionOf(text);
  if (other === undefined) return panel.say(labels.noLongerKept);
  const shown = {attribution: model.attribution, name: words.when(origin.at)};
  const chosen = {attribution: other, name: words.when(entry.at)};
  const [before, after] = entry.at <= origin.at ? [chosen, shown] : [shown, chosen];
  show({
    title: texts.heading,
    before: before.attribution,
    after: after.attribution,
    names: [before.name, after.name],
    notes: [],
    actions: [],
  });
}

/** @returns the first plan of a text with its numbers; undefined where it cannot be read. */
export function attributionOf(text: string): Attribution | undefined {
  const plans = readPlans(text);
  const first = plans.ok ? plans.value[0] : undefined;
  return first && attribute(first);
}
