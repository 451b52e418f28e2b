import type {
  ChangeView,
  DoingView,
  PlaceView,
  RehearsalView,
  StepView,
  StopView,
} from '../../src/protocol/rehearsal-view.ts';
import {counted} from '../ui/counted.ts';

/** English texts of the rehearsal panel; those on locks, undo and data are in `verdict-words.ts`. */

export const labels = {
  again: 'Rehearse Again',
  elsewhere: 'Rehearse Elsewhere',
  export: 'Export',
  apply: 'Apply…',
  cancel: 'Cancel',
  cancelling: 'Cancelling…',
  onServer: 'On the Server, Rolled Back…',
  onScratch: 'On a Scratch Database…',
  rehearseOnServer: 'Rehearse on the Server, Rolled Back…',
  rehearseOnScratch: 'Rehearse on a Scratch Database…',
  onEmbedded: 'In the Embedded PostgreSQL',
  copyMarkdown: 'Copy as Markdown',
  saveMarkdown: 'Save as Markdown…',
  saveJson: 'Save as JSON…',
  copied: 'Copied',
  goTo: 'Go to',
  openFile: 'Open File',
  statements: 'Statements',
  changes: 'Schema changes',
  undo: 'Undo',
  dataLoss: 'Data loss',
  liveData: 'Rows of today',
  notes: 'What this report does not say',
  before: 'Before',
  after: 'After',
  details: 'Details of the statement',
  statementsHelp: 'Arrow keys move between the statements, Enter goes to the file.',
  chooseConnection: 'Choose a Connection…',
  noConnection:
    'No connection is chosen, so sizes, traffic and the rows of today are not in this report. The history is every earlier file.',
  scratchWhy:
    'A scratch database is made on your own server, with its version and its extensions, and dropped at the end.',
  serverWhy: 'On the server itself the files run in a transaction that is rolled back, with their locks.',
  refused: 'This is not tried on the server',
  refusedWhy:
    'ROLLBACK would not take everything back, so nothing was begun. In the embedded PostgreSQL and on a scratch database it can be rehearsed.',
  nothingToDo: 'The file has no statement. Nothing would run.',
  noChanges: 'The schema stays as it is.',
  channelBroken: 'Howdah did not answer. Close this panel and start again; its log says more.',
} as const;

export function migrations(number: number): string {
  return counted(number, 'migration');
}

export function statementCount(number: number): string {
  return counted(number, 'statement');
}

/** Where it ran, such as `Embedded PostgreSQL 18.4`. */
export function place({where, version}: RehearsalView['about']): string {
  const postgres = version === null ? 'PostgreSQL' : `PostgreSQL ${version}`;
  switch (where) {
    case 'embedded':
      return `Embedded ${postgres}`;
    case 'scratch':
      return `Scratch database, ${postgres}`;
    case 'server':
      return `${postgres}, rolled back,`;
    default:
      return where satisfies never;
  }
}

/** Between where it ran and the name of the target. */
export function purpose(where: RehearsalView['about']['where']): string {
  return where === 'embedded' ? 'with the history and the sizes of' : 'on';
}

export function replayed({milliseconds, files}: NonNullable<RehearsalView['replay']>): string {
  if (files === 0) return 'history kept from before';
  const all = counted(files, 'earlier file');
  return `${all} replayed in ${duration(milliseconds)}`;
}

export function doing(view: DoingView, steps: readonly StepView[]): string {
  switch (view.kind) {
    case 'starting':
      return 'Starting PostgreSQL…';
    case 'history':
      return `Replaying the history: ${view.done.toLocaleString('en')} of ${view.of.toLocaleString('en')} files`;
    case 'step': {
      const step = steps[view.step];
      const name = step ? `${step.label} ${step.title}` : '';
      const of = steps.length > 1 ? ` (${view.step + 1} of ${steps.length})` : '';
      return `${parts[view.part]} ${name}${of}`;
    }
    default:
      return view satisfies never;
  }
}

