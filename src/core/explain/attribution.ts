import type {Counters} from './counters.ts';
import type {ExplainedPlan} from './plan.ts';

/** How far the planner was off, compared per process as the planner counted. */
export interface Estimate {
  /** Rows the planner expected of one loop of one process. */
  readonly planned: number;
  /** Rows one loop of one process returned on average. */
  readonly actual: number;
  /** max(planned, actual) ÷ min of both, each at least one row: 1 is exact, never infinite. */
  readonly factor: number;
  readonly direction: 'exact' | 'too-low' | 'too-high';
}

/** What a node really did. Times in ms of wall clock, not of all processes together. */
export interface Execution {
  /** As printed: over all processes. */
  readonly loops: number;
  /** Processes that ran the parallel part the node is in, which may be fractional; 1 outside of parallel parts. */
  readonly processes: number;
  /** Absent with `TIMING OFF`. */
  readonly time?: NodeTime;
  /** Over all loops and processes. */
  readonly rows: number;
  /** Absent where the server counts no rows: BitmapAnd and BitmapOr always report 0. */
  readonly estimate?: Estimate;
}

export interface NodeTime {
  /** Actual Total Time × loops ÷ processes. */
  readonly totalMs: number;
  /**
   * `totalMs` less the totals of every direct child, and less what runs inside this node but hangs elsewhere. Summed
   * like the counters. Can be negative by as much as `selfEpsilonMs`.
   */
  readonly selfMs: number;
  /** Half a unit of the last printed digit × loops ÷ processes: what `totalMs` may be off by. */
  readonly epsilonMs: number;
  /** The sum of `epsilonMs` of everything that `selfMs` was computed from. */
  readonly selfEpsilonMs: number;
}

/** The computed numbers of one node. */
export interface NodeNumbers {
  readonly id: number;
  /** `never` for a node that the executor never reached; `unknown` without ANALYZE. */
  readonly state: 'executed' | 'never' | 'unknown';
  /** Present in state `executed`. */
  readonly execution?: Execution;
  readonly cost: {readonly total: number; readonly self: number};
  readonly plannedRows: number;
  /** Inclusive, as printed. */
  readonly total: Counters;
  /**
   * Of this node alone. Each counter summed over all nodes is the root's total, and on top of it what a data-modifying
   * CTE did after the root had ended.
   */
  readonly self: Counters;
}

/** A plan with its arithmetic. */
export interface Attribution {
  readonly plan: ExplainedPlan;
  /** By node id. */
  readonly numbers: readonly NodeNumbers[];
  readonly planningMs?: number;
  /** With triggers and JIT, and with what the executor does beside the nodes. */
  readonly executionMs?: number;
  /** Time in triggers, ms; it is part of `executionMs` but of no node, except where a trigger ran inside a node. */
  readonly triggersMs?: number;
  readonly jitMs?: number;
}
