import type {Assessment} from './assess.ts';
import type {Reading} from './parts.ts';

/** What a report is made of, whatever its form. */
export interface HealthReport {
  /** The connection's name. */
  readonly name: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly reading: Reading;
  readonly assessment: Assessment;
  /** What the looking cost: ms the server worked, ms until all was there, rows that were sent, statements. */
  readonly cost: ReadingCost;
}

export interface ReadingCost {
  readonly serverMs: number;
  readonly elapsedMs: number;
  readonly rows: number;
  readonly statements: number;
}
