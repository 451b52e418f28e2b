import {l10n, ProgressLocation, window} from 'vscode';
import type {RunChange, RunView} from '../../protocol/run-panel.ts';
import type {ShownRun} from './run-handlers.ts';
import {titleOf} from './run-panel.ts';

/**
 * Takes over when a panel is closed during its run: progress with a cancel button, then what came of it.
 * @param shownAgain aborted once a panel shows the run again, which ends the notification
 */
export async function followInNotification(
  shown: ShownRun,
  shownAgain: AbortSignal,
  reveal: () => void,
): Promise<void> {
  const {session} = shown;
  const options = {location: ProgressLocation.Notification, title: titleOf(shown), cancellable: true};
  await window.withProgress(options, async (progress, token) => {
    const cancelling = token.onCancellationRequested(() => session.cancel());
    progress.report({message: messageOf(session.view)});
    await new Promise<void>(resolve => {
      const stop = session.onChange(change => {
        progress.report({message: messageOf(session.view), ...increment(change, session.view)});
        if (!session.running) resolve();
      });
      shownAgain.addEventListener('abort', () => resolve(), {once: true});
      shownAgain.addEventListener('abort', stop, {once: true});
    });
    cancelling.dispose();
  });
  if (!shownAgain.aborted) await tellOutcome(shown, reveal);
}

function increment(change: RunChange, {plan}: RunView): {increment?: number} {
  if (change.kind !== 'step-finished' || plan === null) return {};
  return {increment: 100 / plan.steps.length};
}

function messageOf({phase, plan}: RunView): string {
  if (phase.kind !== 'running' || plan === null) return '';
  if (phase.cancelling) return l10n.t('Cancelling…');
  if (phase.current === undefined && phase.waiting !== undefined) return l10n.t('Waiting for the lock…');
  const index = phase.current?.step ?? phase.done.length;
  const step = plan.steps[Math.min(index, plan.steps.length - 1)];
  return l10n.t('{0} of {1}: {2} {3}', index + 1, plan.steps.length, step?.label ?? '', step?.title ?? '');
}

async function tellOutcome(shown: ShownRun, reveal: () => void): Promise<void> {
  const show = l10n.t('Show Report');
  const {isError, text} = outcomeOf(shown);
  const answer = isError
    ? await window.showErrorMessage(text, show)
    : await window.showInformationMessage(text, show);
  if (answer === show) reveal();
}

function outcomeOf(shown: ShownRun): {readonly isError: boolean; readonly text: string} {
  const {phase} = shown.session.view;
  const title = titleOf(shown);
  switch (phase.kind) {
    case 'ended': {
      const {stopped, words} = phase.report;
      if (stopped === undefined) return {isError: false, text: `${title}: ${words}`};
      const isError = stopped.failure.reason !== 'cancelled';
      return {isError, text: `${title}: ${stopped.failure.message} ${words}`};
    }
    case 'refused':
      return {
        isError: true,
        text: [`${title}: ${phase.failure.message}`, phase.failure.advice].filter(Boolean).join(' '),
      };
    case 'lost':
    case 'planned':
    case 'running':
      return {
        isError: true,
        text: l10n.t('{0}: the run broke off. Refresh the migrations to see where the database is.', title),
      };
    default:
      return phase satisfies never;
  }
}
