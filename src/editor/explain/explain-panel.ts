import {l10n, window, type ViewColumn, type WebviewPanel} from 'vscode';
import {createHost, type HostHandlers} from '../../protocol/channel.ts';
import {explainContract, type ExplainContract, type ExplainView} from '../../protocol/explain-panel.ts';
import type {Span} from '../../core/sql/positions.ts';
import {DisposableStore} from '../disposables.ts';
import {panelIcon} from '../panels/panel-icon.ts';
import {loadPage, logProblems, webviewOptions, webviewPort} from '../panels/webview.ts';
import type {Parts} from '../parts.ts';
import {explainViewType} from './explain-view-type.ts';
import {PlanSession} from './plan-session.ts';
import type {Decision} from './plan-view.ts';
import type {ShownPlan} from './shown-plan.ts';
import {shortened, type Subject} from './subject.ts';

/** One webview panel that shows a plan, and then perhaps another one of the same statement. */
export class ExplainPanel {
  readonly session: PlanSession;
  /** Absent for a plan that was opened, or whose connection is gone. */
  subject: Subject | undefined;
  /** How the subject was explained the last time. */
  decision: Decision | undefined;
  plan: ShownPlan | undefined;
  /** Of the last failure, in the subject's place. */
  failedAt: Span | undefined;
  readonly #panel: WebviewPanel;
  readonly #store = new DisposableStore();
  #closed = false;

  /**
   * @param makeHandlers called once, with this panel
   * @param onClosed called when the user closed it; a run that was going on is cancelled
   */
  constructor(
    {context, log}: Parts,
    panel: WebviewPanel,
    view: ExplainView,
    makeHandlers: (panel: ExplainPanel) => HostHandlers<ExplainContract>,
    onClosed: () => void,
  ) {
    const {extensionUri} = context;
    this.#panel = panel;
    panel.webview.options = webviewOptions(extensionUri);
    panel.iconPath = panelIcon(extensionUri);
    const handlers = makeHandlers(this);
    const port = webviewPort(panel.webview);
    const host = createHost(explainContract, handlers, port, logProblems(log, 'Plan panel'));
    this.session = new PlanSession(view, changed => {
      if (this.#closed) return;
      panel.title = titleOf(changed);
      host.emit('changed', {view: changed, now: Date.now()});
    });
    panel.title = titleOf(view);
    this.#store.add(host);
    this.#store.add(
      panel.onDidDispose(() => {
        this.#closed = true;
        this.session.cancel();
        this.#store.dispose();
        onClosed();
      }),
    );
    loadPage(panel, extensionUri, 'explain');
  }

  /** Closed by the user while a question was open: nobody would see what comes of it. */
  get closed(): boolean {
    return this.#closed;
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

/** @returns a panel with nothing in it yet; `column` is where it opens. */
export function newWebviewPanel({context}: Parts, column: ViewColumn): WebviewPanel {
  return window.createWebviewPanel(
    explainViewType,
    l10n.t('Plan'),
    column,
    webviewOptions(context.extensionUri),
  );
}

/** The statement and the connection, as the tab shows them. */
function titleOf({origin}: ExplainView): string {
  const what = shortened(origin.title, 32);
  return origin.connection === null ? what : `${what} · ${origin.connection.name}`;
}
