import {l10n, window, type CancellationToken, type Progress} from 'vscode';
import type {Connection} from '../../core/connections/connection.ts';
import type {ObjectName} from '../../core/health/finding.ts';
import {
  maintenanceSql,
  progressOfSeveral,
  rebuiltWords,
  type MaintenanceRequest,
} from '../../core/health/maintenance.ts';
import {ok, type Outcome} from '../../core/outcome.ts';
import type {MaintenanceView} from '../../protocol/health-model.ts';
import {confirmWrite, type Write} from '../confirm.ts';
import {showFailure} from '../failures.ts';
import type {Parts} from '../parts.ts';
import {settings} from '../settings.ts';
import {endOf, rebuildingOf, runningOf} from './maintenance-words.ts';
import {runMaintenance} from './run-maintenance.ts';

type Work = (
  progress: Progress<{readonly message?: string; readonly increment?: number}>,
  token: CancellationToken,
) => Promise<void>;

interface Run {
  readonly connection: Connection;
  /** They run one after the other; the first that does not come to a good end is the last. */
  readonly requests: readonly MaintenanceRequest[];
  readonly abort: AbortController;
  view: MaintenanceView;
}

/** What came of a command: it was not wanted after all, it failed or was cancelled in the middle, or it did all it should. */
export type MaintenanceEnd = 'refused' | 'stopped' | 'done';

/** Maintenance commands that were started here. They go on when their panel is closed. */
export class Maintenance {
  readonly #parts: Parts;
  readonly #listeners = new Set<() => void>();
  #runs: readonly Run[] = [];
  #started = 0;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** @returns those of a connection, the last one first */
  views(connectionId: string): readonly MaintenanceView[] {
    return this.#runs.filter(({connection}) => connection.id === connectionId).map(({view}) => view);
  }

  /** @returns a function that ends it */
  onDidChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Asks, and runs the command on a session of its own. @returns once it has come to an end */
  async start(connection: Connection, request: MaintenanceRequest): Promise<MaintenanceEnd> {
    if (!(await this.#confirmed(connection, runningOf(request)))) return 'refused';
    const sql = maintenanceSql(request);
    return this.#run(this.#begin(connection, sql, [request]), sql);
  }

  /**
   * Asks once, and rebuilds the indexes one after the other. When one fails or all are cancelled, those before it stay
   * rebuilt, and the view says which they are.
   * @returns once it has come to an end
   */
  async rebuild(connection: Connection, indexes: readonly ObjectName[]): Promise<MaintenanceEnd> {
    const write = rebuildingOf(indexes);
    if (!(await this.#confirmed(connection, write))) return 'refused';
    const requests = indexes.map(object => ({command: 'reindex', object}) as const);
    return this.#run(this.#begin(connection, write.what, requests), write.what);
  }

  /**
   * Asks, and runs the command with what `show` makes of its progress, where no panel shows it.
   * @param show as `window.withProgress`
   */
  async startInNotification(
    connection: Connection,
    request: MaintenanceRequest,
    show: (title: string, work: Work) => Thenable<void>,
  ): Promise<void> {
    const sql = maintenanceSql(request);
    const doing = l10n.t('{0} on {1}', sql, connection.name);
    if (!(await this.#confirmed(connection, runningOf(request)))) return;
    await show(doing, async (progress, token) => {
      const run = this.#begin(connection, sql, [request]);
      const cancelling = token.onCancellationRequested(() => this.cancel(run.view.id));
      let told = 0;
      const stop = this.onDidChange(() => {
        const {state} = run.view;
        if (state.kind !== 'running') return;
        const {phase, share = told} = state;
        progress.report({message: phase, increment: Math.max(0, share - told) * 100});
        told = Math.max(told, share);
      });
      const outcome = await this.#finish(run);
      stop();
      cancelling.dispose();
      this.dismiss(run.view.id);
      if (outcome.ok) void window.setStatusBarMessage(`$(check) ${doing}`, 8000);
      else showFailure(this.#parts.log, doing, outcome.failure);
    });
  }

  cancel(id: string): void {
    const run = this.#runs.find(({view}) => view.id === id);
    if (run?.view.state.kind !== 'running') return;
    this.#show(run, {...run.view.state, cancelling: true});
    run.abort.abort();
  }

  /** Takes what has come to an end off the list. */
  dismiss(id: string): void {
    this.#runs = this.#runs.filter(({view}) => view.id !== id || view.state.kind === 'running');
    this.#tell();
  }

  dispose(): void {
    for (const {abort} of this.#runs) abort.abort();
    this.#listeners.clear();
  }

  #confirmed(connection: Connection, write: Write): Promise<boolean> {
    return confirmWrite(this.#parts.connections.get(connection.id) ?? connection, write);
  }

  #begin(connection: Connection, title: string, requests: readonly MaintenanceRequest[]): Run {
    this.#started += 1;
    const run: Run = {
      connection: this.#parts.connections.get(connection.id) ?? connection,
      requests,
      abort: new AbortController(),
      view: {
        id: String(this.#started),
        title,
        startedAt: Date.now(),
        state: {kind: 'running', phase: l10n.t('connecting'), cancelling: false},
      },
    };
    this.#runs = [run, ...this.#runs];
    this.#tell();
    return run;
  }

  async #run(run: Run, doing: string): Promise<MaintenanceEnd> {
    const outcome = await this.#finish(run);
    if (!outcome.ok) this.#parts.log.failure(`${doing} on ${run.connection.name}`, outcome.failure);
    return outcome.ok ? 'done' : 'stopped';
  }

  async #finish(run: Run): Promise<Outcome<void>> {
    let outcome: Outcome<void> = ok(undefined);
    let done = 0;
    for (const request of run.requests) {
      outcome = await this.#execute(run, request, done);
      if (!outcome.ok) break;
      done += 1;
    }
    const indexes = run.requests.length > 1 ? run.requests.flatMap(({object}) => object ?? []) : [];
    if (!outcome.ok && indexes.length > 0) run.view = {...run.view, told: rebuiltWords(indexes, done)};
    this.#show(run, endOf(outcome, Date.now() - run.view.startedAt));
    return outcome;
  }

  #execute(run: Run, request: MaintenanceRequest, done: number): Promise<Outcome<void>> {
    const {connection, requests, abort} = run;
    const {sessions} = this.#parts;
    return runMaintenance(maintenanceSql(request), {
      open: signal =>
        signal
          ? sessions.open(connection, {readOnly: false, ask: true, signal})
          : sessions.open(connection, {readOnly: false, ask: false}),
      lockTimeout: settings.lockTimeout(),
      signal: abort.signal,
      onProgress: progress => {
        if (run.view.state.kind !== 'running') return;
        this.#show(run, {...run.view.state, ...progressOfSeveral(requests, done, progress)});
      },
    });
  }

  #show(run: Run, state: MaintenanceView['state']): void {
    run.view = {...run.view, state};
    this.#tell();
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}
