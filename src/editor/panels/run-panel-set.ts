import {Uri, workspace, type Disposable, type WebviewPanel} from 'vscode';
import type {Connection} from '../../core/connections/connection.ts';
import type {Plan} from '../../core/migrations/plan.ts';
import type {Project} from '../../frameworks/framework.ts';
import {createHost} from '../../protocol/channel.ts';
import type {RunPanelModel} from '../../protocol/run-model.ts';
import {runContract} from '../../protocol/run-panel.ts';
import {restoredView} from '../../protocol/run-state.ts';
import {folderOf} from '../migrations/project-words.ts';
import {restoredHandlers, type RunActions, type ShownRun} from './run-handlers.ts';
import {followInNotification} from './run-notification.ts';
import {RunPanel, type PanelHome} from './run-panel.ts';
import {RunSession, type Perform, type Rehearse} from './run-session.ts';
import {loadPage, logProblems, webviewOptions, webviewPort} from './webview.ts';

export interface RunPanelOptions extends RunActions {
  readonly connection: Connection;
  readonly project: Project;
  readonly plan: Plan;
  /** The framework's name, as its users write it. */
  readonly framework: string;
  /** Milliseconds; 0 leaves the server's own setting. Absent for what is no server. */
  readonly timeouts?: {readonly lockTimeout: number; readonly statementTimeout: number};
  readonly run: Perform;
  /** Absent where nothing is rehearsed before. */
  readonly rehearse?: Rehearse;
}

interface Entry {
  readonly shown: ShownRun;
  readonly panel?: RunPanel;
  /** Ends the notification that stands in for a closed panel. */
  readonly standIn?: AbortController;
}

/** One panel for each project and connection. A run goes on when its panel is closed. */
export class RunPanelSet implements Disposable {
  readonly #home: PanelHome;
  readonly #entries = new Map<string, Entry>();

  constructor(home: PanelHome) {
    this.#home = home;
  }

  async show(options: RunPanelOptions): Promise<void> {
    const key = JSON.stringify([options.project.id, options.connection.id]);
    if (this.#revealRunning(key)) return;
    const [model, bytes] = await Promise.all([modelOf(options), sizesOf(options.plan)]);
    // Reading took a moment, in which another plan may have been confirmed.
    if (this.#revealRunning(key)) return;
    const session = new RunSession(model, options.run, {bytes, canAgain: options.again !== undefined});
    const shown = {session, actions: options};
    const before = this.#entries.get(key);
    before?.shown.session.endRehearsal();
    const panel = before?.panel;
    // Before it is shown, so that nothing moves below the pointer later.
    if (options.rehearse) session.rehearse(options.rehearse);
    panel?.replace(shown);
    this.#reveal(key, panel === undefined ? {shown} : {shown, panel});
  }

  /** Gives a page that the editor restored what it saved; it can be read, and nothing else. */
  restore(panel: WebviewPanel, saved: unknown): void {
    const handlers = restoredHandlers(restoredView(saved), () => panel.dispose());
    panel.webview.options = webviewOptions(this.#home.extensionUri);
    const port = webviewPort(panel.webview);
    const host = createHost(runContract, handlers, port, logProblems(this.#home.log, 'Run panel'));
    panel.onDidDispose(() => host.dispose());
    loadPage(panel, this.#home.extensionUri, 'run');
  }

  dispose(): void {
    for (const {panel} of this.#entries.values()) panel?.dispose();
  }

  #revealRunning(key: string): boolean {
    const entry = this.#entries.get(key);
    if (!entry?.shown.session.running) return false;
    this.#reveal(key, entry);
    return true;
  }

  #reveal(key: string, {shown, panel, standIn}: Entry): void {
    panel?.reveal();
    standIn?.abort();
    const there = panel ?? new RunPanel(this.#home, shown, () => this.#closed(key));
    this.#entries.set(key, {shown, panel: there});
  }

  #closed(key: string): void {
    const entry = this.#entries.get(key);
    this.#entries.delete(key);
    entry?.shown.session.endRehearsal();
    if (!entry?.shown.session.running) return;
    const {shown} = entry;
    const standIn = new AbortController();
    this.#entries.set(key, {shown, standIn});
    void followInNotification(shown, standIn.signal, () => {
      const now = this.#entries.get(key);
      // By the time the user asks for the report, another plan may be on show.
      if (now?.shown === shown) this.#reveal(key, now);
    });
  }
}

async function modelOf({
  connection,
  project,
  plan,
  framework,
  timeouts,
}: RunPanelOptions): Promise<RunPanelModel> {
  const history = await project.list();
  return {
    plan,
    connection,
    framework,
    folder: folderOf(project),
    // Without the files the positions are shown by their ids.
    migrations: history.ok ? history.value.migrations : [],
    ...(timeouts === undefined
      ? {}
      : {timeouts: {lock: timeouts.lockTimeout, statement: timeouts.statementTimeout}}),
  };
}

function sizesOf(plan: Plan): Promise<readonly (number | undefined)[]> {
  return Promise.all(plan.steps.map(({path}) => sizeOf(path)));
}

/** A size that cannot be read is left out; the run will say what is wrong with the file. */
async function sizeOf(path: string | undefined): Promise<number | undefined> {
  if (path === undefined) return undefined;
  try {
    return (await workspace.fs.stat(Uri.file(path))).size;
  } catch {
    return undefined;
  }
}
