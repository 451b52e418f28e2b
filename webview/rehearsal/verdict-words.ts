import {
  blocks,
  duringOf,
  isBadUndo,
  isCompared,
  isLossNow,
  strongestLock,
  type Blocks,
  type StrongestLock,
} from '../../src/protocol/rehearsal-verdict.ts';
import type {
  CheckView,
  LockView,
  LossView,
  StatementView,
  StepView,
  UndoView,
} from '../../src/protocol/rehearsal-view.ts';
import {count, duration, size} from './words.ts';

/** English texts on what a migration does, from the strongest to the harmless. */

export type Tone = 'good' | 'bad' | 'unsure' | 'plain';

export interface Verdict {
  readonly tone: Tone;
  readonly text: string;
  /** Said on hover. */
  readonly more?: string;
}

const states: Readonly<Record<StepView['state'], Verdict>> = {
  waiting: {tone: 'plain', text: 'Waiting'},
  running: {tone: 'plain', text: 'Running'},
  passes: {tone: 'good', text: 'Passes'},
  fails: {tone: 'bad', text: 'Fails'},
  'not-run': {tone: 'plain', text: 'Not run'},
};

export function stateVerdict({state, failure}: StepView): Verdict {
  const verdict = states[state];
  if (state !== 'fails' || failure?.at === undefined) return verdict;
  return {...verdict, text: `Fails in line ${failure.at.line}`};
}

const during: Readonly<Record<StrongestLock['during'], string>> = {
  rewrite: 'while the table is rewritten',
  scan: 'for the length of a full scan',
  moment: 'for a moment',
};

export function lockVerdict(step: StepView): Verdict | undefined {
  if (step.state === 'waiting' || step.state === 'not-run') return undefined;
  const strongest = strongestLock([step]);
  if (!strongest) {
    // That can only be said at the end.
    return step.state === 'running'
      ? undefined
      : {tone: 'good', text: 'Blocks nothing that was there before'};
  }
  const {lock} = strongest;
  const long = strongest.during !== 'moment';
  const what = blocks(lock.mode);
  return {
    tone: what === 'maintenance' ? 'plain' : what === 'everything' || long ? 'unsure' : 'plain',
    text: `${lock.mode} on ${named(lock)} ${during[strongest.during]}`,
    more: blockWords[what],
  };
}

export const blockWords: Readonly<Record<Blocks, string>> = {
  everything: 'Blocks reads and writes while it is held.',
  writes: 'Blocks writes while it is held; reads go on.',
  maintenance: 'Blocks other schema changes and vacuum; reads and writes go on.',
  nothing: 'Blocks neither reads nor writes of rows.',
};

function named({relation, facts}: LockView): string {
  return facts ? `${relation} (${factsWords(facts)})` : relation;
}

function factsWords({bytes, writesPerSecond}: NonNullable<LockView['facts']>): string {
  const writes = writesPerSecond === undefined ? '' : `, ${rate(writesPerSecond)} writes/s`;
  return `${size(bytes)}${writes}`;
}

function rate(value: number): string {
  return value > 0 && value < 10 ? value.toFixed(1) : count(Math.round(value));
}

export function undoVerdict(undo: UndoView | undefined): Verdict | undefined {
  switch (undo?.kind) {
    case undefined:
      return undefined;
    case 'undone':
      return {tone: 'good', text: 'Undo proven', more: undoWords(undo)};
    case 'differs':
      return isBadUndo(undo)
        ? {tone: 'bad', text: 'Undo differs', more: undoWords(undo)}
        : {tone: 'good', text: 'Undo proven but for trifles', more: undoWords(undo)};
    case 'fails':
      return {tone: 'bad', text: 'Undo fails', more: undoWords(undo)};
    case 'no-down':
      return {tone: 'unsure', text: 'No undo', more: undoWords(undo)};
    case 'not-tried':
      return {tone: 'plain', text: 'Undo not tried', more: undoWords(undo)};
    default:
      return undo satisfies never;
  }
}

export function undoWords(undo: UndoView): string {
  switch (undo.kind) {
    case 'undone':
      return 'Down leads back to exactly the schema before, and up after it to exactly the schema after.';
    case 'differs':
      return isBadUndo(undo)
        ? 'Down does not take back exactly what up does.'
        : 'Down takes back what up does, but for what hardly ever matters.';
    case 'fails':
      return undo.phase === 'down'
        ? 'The down file fails after its up file.'
        : 'After down, the up file does not run again.';
    case 'no-down':
      return 'There is no down file, so this migration cannot be rolled back.';
    case 'not-tried':
      return undo.why;
    default:
      return undo satisfies never;
  }
}

