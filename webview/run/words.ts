import type {HolderView, PlanView, StepView, StepWarning} from '../../src/protocol/run-panel.ts';
import type {StepState} from '../../src/protocol/run-state.ts';
import {counted} from '../ui/counted.ts';

/** Every English text of the run panel. */

type Direction = PlanView['direction'];

function migrations(number: number): string {
  return counted(number, 'migration');
}

export function planTitle({direction, steps, connection}: PlanView): string {
  return direction === 'up'
    ? `Apply ${migrations(steps.length)} to ${connection.name}`
    : `Roll back ${migrations(steps.length)} on ${connection.name}`;
}

export function runningTitle({direction, steps, connection}: PlanView): string {
  return direction === 'up'
    ? `Applying ${migrations(steps.length)} to ${connection.name}`
    : `Rolling back ${migrations(steps.length)} on ${connection.name}`;
}

export function doneTitle({direction, steps}: PlanView, milliseconds: number): string {
  return `${migrations(steps.length)} ${past(direction)} in ${duration(milliseconds)}`;
}

function past(direction: Direction): string {
  return direction === 'up' ? 'applied' : 'rolled back';
}

export function failedTitle({label, title}: StepView): string {
  return `${label} ${title} failed`;
}

export function cancelledTitle({label, title}: StepView): string {
  return `Cancelled in ${label} ${title}`;
}

export function partly({direction, steps}: PlanView, done: number, milliseconds: number): string {
  if (done === 0) return `No migration was ${past(direction)}. Stopped after ${duration(milliseconds)}.`;
  const were = done === 1 ? 'was' : 'were';
  return `${done} of ${migrations(steps.length)} ${were} ${past(direction)}. Stopped after ${duration(milliseconds)}.`;
}

export function runLabel({direction, steps, connection}: PlanView): string {
  const verb = direction === 'up' ? 'Apply' : 'Roll Back';
  if (connection.environment === 'staging') {
    return direction === 'up' ? `Apply to ${connection.name}` : `Roll Back on ${connection.name}`;
  }
  return steps.length === 1
    ? `${verb} 1 Migration`
    : `${verb} ${steps.length.toLocaleString('en')} Migrations`;
}

export const typeTheName = {
  before: 'This is production. Type ',
  after: ' to enable the button.',
};

export function nameDescription(plan: PlanView): string {
  return `The button “${runLabel(plan)}” stays disabled until this is exactly ${plan.connection.name}.`;
}

export const labels = {
  showSql: 'Show SQL',
  close: 'Close',
  dismiss: 'Cancel',
  cancelRun: 'Cancel Run',
  cancelling: 'Cancelling…',
  repair: 'Repair…',
  openFile: 'Open File',
  again: 'Plan Again',
  openSetting: 'Open Setting',
  connectionName: 'Name of the connection',
  position: 'Version',
  lockTimeout: 'Lock timeout',
  statementTimeout: 'Statement timeout',
  files: 'Files, in order',
  filesHelp: 'Arrow keys move between the files, Enter shows the SQL, Tab leads to opening the file.',
  databaseNow: 'The database now',
  serverMessages: 'Messages from the server',
  nothingRuns: 'Nothing runs in this step: only the version moves.',
  loading: 'Reading the SQL…',
  sqlUnavailable: 'The SQL could not be read. The log of Howdah says more.',
  sqlGone: 'The SQL was not kept over the restart of the editor.',
  emptyFile: 'The file is empty.',
  none: 'none',
  readOnly:
    'This connection is read-only, so nothing can be run on it. Allow writing in its context menu, then plan again.',
  nameDiffers: 'That is not the name of the connection, so nothing was begun.',
  channelBroken: 'Howdah did not answer. Close this panel and start again; its log says more.',
} as const;

export const rehearsal = {
  running: 'Rehearsing in the embedded PostgreSQL…',
  passes: (statements: number): string =>
    statements === 1
      ? 'The rehearsal passes: 1 statement.'
      : `The rehearsal passes: ${statements.toLocaleString('en')} statements.`,
  fails: (at?: {readonly file: string; readonly line: number}): string =>
    at === undefined ? 'The rehearsal fails.' : `The rehearsal fails in ${at.file}, line ${at.line}.`,
  unknown: 'This could not be rehearsed.',
  report: 'Full report',
  anyway: 'Apply Anyway',
  anywayWhy: 'The rehearsal fails. Press the button once more to apply all the same.',
} as const;

/** Positions of a plan: null is a database without any migration. */
export function version(label: string | null): string {
  return label ?? labels.none;
}

export function timeout(milliseconds: number): string {
  return milliseconds === 0 ? 'as the server has it' : duration(milliseconds);
}

const warnings: Readonly<Record<StepWarning, (step: StepView) => string>> = {
  'missing-file': ({direction}) => `There is no ${direction} file: the version moves and nothing runs.`,
  'empty-file': () => 'The file is empty: the version moves and nothing else changes.',
  'splits-inside-quotes': () =>
    'Multi-statement mode cuts this file at a semicolon inside a string, a comment or a function body. Its parts will not be what you wrote.',
  'concurrently-with-others': () =>
    'CONCURRENTLY cannot share a file with other statements: they are sent as one transaction, and PostgreSQL will refuse it.',
  'concurrently-in-transaction': () =>
    'CONCURRENTLY cannot run inside a transaction, and this file runs in one: PostgreSQL will refuse it. Mark the file to run without.',
  'several-sections': ({direction}) =>
    `The file has more than one ${direction} block. Each is committed by itself, and a version is recorded once: what stands behind the first may fail and leave the file half-applied.`,
};

