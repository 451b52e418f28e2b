import type {PlanRecord} from './history-record.ts';
import type {HistoryStore} from './history-store.ts';
import type {PlanText} from './plan-text.ts';

/** The plan that a panel shows. */
export interface ShownPlan {
  readonly id: string;
  readonly text: PlanText;
  /** Resolves when it is in the history, as far as it can be. */
  keep(): Promise<void>;
}

/** @returns what a server answered: it is kept at once. */
export function madePlan(history: HistoryStore, record: PlanRecord, text: PlanText): ShownPlan {
  const kept = history.add(record, text);
  return {id: record.id, text, keep: () => kept};
}

/** @returns a text that may be no plan: it is kept when the page could read it and asks for it. */
export function openedPlan(history: HistoryStore, record: PlanRecord, text: PlanText): ShownPlan {
  let kept: Promise<void> | undefined;
  return {id: record.id, text, keep: () => (kept ??= history.add(record, text))};
}

/** @returns a plan of the history. */
export function keptPlan(id: string, text: PlanText): ShownPlan {
  return {id, text, keep: () => Promise.resolve()};
}
