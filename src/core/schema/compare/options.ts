import type {IgnoreRule} from '../comparison.ts';

export interface CompareOptions {
  readonly ignore?: readonly IgnoreRule[];
  /**
   * `ignore`: what roles are (memberships, capabilities) and default privileges are not compared, grants only where both
   * sides have the role, and owners only where with `sameRole` the expected side says one of its own. For databases whose
   * roles have other names. What is left out is a gap. Without it all is compared.
   */
  readonly roles?: 'compare' | 'ignore';
  /**
   * For a replay, where everything belongs to the superuser that ran it: what belongs to `expected` there is as it
   * should be when it belongs to `live` here. Roles and the database itself are then held only to what the replay says
   * of them, because migrations make neither.
   */
  readonly sameRole?: {readonly expected: string; readonly live: string};
  /** The tables in which migration tools keep their books are ignored, unless this says `compare`. */
  readonly bookkeeping?: 'compare' | 'ignore';
  /** Partitions that only one side has are ignored: a partition manager makes and drops them. */
  readonly ignorePartitions?: boolean;
  /** Called about every 500 objects, so that nobody is held up. */
  readonly pause?: () => Promise<void>;
}
