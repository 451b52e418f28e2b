import type {ReplayStop} from '../rehearse/report.ts';

/** What came of work that runs files: a value, or where a file stopped it. */
export type Tried<T> =
  | {readonly kind: 'done'; readonly value: T}
  | {readonly kind: 'stopped'; readonly stop: ReplayStop};
