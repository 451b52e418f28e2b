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
  readonly #parts: Parts;
  readonly #panel: WebviewPanel;
  readonly #store = new DisposableStore();
  #attached = new DisposableStore();

  constructor(parts: Parts, panel: WebviewPanel, onClosed: () => void) {
    const {extensionUri} = parts.context;
    this.#parts = parts;
    this.#panel = panel;
    panel.webview.options = webviewOptions(extensionUri);
    panel.iconPath = panelIcon(extensionUri);
    this.#store.add(
      panel.onDidDispose(() => {
        this.#attached.dispose();
        this.#store.dispose();
        onClosed();
      }),
    );
  }

  /** Shows a session, in a page that knows nothing of another one that was shown before. */
  attach(session: HealthSession, handlers: HostHandlers<HealthContract>): void {
    const {context, log} = this.#parts;
    this.#attached.dispose();
    this.#attached = new DisposableStore();
    this.name(session);
    const port = webviewPort(this.#panel.webview);
    const host = createHost(healthContract, handlers, port, logProblems(log, 'Health panel'));
    this.#attached.add(host);
    this.#attached.add({dispose: session.onChange(changed => host.emit('changed', changed))});
    // Nothing is asked of the server while nobody can see the answer.
    const rest = (): void => session.monitor.rest(!this.#panel.visible);
    this.#attached.add(this.#panel.onDidChangeViewState(rest));
    rest();
    loadPage(this.#panel, context.extensionUri, 'health');
  }

  name({connection}: HealthSession): void {
    this.#panel.title = l10n.t('Health of {0}', connection.name);
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
