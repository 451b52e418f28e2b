import type {TargetFacts} from '../rehearse/report.ts';
import type {QualifiedName} from '../sql/objects.ts';
import type {Relation} from './model/schema.ts';

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
  /** The oldest transaction that is open and could make a lock wait. Seconds. */
  readonly longestTransaction?: number;
}