export function lossVerdict(step: StepView): Verdict | undefined {
  const {dataLoss} = step;
  if (!isCompared(step) && dataLoss.length === 0) return undefined;
  if (dataLoss.some(isLossNow)) return {tone: 'bad', text: 'Deletes data', more: lossKind('up', 'existing')};
  if (dataLoss.length > 0) {
    return {tone: 'unsure', text: 'Rolling back deletes data', more: lossKind('down', 'since')};
  }
  return {tone: 'good', text: 'Keeps all data'};
}

export function lossKind(direction: LossView['direction'], grade: LossView['grade']): string {
  if (direction === 'up') return 'Goes when it is applied';
  return grade === 'since'
    ? 'Written after it was applied, goes when it is rolled back'
    : 'Goes when it is rolled back';
}

export function lossRows(rows: number): string {
  return rows === 1 ? '1 row has something to lose' : `${count(rows)} rows have something to lose`;
}

export function checkText({result}: CheckView): Verdict {
  switch (result.kind) {
    case 'passes':
      return {tone: 'good', text: 'every row fits'};
    case 'offends': {
      const rows = result.rows === 1 ? '1 row does not fit' : `${count(result.rows)} rows do not fit`;
      return {tone: 'bad', text: result.example === undefined ? rows : `${rows}, such as ${result.example}`};
    }
    case 'unknown':
      return {tone: 'unsure', text: result.failure.message};
    default:
      return result satisfies never;
  }
}

export interface Badge {
  readonly blocks: Blocks | 'new' | 'work';
  readonly text: string;
  readonly more: string;
}

/** What there is to see of a statement at a glance, the strongest first. */
export function badges(statement: StatementView): readonly Badge[] {
  const old = statement.locks.filter(({isNew}) => !isNew);
  const fresh = statement.locks.length - old.length;
  return [
    ...old.map((lock): Badge => {
      const what = blocks(lock.mode);
      const how = duringOf(statement, lock);
      const known =
        statement.howLocksAreKnown === 'documented'
          ? ' As documented: it ran alone, so its locks were gone when it ended.'
          : '';
      return {
        // An index is locked with its table, which says it already.
        blocks: lock.kind === 'index' ? 'nothing' : what,
        text: `${lock.mode} ${lock.kind === 'table' ? '' : `${lock.kind} `}${hasSentence(statement, lock) ? lock.relation : named(lock)}`,
        more: `${blockWords[what]} Held ${during[how]}.${known}`,
      };
    }),
    ...statement.rewrites.map((relation): Badge => ({
      blocks: 'work',
      text: `rewrites ${relation}`,
      more: 'The whole table is written anew, and its indexes with it.',
    })),
    ...statement.scans.map((relation): Badge => ({
      blocks: 'work',
      text: `reads all of ${relation}`,
      more: 'The table is read from end to end.',
    })),
    ...statement.rows.map((rows): Badge => ({
      blocks: 'work',
      text: rowsWords(rows),
      more: 'Rows that it wrote here.',
    })),
    ...(statement.transaction === 'alone'
      ? [
          {
            blocks: 'work',
            text: 'runs alone',
            more: 'PostgreSQL refuses it inside a transaction block.',
          } as const,
        ]
      : []),
    ...(fresh > 0
      ? [
          {
            blocks: 'new',
            text: fresh === 1 ? '1 lock on what is new' : `${fresh} locks on what is new`,
            more: 'Nobody waits for what did not exist before this file.',
          } as const,
        ]
      : []),
  ];
}

/** What a sentence says need not be said twice. */
function hasSentence({words}: StatementView, {relation, mode}: LockView): boolean {
  return words.some(text => text.includes(relation) && text.includes(mode));
}

function rowsWords({relation, inserted, updated, deleted}: StatementView['rows'][number]): string {
  const parts = [
    inserted > 0 ? `${count(inserted)} inserted` : '',
    updated > 0 ? `${count(updated)} updated` : '',
    deleted > 0 ? `${count(deleted)} deleted` : '',
  ];
  return `${parts.filter(Boolean).join(', ')} in ${relation}`;
}

const transactions: Readonly<Record<StatementView['transaction'], string>> = {
  block: 'In a transaction block: what it locks stays locked until the block ends.',
  alone: 'Alone: PostgreSQL refuses it inside a transaction block.',
  control: 'Begins or ends a transaction block.',
};

export function transactionWords(transaction: StatementView['transaction']): string {
  return transactions[transaction];
}

export function timeWords({milliseconds}: StatementView): string {
  return duration(milliseconds);
}
