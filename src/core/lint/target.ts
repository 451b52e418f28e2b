import type {LockMode, TargetFacts} from '../rehearse/report.ts';
import type {QualifiedName} from '../sql/objects.ts';
import type {Relation} from './model/schema.ts';

/** A session that has had a lock on a relation for more than a moment. What the role may not see is absent. */
export interface LockHolder {
  /** All that it holds on the relation, the strongest first; never empty. */
  readonly modes: readonly LockMode[];
  /** Of the server process; absent for a prepared transaction, which has none. */
  readonly pid?: number;
  /** `application_name`, or the name of a prepared transaction. */
  readonly application?: string;
  readonly user?: string;
  /** As `pg_stat_activity` has it: `active`, `idle in transaction`. */
  readonly state?: string;
  /** Since its transaction began, when it was read. */
  readonly seconds?: number;
}

/** What was read of the database that the migrations are meant for. */
export interface Target {
  /** The connection's name. */
  readonly name: string;
  /** Of PostgreSQL: 14 to 18. */
  readonly major: number;
  /** When it was read, in milliseconds since 1970. */
  readonly readAt: number;
  /** Undefined where the target has no such relation. */
  facts(name: QualifiedName): TargetFacts | undefined;
  relation(name: QualifiedName): Relation | undefined;
  /** Those that hold locks of the relation, the longest first; nothing for a relation that the target does not have. */
  holders?(name: QualifiedName): readonly LockHolder[];
  /** The oldest transaction that is open and could make a lock wait. Seconds. */
  readonly longestTransaction?: number;
}
