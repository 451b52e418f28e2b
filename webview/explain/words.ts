import type {Confidence} from '../../src/core/explain/finding.ts';
import {formatMs, formatRows} from '../../src/core/explain/words.ts';
import type {Alert, HistoryEntry, OriginView} from '../../src/protocol/explain-panel.ts';
import type {ColourBy} from './model.ts';

/** Every English text of the plan panel that is not a node's. */

export const labels = {
  openStatement: 'Show the statement in the editor',
  execution: 'execution',
  planning: 'planning',
  cost: 'cost, estimated',
  notExecuted: 'not executed',
  parameters: 'Parameters',
  settings: 'Settings',
  notes: 'Notes',
  about: 'How it was made',
  views: 'View',
  colourBy: 'Colour by',
  search: 'Search the plan',
  searchHint:
    'Type, tables, indexes, conditions. Enter leads to the next match, Shift Enter to the one before.',
  next: 'Next match',
  previous: 'Previous match',
  noMatch: 'no match',
  again: 'Run again',
  compare: 'Compare',
  compareHint: 'Compare with another run of this statement',
  whatIf: 'What if…',
  whatIfHint: 'Plan the statement with an index that does not exist',
  export: 'Export',
  details: 'Details',
  findings: 'Findings',
  node: 'Node',
  resize: 'Width of the details',
  close: 'Close',
  back: 'Back to the plan',
  cancel: 'Cancel',
  cancelling: 'Cancel sent. Waiting for the server…',
  openFile: 'Open a plan file…',
  openInEditor: 'Open in the editor',
  changeValues: 'Change the values…',
  detail: 'Detail',
  hint: 'Hint',
  advice: 'What to do',
  reading: 'Reading the plan…',
  computing: 'Computing the plan…',
  plans: 'Plan',
  channelBroken: 'Howdah did not answer. Close this panel and start again; its log says more.',
  noLongerKept: 'The text of this plan is no longer kept.',
  copied: 'Copied.',
  noPlace: 'Its place in the statement could not be told.',
  notInTree: 'It was not found in the tree.',
  sqlCopied: 'SQL copied.',
} as const;

export const viewNames = {
  graph: 'Graph',
  flame: 'Flame',
  table: 'Table',
  raw: 'Raw',
  summary: 'Summary',
} as const;
export type ViewName = keyof typeof viewNames;

export const colourNames: Readonly<Record<ColourBy, string>> = {
  'self-time': 'Self time',
  rows: 'Rows',
  buffers: 'Buffers',
  estimate: 'Estimate error',
  cost: 'Cost',
};

type Mode = OriginView['mode'];

export const modeNames: Readonly<Record<Mode, string>> = {
  explain: 'Explain',
  generic: 'Generic plan',
  analyze: 'Explain Analyze',
  opened: 'Opened plan',
};

const guards = {'read-only': 'read-only transaction', 'rolled-back': 'rolled back'} as const;

export function modeText({mode, guard}: OriginView): string {
  return guard === null ? modeNames[mode] : `${modeNames[mode]}, ${guards[guard]}`;
}

export const againItems = [
  ['explain', 'Explain: plan only'],
  ['analyze', 'Explain Analyze: execute it'],
  ['generic', 'Explain the generic plan'],
] as const;

export const exportItems = {
  svg: 'Save as SVG…',
  png: 'Save as PNG…',
  json: 'Save as JSON…',
  markdown: 'Save as Markdown…',
  copyJson: 'Copy as JSON',
  copyMarkdown: 'Copy as Markdown',
} as const;

export function when(at: number): string {
  const date = new Date(at);
  const today = new Date().toDateString() === date.toDateString();
  const time = date.toLocaleTimeString([], {hour: '2-digit', minute: '2-digit', second: '2-digit'});
  return today ? time : `${date.toLocaleDateString([], {dateStyle: 'medium'})}, ${time}`;
}

export function planNumber(index: number, count: number): string {
  return `${index + 1} of ${count}`;
}

export function matches(at: number, count: number): string {
  if (count === 0) return labels.noMatch;
  return at < 0 ? `${formatRows(count)} found` : `${formatRows(at + 1)} of ${formatRows(count)}`;
}

export function alertText({executionMs, usualMs, runs}: Alert): string {
  const factor = usualMs > 0 ? executionMs / usualMs : 0;
  const times = factor >= 10 ? formatRows(factor) : String(Number(factor.toFixed(1)));
  const runsText = runs === 1 ? 'the one earlier run' : `the median of ${runs} earlier runs`;
  return `${times} times as slow as usual: ${formatMs(executionMs)}, and ${formatMs(usualMs)} is ${runsText}.`;
}

