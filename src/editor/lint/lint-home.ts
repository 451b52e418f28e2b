import type {HistoryModel} from '../../core/lint/model/history.ts';
import type {Parser} from '../../core/sql/parser.ts';
import type {Parts} from '../parts.ts';
import type {Checker} from './checker.ts';
import type {LintConfig} from './lint-config.ts';
import type {LintDiagnostics} from './lint-diagnostics.ts';
import type {LintRuns} from './lint-runs.ts';
import type {LintTargets} from './lint-targets.ts';
import type {RowAnswers} from './row-answers.ts';
import type {SeriesStore} from './series-store.ts';

/** What everything on findings works with, once it is loaded. */
export interface LintHome {
  readonly parts: Parts;
  readonly parser: Parser;
  readonly config: LintConfig;
  readonly checker: Checker;
  readonly runs: LintRuns;
  readonly series: SeriesStore;
  /** Of files that stand for themselves. */
  readonly alone: HistoryModel;
  readonly targets: LintTargets;
  readonly diagnostics: LintDiagnostics;
  readonly answers: RowAnswers;
}
