import {l10n, ViewColumn, window, type Uri, type WebviewPanel} from 'vscode';
import {createHost, type Host} from '../../protocol/channel.ts';
import {runContract, type RunChange, type RunContract} from '../../protocol/run-panel.ts';
import {DisposableStore} from '../disposables.ts';
import type {Log} from '../log.ts';
import {gather} from './gather.ts';
import {runHandlers, type ShownRun} from './run-handlers.ts';
import {runViewType} from './run-view-type.ts';
import {loadPage, logProblems, webviewOptions, webviewPort} from './webview.ts';

/** Changes that come faster than this, in milliseconds, travel together. */
const changesTogether = 50;

export type PanelIcon = Uri | {readonly light: Uri; readonly dark: Uri};

export interface PanelHome {
  readonly extensionUri: Uri;
  readonly log: Log;
  readonly icon?: PanelIcon;
}

/** One webview panel that shows a run, and then perhaps another. */
export class RunPanel {
  readonly #panel: WebviewPanel;
  readonly #host: Host<RunContract>;
  readonly #changes = gather<RunChange>(changes => this.#host.emit('changed', changes), changesTogether);
  readonly #store = new DisposableStore();
  #shown: ShownRun;
  #stopListening: () => void = () => {};

  constructor(home: PanelHome, shown: ShownRun, onClosed: () => void) {
    this.#shown = shown;
    this.#panel = window.createWebviewPanel(
      runViewType,
      titleOf(shown),
      ViewColumn.Active,
      webviewOptions(home.extensionUri),
    );
    if (home.icon !== undefined) this.#panel.iconPath = home.icon;
    const handlers = runHandlers(() => this.#shown, {
      flush: () => this.#changes.flush(),
      close: () => this.#panel.dispose(),
    });
    const port = webviewPort(this.#panel.webview);
    this.#host = createHost(runContract, handlers, port, logProblems(home.log, 'Run panel'));
    this.#store.add(this.#host);
    this.#store.add({dispose: () => this.#stopListening()});
    this.#store.add(
      this.#panel.onDidDispose(() => {
        this.#store.dispose();
        onClosed();
      }),
    );
    this.#listen();
    loadPage(this.#panel, home.extensionUri, 'run');
  }

  /** Shows another run in the same place. */
  replace(shown: ShownRun): void {
    this.#stopListening();
    this.#changes.flush();
    this.#shown = shown;
    this.#panel.title = titleOf(shown);
    this.#listen();
    this.#host.emit('replaced', {view: shown.session.view, now: Date.now()});
  }

  reveal(): void {
    this.#panel.reveal();
  }

  dispose(): void {
    this.#panel.dispose();
  }

  #listen(): void {
    this.#stopListening = this.#shown.session.onChange(change => this.#changes.add(change));
  }
}

/** @returns what the run is called in the panel's tab and in notifications. */
export function titleOf({session}: ShownRun): string {
  const {plan, connection} = session.model;
  return plan.direction === 'up'
    ? l10n.t('Apply to {0}', connection.name)
    : l10n.t('Roll back on {0}', connection.name);
}
