import type {Comparison} from '../comparison.ts';
import type {SchemaSnapshot} from '../objects.ts';
import type {ReconcileOptions} from '../reconciliation.ts';

export interface ReconcileRequest {
  /** As the database is. */
  readonly from: SchemaSnapshot;
  /** As it is to be. */
  readonly to: SchemaSnapshot;
  /** Keys; absent for all. What these need comes with them. */
  readonly only?: ReadonlySet<string>;
  /** Of the two snapshots, in either direction: nothing else is changed then. Absent: whatever is not equal as a value. */
  readonly comparison?: Comparison;
  readonly options?: ReconcileOptions;
}
