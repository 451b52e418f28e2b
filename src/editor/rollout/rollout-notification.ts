import {l10n, ProgressLocation, window} from 'vscode';
import type {RolloutView} from '../../protocol/rollout-panel.ts';
import {titleOf} from './rollout-panel.ts';
import type {RolloutSession} from './rollout-session.ts';

/**
 * Takes over when a panel is closed during its rollout: progress with a way to stop it, then what came of it.
 * @param shown aborts once a panel shows it again, which then tells the rest
 */
export async function followRollout(
  session: RolloutSession,
  reveal: () => void,
  shown: AbortSignal,
): Promise<void> {
  const title = titleOf(session.view);
  const options = {location: ProgressLocation.Notification, title, cancellable: true};
  if (goesOn(session.view))
    await window.withProgress(options, async (progress, token) => {
      const stopping = token.onCancellationRequested(() => session.stop());
      let [message, percent] = ['', 0];
      const report = (): void => {
        const next = messageOf(session.view);
        if (next === message) return;
        message = next;
        progress.report({message, increment: percentOf(session.view) - percent});
        percent = percentOf(session.view);
      };
      report();
      await settled(session, shown, report);
      stopping.dispose();
    });
  if (shown.aborted) return;
  const show = l10n.t('Show');
  const words = `${title}: ${messageOf(session.view)}`;
  const answer = await (failedIn(session.view).length === 0
    ? window.showInformationMessage(words, show)
    : window.showErrorMessage(words, show));
  if (answer === show) reveal();
}

/** Resolves once the rollout needs nobody to wait for it: it has ended, asks something, or is shown. */
function settled(session: RolloutSession, shown: AbortSignal, onChange: () => void): Promise<void> {
  return new Promise(resolve => {
    const done = (): void => {
      end();
      resolve();
    };
    const end = session.onChange(() => {
      onChange();
      if (!goesOn(session.view)) done();
    });
    shown.addEventListener('abort', done, {once: true});
  });
}

function goesOn({phase}: RolloutView): boolean {
  return phase.kind === 'running' && !phase.asking;
}

function messageOf(view: RolloutView): string {
  const {targets, phase} = view;
  if (phase.kind === 'running' && phase.asking)
    return l10n.t('The canary is well, and the others wait for your answer.');
  const done = l10n.t('{0} of {1} done', wellIn(view), targets.length);
  const [first, ...others] = failedIn(view);
  if (phase.kind === 'running' && phase.going !== 'on') return `${done}, ${l10n.t('stopping')}`;
  if (!first) return done;
  if (phase.kind === 'running' || others.length > 0)
    return `${done}, ${l10n.t('{0} failed', others.length + 1)}`;
  return `${done}, ${l10n.t('{0} failed: {1}', first.name, first.message)}`;
}

function wellIn({targets}: RolloutView): number {
  return targets.filter(({state}) => state.kind === 'done' || state.kind === 'unchanged').length;
}

function failedIn({targets}: RolloutView): readonly {readonly name: string; readonly message: string}[] {
  return targets.flatMap(({name, state}) =>
    state.kind === 'failed' ? [{name, message: state.failure.message}] : [],
  );
}

function percentOf(view: RolloutView): number {
  return (100 * (wellIn(view) + failedIn(view).length)) / view.targets.length;
}
