import type {StepView} from '../../src/protocol/run-panel.ts';
import type {StepState} from '../../src/protocol/run-state.ts';
import {element, fill, type Child} from '../ui/element.ts';
import {icon, type IconName} from '../ui/icon.ts';
import type {Panel} from './panel.ts';
import * as words from './words.ts';

const stateIcons: Readonly<Record<StepState['kind'], IconName>> = {
  waiting: 'circle',
  running: 'spinner',
  done: 'check',
  failed: 'cross',
  cancelled: 'stop-circle',
  'not-run': 'dash',
  unknown: 'question',
};

/** One file of the plan: its state, its name, its warnings, and its SQL when asked for. */
export interface StepRow {
  readonly root: HTMLLIElement;
  /** What the keyboard moves between. */
  readonly disclosure: HTMLButtonElement;
  update(state: StepState): void;
  tick(): void;
  expand(open: boolean): void;
  /** In a list of many, one row at a time can be reached with Tab. */
  setReachable(reachable: boolean): void;
}

export function stepRow(panel: Panel, step: StepView, index: number): StepRow {
  const sqlId = `sql-${index}`;
  const mark = element('span', {class: 'mark'});
  const meta = element('span', {class: 'meta'});
  const disclosure = element(
    'button',
    {
      type: 'button',
      class: 'disclosure',
      tabindex: -1,
      title: step.file,
      'aria-expanded': 'false',
      'aria-controls': sqlId,
    },
    element('span', {class: 'label'}, step.label),
    element('span', {class: 'title'}, step.title),
  );
  const open = openButton(panel, step, index);
  const sql = element('div', {class: 'sql', id: sqlId, hidden: true});
  const line = element('div', {class: 'line'}, mark, disclosure, meta, open);
  const root = element('li', {class: 'step'}, line, warningList(step), sql);
  let state: StepState = {kind: 'waiting'};
  let shown: string | undefined;
  const tick = (): void => {
    const text = metaText(step, state, panel.now());
    if (meta.textContent !== text) meta.textContent = text;
  };
  return {
    root,
    disclosure,
    tick,
    update(next) {
      state = next;
      tick();
      if (shown === next.kind) return;
      shown = next.kind;
      root.dataset['state'] = next.kind;
      fill(mark, icon(stateIcons[next.kind], words.stateName(next.kind)));
    },
    expand(wanted) {
      if (wanted && sql.childElementCount === 0) void loadSql(panel, step, index, sql);
      sql.hidden = !wanted;
      disclosure.setAttribute('aria-expanded', String(wanted));
    },
    setReachable(reachable) {
      disclosure.tabIndex = reachable ? 0 : -1;
      if (open !== undefined) open.tabIndex = reachable ? 0 : -1;
    },
  };
}

function metaText(step: StepView, state: StepState, now: number): string {
  switch (state.kind) {
    case 'waiting':
      return words.fileMeta(step);
    case 'running':
      return words.elapsed(now - state.startedAt);
    case 'done':
      return words.duration(state.milliseconds);
    case 'failed':
    case 'cancelled':
    case 'not-run':
    case 'unknown':
      return words.stateName(state.kind);
    default:
      return state satisfies never;
  }
}

function openButton({client, plan}: Panel, {file}: StepView, step: number): HTMLButtonElement | undefined {
  if (file === undefined || !plan.can.act) return undefined;
  const label = words.openLabel(file);
  const click = (): void => void client.request('open', {kind: 'step', step});
  return element(
    'button',
    {type: 'button', class: 'open', tabindex: -1, title: label, 'aria-label': label, on: {click}},
    icon('open-file'),
  );
}

function warningList(step: StepView): HTMLElement | undefined {
  if (step.warnings.length === 0) return undefined;
  const items = step.warnings.map(warning =>
    element('li', {class: 'warning'}, icon('warning'), words.warningText(warning, step)),
  );
  return element('ul', {class: 'warnings'}, ...items);
}

async function loadSql(panel: Panel, step: StepView, index: number, into: HTMLElement): Promise<void> {
  if (step.file === undefined) return fill(into, note(words.labels.nothingRuns));
  if (!panel.plan.can.act) return fill(into, note(words.labels.sqlGone));
  fill(into, note(words.labels.loading));
  const answer = await panel.client.request('sql', {step: index});
  if (answer.kind === 'error') return fill(into, note(words.labels.sqlUnavailable));
  const {value} = answer;
  if (value.kind === 'failure') {
    return fill(into, note([value.failure.message, value.failure.advice].filter(Boolean).join(' ')));
  }
  fill(into, ...sqlParts(value.text, value.hiddenLines, step));
}

function sqlParts(text: string, hiddenLines: number, {title}: StepView): Child[] {
  if (text === '') return [note(words.labels.emptyFile)];
  return [
    element('pre', {tabindex: 0, role: 'region', 'aria-label': `SQL: ${title}`}, text),
    hiddenLines > 0 && note(words.hiddenLines(hiddenLines)),
  ];
}

function note(text: string): HTMLElement {
  return element('p', {class: 'note'}, text);
}
