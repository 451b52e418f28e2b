/** How sure a finding is: seen in the plan and the catalog; probable; or worth a look. */
export type Confidence = 'certain' | 'likely' | 'possible';

export interface ObjectName {
  readonly schema: string;
  readonly name: string;
}

/** What a click on a finding can do. */
export type FindingAction =
  /** A whole CREATE INDEX, named, without CONCURRENTLY: to be tried first, or to become a migration. */
  | {readonly kind: 'create-index'; readonly definition: string}
  | {readonly kind: 'analyze'; readonly table: ObjectName}
  | {readonly kind: 'vacuum'; readonly table: ObjectName}
  /** SQL to look at and copy, such as `SET work_mem = '64MB'` or a rewritten condition. */
  | {readonly kind: 'show-sql'; readonly title: string; readonly sql: string};

/** One piece of advice on a plan. */
export interface PlanFinding {
  /** Of the check that made it, such as `seq-scan-discards`. */
  readonly check: string;
  /** Node ids it is about; the first one is where it is shown. Empty for the whole plan. */
  readonly nodes: readonly number[];
  /** One short sentence: what is wrong. */
  readonly what: string;
  /** With the plan's own numbers. */
  readonly why: string;
  /** What to do, in the imperative. */
  readonly fix: string;
  readonly confidence: Confidence;
  /** What the confidence rests on: what the catalog said, or that it could not be asked. */
  readonly basis: string;
  /** ms of the execution that it is about, at most; absent without ANALYZE. Findings are ordered by it. */
  readonly atStakeMs?: number;
  readonly actions: readonly FindingAction[];
}
