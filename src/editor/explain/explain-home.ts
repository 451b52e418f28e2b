import type {Parser} from '../../core/sql/parser.ts';
import type {ScratchKeeper} from '../../embedded/what-if.ts';
import type {Parts} from '../parts.ts';
import type {HistoryStore} from './history-store.ts';
import type {StatementDiagnostics} from './statement-diagnostics.ts';
import type {StatementMarks} from './statement-marks.ts';

/** What everything about plans works with; made with the first plan. */
export interface ExplainHome {
  readonly parts: Parts;
  readonly parser: Parser;
  readonly history: HistoryStore;
  readonly marks: StatementMarks;
  readonly diagnostics: StatementDiagnostics;
  /** The embedded server for what-if, which starts on first use. */
  readonly scratch: ScratchKeeper;
}
