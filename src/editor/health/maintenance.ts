import {l10n, window, type CancellationToken, type Progress} from 'vscode';
import type {Connection} from '../../core/connections/connection.ts';
import {maintenanceSql, type MaintenanceRequest} from '../../core/health/maintenance.ts';
import type {Outcome} from '../../core/outcome.ts';
import type {MaintenanceView} from '../../protocol/health-model.ts';
import {confirmWrite} from '../confirm.ts';
import {showFailure} from '../failures.ts';
import type {Parts} from '../parts.ts';
import {settings} from '../settings.ts';
import {effectOf} from './maintenance-words.ts';
import {runMaintenance} from './run-maintenance.ts';

type Work = (
  progress: Progress<{readonly message?: string; readonly increment?: number}>,
  token: CancellationToken,
) => Promise<void>;

interface Run {
  readonly connection: Connection;
  readonly abort: AbortController;
  view: MaintenanceView;
}

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

  /** Asks, and runs the command on a session of its own. @returns once it has come to an end, true when it did what it should */
  async start(connection: Connection, request: MaintenanceRequest): Promise<boolean> {
    if (!(await this.#confirmed(connection, request))) return false;
    const sql = maintenanceSql(request);
    const outcome = await this.#finish(this.#begin(connection, sql), sql);
    if (!outcome.ok) this.#parts.log.failure(`${sql} on ${connection.name}`, outcome.failure);
    return outcome.ok;
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
    if (!(await this.#confirmed(connection, request))) return;
    await show(doing, async (progress, token) => {
      const run = this.#begin(connection, sql);
      const cancelling = token.onCancellationRequested(() => this.cancel(run.view.id));
      let told = 0;
      const stop = this.onDidChange(() => {
        const {state} = run.view;
        if (state.kind !== 'running') return;
        const {phase, share = told} = state;
        progress.report({message: phase, increment: Math.max(0, share - told) * 100});
        told = Math.max(told, share);
      });
      const outcome = await this.#finish(run, sql);
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

  #confirmed(connection: Connection, request: MaintenanceRequest): Promise<boolean> {
    return confirmWrite(this.#parts.connections.get(connection.id) ?? connection, {
      what: l10n.t('Run {0}', maintenanceSql(request)),
      detail: effectOf(request.command),
      action: l10n.t('Run'),
    });
  }

  #begin(connection: Connection, sql: string): Run {
    this.#started += 1;
    const run: Run = {
      connection: this.#parts.connections.get(connection.id) ?? connection,
      abort: new AbortController(),
      view: {
        id: String(this.#started),
        title: sql,
        startedAt: Date.now(),
        state: {kind: 'running', phase: l10n.t('connecting'), cancelling: false},
      },
    };
    this.#runs = [run, ...this.#runs];
    this.#tell();
    return run;
  }

  async #finish(run: Run, sql: string): Promise<Outcome<void>> {
    const outcome = await this.#execute(run, sql);
    this.#show(run, endOf(outcome, Date.now() - run.view.startedAt));
    return outcome;
  }

  #execute(run: Run, sql: string): Promise<Outcome<void>> {
    const {connection, abort} = run;
    const {sessions} = this.#parts;
    return runMaintenance(sql, {
      open: signal =>
        signal
          ? sessions.open(connection, {readOnly: false, ask: true, signal})
          : sessions.open(connection, {readOnly: false, ask: false}),
      lockTimeout: settings.lockTimeout(),
      signal: abort.signal,
      onProgress: progress => {
        if (run.view.state.kind === 'running') this.#show(run, {...run.view.state, ...progress});
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

function endOf(outcome: Outcome<void>, milliseconds: number): MaintenanceView['state'] {
  if (outcome.ok) return {kind: 'done', milliseconds};
  const {reason, message, advice} = outcome.failure;
  if (reason === 'cancelled') return {kind: 'cancelled'};
  return {kind: 'failed', failure: {message, ...(advice === undefined ? {} : {advice})}};
}
