import {l10n, ProgressLocation, window} from 'vscode';
import type {RolloutView} from '../../protocol/rollout-panel.ts';
import {titleOf} from './rollout-panel.ts';
import type {RolloutSession} from './rollout-session.ts';

/** Takes over when a panel is closed during its rollout: progress with a way to stop it, then what came of it. */
export async function followRollout(session: RolloutSession, reveal: () => void): Promise<void> {
  const options = {
    location: ProgressLocation.Notification,
    title: titleOf(session.view),
    cancellable: true,
  };
  await window.withProgress(options, async (progress, token) => {
    const stopping = token.onCancellationRequested(() => session.stop());
    progress.report({message: messageOf(session.view)});
    await new Promise<void>(resolve => {
      const end = session.onChange(() => {
        progress.report({message: messageOf(session.view)});
        if (session.view.phase.kind === 'running' && !session.view.phase.asking) return;
        end();
        resolve();
      });
    });
    stopping.dispose();
  });
  const show = l10n.t('Show');
  const words = `${titleOf(session.view)}: ${messageOf(session.view)}`;
  if ((await window.showInformationMessage(words, show)) === show) reveal();
}

function messageOf({targets, phase}: RolloutView): string {
  const well = targets.filter(({state}) => state.kind === 'done' || state.kind === 'unchanged').length;
  if (phase.kind === 'running' && phase.asking)
    return l10n.t('The canary is well, and the others wait for your answer.');
  const failed = targets.filter(({state}) => state.kind === 'failed').length;
  const done = l10n.t('{0} of {1} done', well, targets.length);
  return failed === 0 ? done : `${done}, ${l10n.t('{0} failed', failed)}`;
}
