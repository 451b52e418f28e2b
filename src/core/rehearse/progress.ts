import type {ObservedStatement, StepRehearsal} from './report.ts';

/** What a rehearsal tells while it runs. `index` is that of the step, from 0. */
export type RehearsalProgress =
  | {readonly kind: 'replaying'; readonly done: number; readonly of: number}
  /** `label` is the migration's, for people: `000012 add_notes`. */
  | {readonly kind: 'step'; readonly index: number; readonly of: number; readonly label: string}
  | {readonly kind: 'statement'; readonly index: number; readonly statement: ObservedStatement}
  /** Whether the up file runs, with its locks. What comes later is not in it: `undo` is `not-tried`. */
  | {readonly kind: 'verdict'; readonly index: number; readonly rehearsal: StepRehearsal}
  | {readonly kind: 'undoing'; readonly index: number}
  | {readonly kind: 'asking-live-data'; readonly index: number};
