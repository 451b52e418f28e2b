import type {IgnoreRule} from '../comparison.ts';

export interface CompareOptions {
  readonly ignore?: readonly IgnoreRule[];
  /**
   * `ignore`: neither owners nor what roles are (memberships, capabilities) are compared, and grants only where both
   * sides know the role. For databases whose roles have other names. Without it all is compared.
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
