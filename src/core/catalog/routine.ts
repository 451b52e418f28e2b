export type RoutineKind = 'function' | 'procedure' | 'aggregate' | 'window-function';

export interface Routine {
  readonly kind: RoutineKind;
  readonly oid: number;
  readonly schema: string;
  readonly name: string;
  /** What identifies an overload: `customer_id bigint, OUT total numeric`. */
  readonly identityArguments: string;
  /** The result's type; absent for a procedure. */
  readonly returns?: string;
  readonly language: string;
  readonly volatility: 'immutable' | 'stable' | 'volatile';
  readonly securityDefiner: boolean;
  readonly owner: string;
  readonly comment?: string;
}
