import type {Failure} from '../../outcome.ts';

/** What the rows of a database say to one question. */
export type RowsAnswer =
  | {readonly kind: 'passes'}
  | {
      readonly kind: 'offends';
      readonly rows: number;
      /** One has stopped the counting. */
      readonly atLeast?: true;
      /** How many rows the table has; absent where that took too long. */
      readonly of?: number;
      /** What lists them; absent where no condition tells them. */
      readonly sql?: string;
    }
  /** The database has no such table or column yet; as people write it: `orders.note`. */
  | {readonly kind: 'missing'; readonly object: string}
  | {readonly kind: 'unknown'; readonly failure: Failure};