export function warningText(warning: StepWarning, step: StepView): string {
  return warnings[warning](step);
}

export function warningSummary(count: number): string {
  return count === 1
    ? '1 file needs a look before you run this:'
    : `${count} files need a look before you run this:`;
}

export function andMore(count: number): string {
  return `and ${count.toLocaleString('en')} more`;
}

export function skippedTitle(count: number): string {
  return count === 1
    ? '1 migration will not run, because it is older than the current version:'
    : `${count.toLocaleString('en')} migrations will not run, because they are older than the current version:`;
}

export function openLabel(file: string): string {
  return `Open ${file}`;
}

export function place(at: {readonly file: string; readonly line: number; readonly column: number}): string {
  return `${at.file}:${at.line}:${at.column}`;
}

export function hiddenLines(count: number): string {
  return count === 1
    ? '1 more line. Open the file to see it.'
    : `${count.toLocaleString('en')} more lines. Open the file to see them.`;
}

export function progress(done: number, total: number): string {
  return `${done.toLocaleString('en')} of ${total.toLocaleString('en')}`;
}

export function announceStep(index: number, total: number, {label, title}: StepView): string {
  return `Running ${index + 1} of ${total}: ${label} ${title}`;
}

const states: Readonly<Record<StepState['kind'], string>> = {
  waiting: 'Waiting',
  running: 'Running',
  done: 'Done',
  failed: 'Failed',
  cancelled: 'Cancelled',
  'not-run': 'Not run',
  unknown: 'Not known',
};

export function stateName(kind: StepState['kind']): string {
  return states[kind];
}

export function waitingTitle(seconds: number): string {
  return `Waiting for the lock (${wholeSeconds(seconds)}): another runner holds it.`;
}

export const waitingUnknown = 'Who holds it could not be read.';

/** @param seconds since the holder's age was read */
export function holder({pid, user, application, address, ageSeconds}: HolderView, seconds: number): string {
  const parts = [
    `pid ${pid}`,
    user === undefined ? undefined : `user ${user}`,
    application === undefined || application === '' ? undefined : `application ${application}`,
    address === undefined ? undefined : `from ${address}`,
    ageSeconds === undefined ? undefined : `for ${wholeSeconds(ageSeconds + seconds)}`,
  ];
  return parts.filter(Boolean).join(' · ');
}

export function noticeCount(count: number, dropped: number): string {
  const shown = `${labels.serverMessages} (${(count + dropped).toLocaleString('en')})`;
  return dropped === 0 ? shown : `${shown}, the first ${count.toLocaleString('en')}`;
}

export const refused = {
  title: 'Nothing was begun',
  state: 'The database is as it was.',
};

export const lost = {
  'plan-gone': {
    title: 'This plan is out of date',
    text: 'The editor was restarted after it was made, and nothing of it has run. Start the command again for a fresh plan.',
  },
  'run-gone': {
    title: 'How this run ended is not known here',
    text: 'The editor was restarted while it was going on. Refresh the migrations in the Howdah view: it reads from the database what was recorded.',
  },
  broke: {
    title: 'Howdah broke off',
    text: 'This is a defect in Howdah, and its log says more. Refresh the migrations in the Howdah view to see where the database is.',
  },
  'nothing-kept': {
    title: 'There is nothing to show any more',
    text: 'This panel belonged to an earlier session of the editor. Start the command again from the Howdah view.',
  },
} as const;

/** Two significant units at most: 412 ms, 1.2 s, 48 s, 1 min 05 s, 2 h 03 min. */
export function duration(milliseconds: number): string {
  if (milliseconds < 1000) return `${Math.round(milliseconds)} ms`;
  const seconds = milliseconds / 1000;
  if (seconds < 10) return `${trimZero(seconds)} s`;
  if (seconds < 60) return `${Math.floor(seconds)} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return join(minutes, 'min', Math.floor(seconds % 60), 's');
  return join(Math.floor(minutes / 60), 'h', minutes % 60, 'min');
}

function wholeSeconds(seconds: number): string {
  return seconds < 10 ? `${Math.max(0, Math.floor(seconds))} s` : duration(seconds * 1000);
}

/** For what is still counting: its digits keep their places. */
export function elapsed(milliseconds: number): string {
  const shown = Math.max(0, milliseconds);
  return shown < 10_000 ? `${(Math.floor(shown / 100) / 10).toFixed(1)} s` : duration(shown);
}

/** What a file weighs, and which of a migration's two files it is. */
export function fileMeta({direction, bytes, file}: StepView): string {
  if (file === undefined) return `no ${direction} file`;
  return bytes === undefined ? direction : `${direction} · ${size(bytes)}`;
}

function trimZero(value: number): string {
  return (Math.floor(value * 10) / 10).toString();
}

function join(large: number, largeUnit: string, small: number, smallUnit: string): string {
  if (small === 0) return `${large} ${largeUnit}`;
  return `${large} ${largeUnit} ${String(small).padStart(2, '0')} ${smallUnit}`;
}

const units = ['bytes', 'KB', 'MB', 'GB'] as const;

/** @returns the size in units of 1,024, as the editor shows sizes. */
function size(bytes: number): string {
  const power = Math.min(units.length - 1, Math.floor(Math.log2(Math.max(bytes, 1)) / 10));
  const value = bytes / 1024 ** power;
  if (power === 0) return bytes === 1 ? '1 byte' : `${bytes} bytes`;
  return `${value < 10 ? value.toFixed(1) : Math.round(value)} ${units[power] ?? ''}`;
}