const parts: Readonly<Record<Extract<DoingView, {kind: 'step'}>['part'], string>> = {
  up: 'Running',
  down: 'Taking back',
  'up-again': 'Running once more',
  compare: 'Comparing schemas of',
};

export function stopTitle({label, title}: StopView): string {
  return `The history does not run: ${label} ${title}`;
}

const stops: Readonly<Record<StopView['cause'], string>> = {
  extension: 'The embedded PostgreSQL does not have this extension.',
  version: 'The file needs another version of PostgreSQL than the embedded one.',
  language: 'The embedded PostgreSQL does not have this procedural language.',
  'backend-lost': 'The embedded PostgreSQL was lost while it ran this file.',
  cancelled: 'The rehearsal was cancelled.',
  sql: 'The file fails on an empty database with the files before it. As long as it does, nothing after it can be rehearsed.',
};

export function stopCause(cause: StopView['cause']): string {
  return stops[cause];
}

/** Whether another server would do better. */
export function scratchHelps(cause: StopView['cause']): boolean {
  return cause !== 'cancelled' && cause !== 'sql';
}

export function lineOf(place: PlaceView): string {
  return place.file === 'down' ? `down file, line ${place.line}` : `line ${place.line}`;
}

export function fileOf(step: StepView, place: PlaceView): string {
  return `${step[place.file] ?? place.file}:${place.line}:${place.column}`;
}

const changes: Readonly<Record<ChangeView['change'], string>> = {
  added: 'added',
  removed: 'removed',
  changed: 'changed',
};

export function changeWord(change: ChangeView['change']): string {
  return changes[change];
}

/** UTF-16 units of a value that is worth a place in the line; the texts below have it all. */
const longestValue = 60;

export function attributeWords({name, before, after}: ChangeView['attributes'][number]): string {
  const words = name.replaceAll(/[A-Z]/g, letter => ` ${letter.toLowerCase()}`);
  const isSwitch = before === 'true' || after === 'true';
  const valueWords = (value: string | null): string =>
    isSwitch ? (value === 'true' ? 'yes' : 'no') : (value ?? 'default');
  const values = [before, after].map(value => valueWords(value));
  if (values.some(value => value.length > longestValue || value.includes('\n'))) return words;
  return `${words}: ${values.join(' → ')}`;
}

export function dropped(count: number): string {
  return `${statementCount(count)} more were not kept over the restart of the editor.`;
}

export function checkLabel(connection: string): string {
  return `Check Today’s Rows on ${connection}`;
}

export function elapsed(milliseconds: number): string {
  return `${(Math.max(0, milliseconds) / 1000).toFixed(1)} s`;
}

/** Two significant units at most: 0.4 ms, 412 ms, 1.2 s, 1 min 05 s. */
export function duration(milliseconds: number): string {
  if (milliseconds < 10) return `${(Math.round(milliseconds * 10) / 10).toString()} ms`;
  if (milliseconds < 1000) return `${Math.round(milliseconds)} ms`;
  const seconds = milliseconds / 1000;
  if (seconds < 60) return `${(Math.floor(seconds * 10) / 10).toString()} s`;
  return `${Math.floor(seconds / 60)} min ${String(Math.floor(seconds % 60)).padStart(2, '0')} s`;
}

const units = ['bytes', 'KB', 'MB', 'GB', 'TB'] as const;

/** @returns the size in units of 1,024, as pg_size_pretty shows it. */
export function size(bytes: number): string {
  const power = Math.min(units.length - 1, Math.floor(Math.log2(Math.max(bytes, 1)) / 10));
  const value = bytes / 1024 ** power;
  return `${power > 0 && value < 10 ? value.toFixed(1) : Math.round(value)} ${units[power] ?? ''}`;
}

export function count(value: number): string {
  return value.toLocaleString('en');
}
