import {l10n, ViewColumn, window, type WebviewPanel} from 'vscode';
import {createHost, type HostHandlers} from '../../protocol/channel.ts';
import {healthContract, type HealthContract} from '../../protocol/health-panel.ts';
import {DisposableStore} from '../disposables.ts';
import {panelIcon} from '../panels/panel-icon.ts';
import {loadPage, logProblems, webviewOptions, webviewPort} from '../panels/webview.ts';
import type {Parts} from '../parts.ts';
import type {HealthSession} from './health-session.ts';
import {healthViewType} from './health-view-type.ts';

/** One webview panel that shows how a server is, for as long as it is open. */
export class HealthPanel {
  readonly #panel: WebviewPanel;
  readonly #store = new DisposableStore();

  constructor(
    {context, log}: Parts,
    panel: WebviewPanel,
    session: HealthSession,
    handlers: HostHandlers<HealthContract>,
    onClosed: () => void,
  ) {
    const {extensionUri} = context;
    this.#panel = panel;
    panel.webview.options = webviewOptions(extensionUri);
    panel.iconPath = panelIcon(extensionUri);
    panel.title = l10n.t('Health of {0}', session.connection.name);
    const port = webviewPort(panel.webview);
    const host = createHost(healthContract, handlers, port, logProblems(log, 'Health panel'));
    this.#store.add(host);
    this.#store.add({dispose: session.onChange(changed => host.emit('changed', changed))});
    // Nothing is asked of the server while nobody can see the answer.
    this.#store.add(panel.onDidChangeViewState(() => session.monitor.rest(!panel.visible)));
    this.#store.add(
      panel.onDidDispose(() => {
        this.#store.dispose();
        onClosed();
      }),
    );
    loadPage(panel, extensionUri, 'health');
  }

  reveal(): void {
    this.#panel.reveal();
  }

  dispose(): void {
    this.#panel.dispose();
  }
}

/** @returns a panel with nothing in it yet */
export function newHealthPanel({context}: Parts): WebviewPanel {
  return window.createWebviewPanel(
    healthViewType,
    l10n.t('Health'),
    ViewColumn.Active,
    webviewOptions(context.extensionUri),
  );
}
