import type {SchemaSnapshot} from '../objects.ts';
import type {ReconcilingStatement} from '../reconciliation.ts';
import type {ReconcileRequest} from './reconcile-request.ts';

export interface Renames {
  /** As the database is after the renaming. */
  readonly from: SchemaSnapshot;
  readonly statements: readonly ReconcilingStatement[];
  /** New keys of what was renamed. */
  readonly keys: ReadonlySet<string>;
}

export function renamed(_request: ReconcileRequest): Renames | undefined {
  return undefined;
}
