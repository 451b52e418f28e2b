import {l10n, ViewColumn, window, type WebviewPanel} from 'vscode';
import {createHost, type Host} from '../../protocol/channel.ts';
import {
  rolloutContract,
  type RolloutChange,
  type RolloutContract,
  type RolloutView,
} from '../../protocol/rollout-panel.ts';
import {DisposableStore} from '../disposables.ts';
import {gather} from '../panels/gather.ts';
import {panelIcon} from '../panels/panel-icon.ts';
import {loadPage, logProblems, webviewOptions, webviewPort} from '../panels/webview.ts';
import type {Parts} from '../parts.ts';
import {rolloutHandlers} from './rollout-handlers.ts';
import type {Rollout} from './rollout-set.ts';
import {rolloutViewType} from './rollout-view-type.ts';

/** Changes that come faster than this, in milliseconds, travel together. */
const changesTogether = 50;

/** One webview panel that shows a rollout, for as long as it is open. */
export class RolloutPanel {
  readonly #panel: WebviewPanel;
  readonly #store = new DisposableStore();

  constructor(parts: Parts, panel: WebviewPanel, rollout: Rollout, onClosed: () => void) {
    const {extensionUri} = parts.context;
    this.#panel = panel;
    panel.webview.options = webviewOptions(extensionUri);
    panel.iconPath = panelIcon(extensionUri);
    panel.title = titleOf(rollout.session.view);
    const changes = gather<RolloutChange>(all => host.emit('changed', all), changesTogether);
    const handlers = rolloutHandlers(rollout.session, rollout.actions, {
      flush: () => changes.flush(),
      close: () => panel.dispose(),
      reveal: () => panel.reveal(),
    });
    const host: Host<RolloutContract> = createHost(
      rolloutContract,
      handlers,
      webviewPort(panel.webview),
      logProblems(parts.log, 'Rollout panel'),
    );
    this.#store.add(host);
    this.#store.add({dispose: rollout.session.onChange(change => changes.add(change))});
    this.#store.add(
      panel.onDidDispose(() => {
        this.#store.dispose();
        onClosed();
      }),
    );
    loadPage(panel, extensionUri, 'rollout');
  }

  reveal(): void {
    this.#panel.reveal();
  }

  dispose(): void {
    this.#panel.dispose();
  }
}

/** @returns a panel with nothing in it yet */
export function newRolloutPanel({context}: Parts): WebviewPanel {
  return window.createWebviewPanel(
    rolloutViewType,
    l10n.t('Rollout'),
    ViewColumn.Active,
    webviewOptions(context.extensionUri),
  );
}

/** @returns what the rollout is called in the panel's tab and in notifications */
export function titleOf({group, targets}: RolloutView): string {
  return group === null ? l10n.t('Apply to {0} databases', targets.length) : l10n.t('Apply to {0}', group);
}
