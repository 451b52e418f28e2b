import {l10n, ViewColumn, window, type WebviewPanel} from 'vscode';
import {createHost} from '../../../protocol/channel.ts';
import {indexContract} from '../../../protocol/index-panel.ts';
import {DisposableStore} from '../../disposables.ts';
import {panelIcon} from '../../panels/panel-icon.ts';
import {loadPage, logProblems, webviewOptions, webviewPort} from '../../panels/webview.ts';
import type {Parts} from '../../parts.ts';
import type {HealthHome} from '../health-home.ts';
import {indexHandlers} from './index-handlers.ts';
import type {IndexSession} from './index-session.ts';
import {indexViewType} from './index-view-type.ts';

/** One webview panel that shows the indexes of a connection, for as long as it is open. */
export class IndexPanel {
  readonly #panel: WebviewPanel;
  readonly #store = new DisposableStore();

  constructor(home: HealthHome, panel: WebviewPanel, session: IndexSession, onClosed: () => void) {
    const {context, log} = home.parts;
    const {extensionUri} = context;
    this.#panel = panel;
    panel.webview.options = webviewOptions(extensionUri);
    panel.iconPath = panelIcon(extensionUri);
    panel.title = l10n.t('Indexes of {0}', session.connection.name);
    const port = webviewPort(panel.webview);
    const handlers = indexHandlers(home, session);
    const host = createHost(indexContract, handlers, port, logProblems(log, 'Index panel'));
    this.#store.add(host);
    this.#store.add({
      dispose: session.listen({
        changed: view => host.emit('changed', {view, now: Date.now()}),
        sampled: sample => host.emit('sampled', sample),
      }),
    });
    this.#store.add(panel.onDidChangeViewState(() => session.show(panel.visible)));
    this.#store.add(
      panel.onDidDispose(() => {
        this.#store.dispose();
        onClosed();
      }),
    );
    loadPage(panel, extensionUri, 'indexes');
  }

  reveal(): void {
    this.#panel.reveal();
  }

  dispose(): void {
    this.#panel.dispose();
  }
}

/** @returns a panel with nothing in it yet */
export function newIndexPanel({context}: Parts): WebviewPanel {
  return window.createWebviewPanel(
    indexViewType,
    l10n.t('Indexes'),
    ViewColumn.Active,
    webviewOptions(context.extensionUri),
  );
}
