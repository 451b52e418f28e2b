import {l10n} from 'vscode';
import {strongestLock, summaryOf, blocks} from '../../protocol/rehearsal-verdict.ts';
import type {DoingView, RehearsalView} from '../../protocol/rehearsal-view.ts';
import type {RehearsedView} from '../../protocol/run-panel.ts';
import {perform} from './perform.ts';
import {newSession, type RehearsalHome, type RehearsalPanelSet} from './rehearsal-panel-set.ts';
import type {RehearsalSubject} from './rehearsal-subject.ts';

/** The rehearsal of a plan that waits for its confirmation. */
export interface BeforeApply {
  run(observe: (rehearsed: RehearsedView) => void, signal: AbortSignal): Promise<void>;
  /** The report, as far as it is. */
  show(): void;
}

/** In the embedded PostgreSQL only, and without a question: nobody has asked for it. */
export function beforeApply(
  home: RehearsalHome,
  panels: RehearsalPanelSet,
  subject: RehearsalSubject,
): BeforeApply {
  const session = newSession(home.parts, subject, 'embedded');
  return {
    show: () => panels.show(session),
    async run(observe, signal) {
      const tell = (): void => {
        if (!signal.aborted) observe(rehearsedView(session.view));
      };
      signal.addEventListener('abort', () => session.cancel(), {once: true});
      tell();
      const stop = session.onChange(tell);
      await perform(home, subject, session, {ask: false});
      stop();
      if (!signal.aborted) panels.mark(session);
    },
  };
}

function rehearsedView(view: RehearsalView): RehearsedView {
  const {phase, steps} = view;
  switch (phase.kind) {
    case 'running':
      return {kind: 'running', doing: doingWords(phase.doing, view)};
    case 'ended':
      return verdictOf(view);
    case 'failed':
      return {kind: 'unknown', why: phase.failure.message};
    case 'stopped': {
      const {label, title, failure} = phase.stop;
      return {
        kind: 'unknown',
        why: l10n.t('The history does not run at {0} {1}: {2}', label, title, failure.message),
      };
    }
    case 'cancelled':
      return {kind: 'unknown', why: l10n.t('It was cancelled.')};
    case 'refused':
    case 'lost':
      return {kind: 'unknown', why: l10n.t('{0} of {1} rehearsed', 0, steps.length)};
    default:
      return phase satisfies never;
  }
}

function doingWords(doing: DoingView, {steps}: RehearsalView): string {
  switch (doing.kind) {
    case 'starting':
      return l10n.t('starting PostgreSQL');
    case 'history':
      return l10n.t('history, {0} of {1} files', doing.done, doing.of);
    case 'step':
      return l10n.t('{0}, {1} of {2}', steps[doing.step]?.label ?? '', doing.step + 1, steps.length);
    default:
      return doing satisfies never;
  }
}

function verdictOf(view: RehearsalView): RehearsedView {
  const step = view.steps.findIndex(({state}) => state === 'fails');
  const failed = view.steps[step];
  if (failed?.failure) {
    const {failure, at} = failed.failure;
    const file = at && failed[at.file];
    return {
      kind: 'fails',
      step,
      message: failure.message,
      ...(at && file !== undefined ? {at: {file, line: at.line}} : {}),
    };
  }
  const strongest = strongestLock(view.steps);
  const what = strongest && blocks(strongest.lock.mode);
  return {
    kind: 'passes',
    statements: summaryOf(view).statements,
    lock: lockWords(strongest),
    blocks: what === 'everything' || what === 'writes',
    warnings: warningsOf(view),
  };
}

function lockWords(strongest: ReturnType<typeof strongestLock>): string {
  if (!strongest) return l10n.t('Nothing that was there before is blocked.');
  const {lock, during} = strongest;
  switch (during) {
    case 'rewrite':
      return l10n.t('Strongest lock: {0} on {1} while the table is rewritten.', lock.mode, lock.relation);
    case 'scan':
      return l10n.t('Strongest lock: {0} on {1} for the length of a full scan.', lock.mode, lock.relation);
    case 'moment':
      return l10n.t('Strongest lock: {0} on {1} for a moment.', lock.mode, lock.relation);
    default:
      return during satisfies never;
  }
}

function warningsOf(view: RehearsalView): string[] {
  const {badUndo, lossNow} = summaryOf(view);
  return [
    lossNow > 0 ? l10n.t('{0} of the migrations delete data.', lossNow) : '',
    badUndo > 0 ? l10n.t('{0} of the migrations cannot be undone by their down files.', badUndo) : '',
  ].filter(Boolean);
}
