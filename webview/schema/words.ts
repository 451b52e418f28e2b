import {severities} from '../../src/core/schema/comparison.ts';
import type {
  BlameView,
  ComparedPhase,
  DifferenceView,
  ExpectedView,
  SchemaPhase,
  SchemaView,
} from '../../src/protocol/schema-panel.ts';
import {counted} from '../ui/counted.ts';

/** Every English text of the schema panel. */

export const labels = {
  channelBroken: 'This page cannot talk to the extension. Close it and compare once more.',
  against: 'against',
  again: 'Validate Again',
  choose: 'Compare with…',
  cancel: 'Cancel',
  cancelling: 'Cancelling…',
  scratch: 'Use a Scratch Database',
  before: 'Then it said:',
  openFile: 'Open the File',
  write: 'Write Migration',
  report: 'Report',
  differences: 'Differences',
  tables: 'Tables',
  ignored: 'Ignored',
  gaps: 'Not compared',
  filter: 'Filter',
  filterHint: 'Shows only differences whose object or words contain this text.',
  kinds: 'Kind of object',
  allKinds: 'All kinds',
  severities: 'Severity',
  expected: 'Expected',
  live: 'In the database',
  notExpected: 'Not expected',
  notLive: 'Not in the database',
  default: 'PostgreSQL’s default',
  definitions: 'Definitions, expected and in the database',
  goTo: 'Go to the Line',
  ignore: 'Ignore…',
  reveal: 'Reveal in Tree',
  copy: 'Copy',
  copied: 'Copied.',
  notInTree: 'The tree does not show it.',
  restore: 'Compare Again',
  expandAll: 'Expand All',
  collapseAll: 'Collapse All',
  loading: 'Reading…',
  noMatch: 'No difference is like that.',
  noTables: 'There are no tables.',
  noIgnored: 'Nothing is ignored.',
  noGaps: 'Nothing was left out: all that PostgreSQL’s catalogs hold was compared.',
  gone: 'This comparison is not kept any more. Validate again to see more of it.',
  about: 'Details',
  choice: 'Space selects it for a migration',
  rows: 'Rows',
  table: 'Table',
  detail: 'Detail',
  hint: 'Hint',
  advice: 'What to do',
  equalTitle: 'Nothing differs',
  same: 'As expected',
} as const;

export const writeItems = {
  'change-live': 'Make the database as expected…',
  'describe-live': 'Record what the database has…',
  script: 'Show the SQL that makes it as expected',
} as const;

export const reportItems = {
  markdownFile: 'Save as Markdown…',
  jsonFile: 'Save as JSON…',
  markdownCopy: 'Copy as Markdown',
  jsonCopy: 'Copy as JSON',
} as const;

export const severityNames = {error: 'Error', warning: 'Warning', information: 'Note'} as const;

const severityWords = {error: 'error', warning: 'warning', information: 'note'} as const;

/** @returns the verdict: that nothing differs, or how much. */
export function verdict(
  {target, expected}: SchemaView,
  phase: Pick<ComparedPhase, 'counts' | 'objects'>,
): string {
  if (phase.objects === 0) return `${target.name} is as ${expectedSubject(expected)}`;
  const parts = severities.flatMap(severity =>
    phase.counts[severity] === 0 ? [] : [counted(phase.counts[severity], severityWords[severity])],
  );
  return `${parts.join(', ')} in ${counted(phase.objects, 'object')}`;
}

function expectedSubject(expected: ExpectedView): string {
  switch (expected.kind) {
    case 'history':
      return expected.migrations === null
        ? 'the migrations say'
        : expected.migrations === 0
          ? 'without any migration'
          : expected.migrations === 1
            ? 'the 1 migration says'
            : `the ${expected.migrations.toLocaleString('en')} migrations say`;
    case 'file':
      return `${expected.file} says`;
    case 'connection':
      return `${expected.connection.name} is`;
    default:
      return expected satisfies never;
  }
}

/** @returns what the expected side is, in the middle of a sentence. */
export function expectedWords(expected: ExpectedView): string {
  switch (expected.kind) {
    case 'history': {
      const files =
        expected.migrations === null ? 'the migrations' : counted(expected.migrations, 'migration');
      return expected.upTo === 'applied' ? `${files} applied there` : `${files}, all files`;
    }
    case 'file':
      return expected.file;
    case 'connection':
      return expected.connection.name;
    default:
      return expected satisfies never;
  }
}

export function stageWords({stage, versions}: ComparedPhase): string {
  switch (stage) {
    case 'embedded':
      return `replayed in the embedded PostgreSQL ${versions.expected}`;
    case 'scratch':
      return `replayed in a scratch database, PostgreSQL ${versions.expected}`;
    case 'server':
      return `PostgreSQL ${versions.expected}`;
    default:
      return stage satisfies never;
  }
}

type Running = Extract<SchemaPhase, {kind: 'running'}>;

export function runningTitle({target, expected}: SchemaView): string {
  return `Comparing ${target.name} with ${expectedWords(expected)}`;
}

