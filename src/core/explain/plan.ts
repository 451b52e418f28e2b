/** A value of EXPLAIN's JSON, exactly as the server wrote it. */
export type FieldValue =
  | string
  | number
  | boolean
  | null
  | readonly FieldValue[]
  | {readonly [name: string]: FieldValue};

/** Properties by EXPLAIN's own names, such as `Actual Total Time`. A field that Howdah does not know is among them. */
export type Fields = Readonly<Record<string, FieldValue>>;

/** One node of a plan. */
export interface PlanNode {
  /** Position in `ExplainedPlan.nodes`: pre-order, children in the server's order. The root is 0. */
  readonly id: number;
  /** Absent for the root. */
  readonly parent?: number;
  /** `Node Type` as in EXPLAIN's JSON: `Seq Scan`, `Aggregate`, `ModifyTable`. */
  readonly type: string;
  /** `Parent Relationship`: `Outer`, `Inner`, `Member`, `InitPlan`, `SubPlan`, `Subquery`. Absent for the root. */
  readonly relationship?: string;
  /** `Subplan Name`, such as `CTE recent`, `InitPlan 1 (returns $0)` or `SubPlan 2`. */
  readonly subplanName?: string;
  readonly children: readonly PlanNode[];
  /** Every property but `Plans`. */
  readonly fields: Fields;
}

/** What EXPLAIN says of one query. A statement that rules rewrite into several gives several of these. */
export interface ExplainedPlan {
  readonly format: 'json' | 'text';
  readonly root: PlanNode;
  /** All nodes in pre-order; a node's `id` is its index. */
  readonly nodes: readonly PlanNode[];
  /** True when the statement was executed (ANALYZE). */
  readonly analyzed: boolean;
  /** Everything beside `Plan`: `Planning Time`, `Execution Time`, `Triggers`, `JIT`, `Settings`, `Query Identifier`, … */
  readonly fields: Fields;
  /** Where the plan came with its query, as in an auto_explain log. */
  readonly queryText?: string;
  /** The text this plan was read from, for the raw view. */
  readonly source: string;
}
