import type {FieldValue} from '../plan.ts';

/** Fields that are still being collected. */
export type Collected = Record<string, FieldValue>;

/** A line `Sort Key`, `Group Key` or `Hash Key`; an aggregate has one for each of its grouping sets. */
export interface KeyLine {
  readonly name: 'Sort Key' | 'Group Key' | 'Hash Key';
  readonly keys: readonly string[];
}

/** A node whose fields and children are still being read. */
export interface NodeDraft {
  /** Where its line begins, or its label's if it has one: what stands further right belongs to it. */
  readonly column: number;
  readonly fields: Collected;
  readonly children: NodeDraft[];
  readonly keyLines: KeyLine[];
  readonly workers: Collected[];
}

/** A plan that is still being read. */
export interface PlanDraft {
  readonly root: NodeDraft;
  /** In pre-order. */
  readonly nodes: NodeDraft[];
  readonly fields: Collected;
  readonly queryText?: string;
  /** Index of its first line and one past its last. */
  readonly firstLine: number;
  endLine: number;
}