export function stepWords({step, done, of}: Running, {target, expected}: SchemaView): string {
  switch (step) {
    case 'connecting':
      return `Connecting to ${target.name}`;
    case 'reading-live':
      return `Reading ${target.name}`;
    case 'waiting-for-stage':
      return 'Starting the embedded PostgreSQL';
    case 'replaying':
      return done === undefined || of === undefined
        ? 'Replaying the migrations'
        : `Replaying ${done.toLocaleString('en')} of ${counted(of, 'migration')}`;
    case 'running-file':
      return `Running ${expected.kind === 'file' ? expected.file : 'the file'}`;
    case 'reading-expected':
      return `Reading what is expected`;
    case 'comparing':
      return 'Comparing';
    default:
      return step satisfies never;
  }
}

export function equalText(name: string, compared: number): string {
  return `${counted(compared, 'object')} on ${name} ${compared === 1 ? 'was' : 'were'} compared with all of their attributes.`;
}

/** @returns how the live side of a value is called. */
export function liveLabel(name: string): string {
  return `On ${name}`;
}

export const failedTitle = 'The schemas could not be compared';
export const cancelledTitle = 'Cancelled';
export const cancelledText = 'Nothing was changed, and nothing is known about the difference.';
export const lostTitle = 'This comparison is not kept any more';
export const lostText =
  'The editor was started again since. Validate again to see where the database is today.';

/** @returns where a difference comes from, as a sentence; empty where nothing is known. */
export function blameWords({kind, migration}: BlameView, what: DifferenceView['what']): string {
  switch (kind) {
    case 'no-migration':
      return what === 'extra'
        ? 'No migration makes it: it was made by hand or by another program.'
        : 'No migration mentions it.';
    case 'edited-after-apply':
      return `${migration ?? 'Its migration'} was edited after it was added, perhaps after it ran here.`;
    case 'pending':
      return `${migration ?? 'A migration'} has not run here yet.`;
    case 'by-hand':
      return migration === null
        ? 'The migrations that ran lead to something else: the database was changed by hand.'
        : `${migration} leads to something else: the database was changed by hand.`;
    case 'unknown':
      return '';
    default:
      return kind satisfies never;
  }
}

/** The same in a word or two, for a row. */
export function blameMark({kind}: BlameView): string {
  switch (kind) {
    case 'no-migration':
      return 'no migration';
    case 'edited-after-apply':
      return 'edited file';
    case 'pending':
      return 'pending';
    case 'by-hand':
      return 'by hand';
    case 'unknown':
      return '';
    default:
      return kind satisfies never;
  }
}

export function place({file, line}: {readonly file: string; readonly line: number}): string {
  return `${file}:${line}`;
}

export function rowsWords(rows: number | null): string {
  if (rows === null) return 'rows unknown';
  if (rows < 10_000) return counted(rows, 'row');
  if (rows < 1_000_000) return `${Math.round(rows / 1000).toLocaleString('en')} k rows`;
  return `${(rows / 1_000_000).toLocaleString('en', {maximumFractionDigits: 1})} M rows`;
}

export function took(milliseconds: number): string {
  return milliseconds < 1000
    ? `${Math.round(milliseconds)} ms`
    : `${(milliseconds / 1000).toLocaleString('en', {maximumFractionDigits: 1})} s`;
}

export function elapsed(milliseconds: number): string {
  return `${(Math.max(0, milliseconds) / 1000).toFixed(1)} s`;
}

/** @returns “today at 14:05”, “21 Nov 2026, 14:05”. */
export function when(at: number, now: number): string {
  const time = new Intl.DateTimeFormat('en-GB', {timeStyle: 'short'}).format(at);
  const day = new Intl.DateTimeFormat('en-GB', {dateStyle: 'medium'});
  return day.format(at) === day.format(now) ? `today at ${time}` : `${day.format(at)}, ${time}`;
}

/** What the migration will be about. */
export function writeLabel(selected: number, shown: number, all: number): string {
  if (selected > 0) return `${labels.write} for ${counted(selected, 'difference')}`;
  return shown === all ? labels.write : `${labels.write} for ${shown.toLocaleString('en')} shown`;
}

export function groupLabel(kind: string, name: string, differences: number, rows: number | null): string {
  const size = kind === 'table' && rows !== null ? `, ${rowsWords(rows)}` : '';
  return `${kind} ${name}, ${counted(differences, 'difference')}${size}`;
}

export function rowLabel(difference: DifferenceView): string {
  const mark = blameMark(difference.blame);
  return `${severityNames[difference.severity]}: ${difference.words}${mark === '' ? '' : ` ${mark}`}`;
}

export function shownOf(shown: number, all: number): string {
  return shown === all
    ? counted(all, 'difference')
    : `${shown.toLocaleString('en')} of ${counted(all, 'difference')}`;
}

export function comparedWords(objects: number): string {
  return `${counted(objects, 'object')} compared`;
}

export function moreOf(rule: number): string {
  return rule > 1 ? `and ${counted(rule - 1, 'more', 'more')}` : '';
}
