import type {SchemaObject} from '../objects.ts';
import type {LeftOut, ReconcilingStatement} from '../reconciliation.ts';
import type {Step} from './order.ts';
import {ranks} from './ranks.ts';
import type {Draft, Written} from './writer.ts';

/** The statements about one object, which run one after another. */
export interface Chain {
  /** The step that waits for others; it stands for no statement. */
  readonly start: Step<ReconcilingStatement | undefined>;
  /** The last step that others wait for: what is `apart` comes later. */
  readonly end: number;
  /** What the object itself needs waits for this one only. */
  readonly early?: number;
}

export interface Chains {
  readonly steps: readonly Step<ReconcilingStatement | undefined>[];
  readonly leftOut: readonly LeftOut[];
  /** Single statements that wait for objects of their own. */
  readonly waiting: readonly {readonly step: Step<unknown>; readonly keys: readonly string[]}[];
  add(object: SchemaObject, written: readonly Written[], rank: number, more?: Pick<Draft, 'drops'>): Chain;
}

export function createChains(): Chains {
  const steps: Step<ReconcilingStatement | undefined>[] = [];
  const leftOut: LeftOut[] = [];
  const waiting: {step: Step<unknown>; keys: readonly string[]}[] = [];
  const place = (step: Step<ReconcilingStatement | undefined>): number => steps.push(step) - 1;
  return {
    steps,
    leftOut,
    waiting,
    add(object, written, rank, more = {}) {
      const start = {content: undefined, rank, before: new Set<number>()};
      const first = place(start);
      let [last, end, reached, apart] = [first, first, rank, 0];
      let early: number | undefined;
      for (const item of written) {
        if ('leftOut' in item) {
          leftOut.push({key: object.key, why: item.leftOut});
          continue;
        }
        apart = item.apart || apart > 0 ? apart + 1 : 0;
        reached = nextRank(item, reached, apart);
        const step = {
          content: {...statementOf(item, object), ...more},
          rank: reached,
          before: new Set([last]),
        };
        const at = place(step);
        if (item.early) early = at;
        if (item.after) waiting.push({step, keys: item.after});
        else last = at;
        if (apart === 0 && (!item.after || early !== undefined)) end = at;
      }
      return {start, end, ...(early === undefined ? {} : {early})};
    },
  };
}

function nextRank(draft: Draft, reached: number, apart: number): number {
  if (apart > 0) return ranks.apart + apart;
  if (draft.transaction === 'outside') return ranks.outside;
  return reached >= ranks.outside ? ranks.afterOutside : reached;
}

function statementOf(draft: Draft, {key}: SchemaObject): ReconcilingStatement {
  const {after: _after, early: _early, ...statement} = draft;
  return {transaction: 'inside', about: [key], ...statement};
}
