import {l10n, ViewColumn, window, type WebviewPanel} from 'vscode';
import {createHost, type HostHandlers} from '../../protocol/channel.ts';
import {schemaContract, type SchemaContract, type SchemaView} from '../../protocol/schema-panel.ts';
import {DisposableStore} from '../disposables.ts';
import {panelIcon} from '../panels/panel-icon.ts';
import {loadPage, logProblems, webviewOptions, webviewPort} from '../panels/webview.ts';
import type {Parts} from '../parts.ts';
import type {SchemaSession} from './schema-session.ts';
import {schemaViewType} from './schema-view-type.ts';

/** One webview panel that shows a session, for as long as it is open. */
export class SchemaPanel {
  readonly #panel: WebviewPanel;
  readonly #store = new DisposableStore();

  constructor(
    {context, log}: Parts,
    panel: WebviewPanel,
    session: SchemaSession,
    handlers: HostHandlers<SchemaContract>,
    onClosed: () => void,
  ) {
    const {extensionUri} = context;
    this.#panel = panel;
    panel.webview.options = webviewOptions(extensionUri);
    panel.iconPath = panelIcon(extensionUri);
    panel.title = titleOf(session.view);
    const port = webviewPort(panel.webview);
    const host = createHost(schemaContract, handlers, port, logProblems(log, 'Schema panel'));
    this.#store.add(host);
    this.#store.add({
      dispose: session.onChange(view => {
        panel.title = titleOf(view);
        host.emit('changed', {view, now: Date.now()});
      }),
    });
    this.#store.add(
      panel.onDidDispose(() => {
        this.#store.dispose();
        onClosed();
      }),
    );
    loadPage(panel, extensionUri, 'schema');
  }

  get column(): ViewColumn | undefined {
    return this.#panel.viewColumn;
  }

  reveal(): void {
    this.#panel.reveal();
  }

  dispose(): void {
    this.#panel.dispose();
  }
}

/** @returns a panel with nothing in it yet */
export function newSchemaPanel({context}: Parts): WebviewPanel {
  return window.createWebviewPanel(
    schemaViewType,
    l10n.t('Schema'),
    ViewColumn.Active,
    webviewOptions(context.extensionUri),
  );
}

function titleOf({target}: SchemaView): string {
  return l10n.t('Schema of {0}', target.name);
}
