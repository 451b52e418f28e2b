/** Bounds and values are decimal text: a bigint does not fit a JavaScript number. */
export interface Sequence {
  readonly oid: number;
  readonly schema: string;
  readonly name: string;
  readonly owner: string;
  readonly type: string;
  readonly start: string;
  readonly increment: string;
  readonly min: string;
  readonly max: string;
  readonly cycles: boolean;
  readonly lastValue: LastValue;
  /** The column it belongs to, by `serial`, `OWNED BY` or identity. */
  readonly ownedBy?: {readonly table: string; readonly column: string; readonly identity: boolean};
  readonly comment?: string;
}

export type LastValue =
  | {readonly kind: 'used'; readonly value: string}
  /** No value was drawn since it was created or restarted. */
  | {readonly kind: 'unused'}
  /** No right on it, another session locks it, or it is unlogged and this is a standby. */
  | {readonly kind: 'not-visible'};
