import {l10n, ViewColumn, window, type WebviewPanel} from 'vscode';
import {createHost, type Host, type HostHandlers} from '../../protocol/channel.ts';
import {rehearsalContract, type RehearsalContract} from '../../protocol/rehearsal-panel.ts';
import type {RehearsalChange, RehearsalView} from '../../protocol/rehearsal-view.ts';
import {DisposableStore} from '../disposables.ts';
import {gather} from '../panels/gather.ts';
import {panelIcon} from '../panels/panel-icon.ts';
import {loadPage, logProblems, webviewOptions, webviewPort} from '../panels/webview.ts';
import type {Parts} from '../parts.ts';
import type {RehearsalSession} from './rehearsal-session.ts';
import {rehearsalViewType} from './rehearsal-view-type.ts';

/** Changes that come faster than this, in milliseconds, travel together. */
const changesTogether = 80;

/** One webview panel that shows a rehearsal, and then perhaps another. */
export class RehearsalPanel {
  readonly #panel: WebviewPanel;
  readonly #host: Host<RehearsalContract>;
  readonly #changes = gather<RehearsalChange>(
    changes => this.#host.emit('changed', changes),
    changesTogether,
  );
  readonly #store = new DisposableStore();
  #session: RehearsalSession;
  #stopListening: () => void = () => {};

  constructor(
    {context, log}: Parts,
    panel: WebviewPanel,
    session: RehearsalSession,
    makeHandlers: (panel: RehearsalPanel) => Omit<HostHandlers<RehearsalContract>, 'ready'>,
    onClosed: () => void,
  ) {
    const {extensionUri} = context;
    this.#session = session;
    this.#panel = panel;
    panel.webview.options = webviewOptions(extensionUri);
    panel.iconPath = panelIcon(extensionUri);
    const ready = (): {view: RehearsalView; now: number} => {
      // What is still held back is part of the view.
      this.#changes.flush();
      return {view: this.#session.view, now: Date.now()};
    };
    this.#host = createHost(
      rehearsalContract,
      {...makeHandlers(this), ready},
      webviewPort(panel.webview),
      logProblems(log, 'Rehearsal panel'),
    );
    this.#store.add(this.#host);
    this.#store.add({dispose: () => this.#stopListening()});
    this.#store.add(
      panel.onDidDispose(() => {
        this.#store.dispose();
        onClosed();
      }),
    );
    this.#listen();
    loadPage(panel, extensionUri, 'rehearsal');
  }

  get column(): ViewColumn | undefined {
    return this.#panel.viewColumn;
  }

  get session(): RehearsalSession {
    return this.#session;
  }

  /** Shows another rehearsal in the same place. */
  replace(session: RehearsalSession): void {
    this.#stopListening();
    this.#changes.flush();
    this.#session = session;
    this.#panel.title = titleOf(session.view);
    this.#listen();
    this.#host.emit('replaced', {view: session.view, now: Date.now()});
  }

  reveal(): void {
    this.#panel.reveal();
  }

  dispose(): void {
    this.#panel.dispose();
  }

  #listen(): void {
    this.#stopListening = this.#session.onChange(change => this.#changes.add(change));
  }
}

/** @returns a panel with nothing in it yet, beside the file that is looked at */
export function newWebviewPanel({context}: Parts, view: RehearsalView): WebviewPanel {
  return window.createWebviewPanel(
    rehearsalViewType,
    titleOf(view),
    window.activeTextEditor ? ViewColumn.Beside : ViewColumn.Active,
    webviewOptions(context.extensionUri),
  );
}

function titleOf({steps}: RehearsalView): string {
  const [first] = steps;
  return steps.length === 1 && first
    ? l10n.t('Rehearsal of {0}', first.label)
    : l10n.t('Rehearsal of {0} migrations', steps.length);
}