export const planChanged = {
  true: 'The plan has changed.',
  false: 'The plan is the same, so look at the data, the cache and what else ran.',
} as const;

/** Of what counts up; its digits keep their places. */
export function elapsed(ms: number): string {
  const shown = Math.max(0, ms);
  return shown < 60_000 ? `${(Math.floor(shown / 100) / 10).toFixed(1)} s` : formatMs(shown);
}

export const running = {
  explain: 'Planning',
  generic: 'Planning',
  analyze: 'Executing',
  opened: 'Reading',
} as const;

export function timeoutText(ms: number): string {
  return `The server stops it after ${formatMs(ms)}.`;
}

export const failedTitle = 'The server did not explain it';
export const unreadableTitle = 'This is not a plan that can be read';

export function cancelledTitle(confirmed: boolean): string {
  return confirmed ? 'Cancelled' : 'Cancel sent, but not confirmed';
}

export function cancelledText(confirmed: boolean, afterMs: number): string {
  return confirmed
    ? `The server confirmed that it stopped the statement after ${elapsed(afterMs)}.`
    : 'The server did not say that it stopped. The statement may still be running there.';
}

export const lost = {
  title: 'This plan is no longer kept',
  text: 'The panel belonged to an earlier session of the editor. Explain the statement again, or open a plan from a file.',
} as const;

export const confidenceNames: Readonly<Record<Confidence, string>> = {
  certain: 'Certain',
  likely: 'Likely',
  possible: 'Possible',
};

export const finding = {
  none: 'Nothing stands out in this plan.',
  why: 'Why',
  fix: 'What to do',
  sure: 'How sure',
  tryIndex: 'Try the index',
  migration: 'Create migration',
  analyze: 'Run ANALYZE…',
  vacuum: 'Run VACUUM…',
  copySql: 'Copy SQL',
  checking: 'Checking against the catalog…',
  checked: 'Checked against the catalog.',
  unchecked: 'Not checked against the catalog:',
  unreachable: 'it did not answer.',
  whole: 'Whole plan',
} as const;

/** @param share from 0 to 1 of a plan's text that is there */
export function shareRead(share: number): string {
  return `${Math.floor(share * 100)} %`;
}

export function atStake(ms: number, share: string): string {
  return `up to ${formatMs(ms)} (${share})`;
}

export function findingCount(count: number): string {
  return count === 1 ? '1 finding' : `${count} findings`;
}

export const compare = {
  title: 'Compare with another run',
  lead: 'Runs of the same statement, newest first.',
  none: 'There is no other run of this statement yet.',
  same: 'same plan',
  different: 'another plan',
  forget: 'Forget this run',
  heading: 'Before and after',
  identical: 'Both plans have the same steps.',
  changed: 'The plans differ.',
} as const;

export function entryName({at, connection, mode, executionMs, cost}: HistoryEntry): string {
  const figure = executionMs === null ? `cost ${formatRows(cost)}` : formatMs(executionMs);
  return [when(at), figure, modeNames[mode], connection].filter(Boolean).join(', ');
}

export const whatIf = {
  title: 'What if there were this index?',
  lead: 'The statement is planned with it, and nothing is created on the server.',
  field: 'Index',
  run: 'Plan with the index',
  running: 'Planning with the index…',
  how: {
    hypopg: 'Planned by the server itself, with a hypothetical index of HypoPG.',
    statistics: 'Planned by the embedded PostgreSQL, with the statistics of the server.',
  },
  heading: 'Without and with the index',
  unused: 'The planner would not use this index.',
  costs: 'Costs are the planner’s estimate, not a time.',
} as const;

export function indexSize(bytes: string): string {
  return `The index would take about ${bytes}.`;
}

/** After a factor. */
export const differences = {
  time: {less: 'faster', more: 'slower'},
  amount: {less: 'less', more: 'more'},
} as const;

export function ratio(before: number, after: number, kind: keyof typeof differences): string {
  if (before === after) return 'the same';
  if (after === 0 || before === 0) return '';
  const factor = Math.max(before, after) / Math.min(before, after);
  if (factor < 1.05) return 'about the same';
  const times = factor >= 10 ? formatRows(factor) : String(Number(factor.toFixed(1)));
  return `${times}× ${differences[kind][after < before ? 'less' : 'more']}`;
}
