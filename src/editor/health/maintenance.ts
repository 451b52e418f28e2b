import {l10n, window, type CancellationToken, type Progress} from 'vscode';
import type {Connection} from '../../core/connections/connection.ts';
import {maintenanceSql, phaseWords, type MaintenanceRequest} from '../../core/health/maintenance.ts';
import {partOf} from '../../core/health/assess.ts';
import type {ProgressRow} from '../../core/health/parts/progress.ts';
import type {Outcome} from '../../core/outcome.ts';
import type {Session} from '../../core/session.ts';
import {readHealth} from '../../postgres/health/read-health.ts';
import type {MaintenanceView} from '../../protocol/health-model.ts';
import {confirmWrite} from '../confirm.ts';
import {showFailure} from '../failures.ts';
import type {Parts} from '../parts.ts';
import {settings} from '../settings.ts';
import {effectOf} from './maintenance-words.ts';

/** ms between two looks at how far a command is. */
const lookEvery = 500;

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

  async #execute(run: Run, sql: string): Promise<Outcome<void>> {
    const {connection, abort} = run;
    const {signal} = abort;
    const session = await this.#parts.sessions.open(connection, {readOnly: false, ask: true, signal});
    if (!session.ok) return session;
    const ended = new AbortController();
    const watching = this.#watch(run, session.value.server.backendPid, ended.signal);
    const limits = await session.value.script(limitsFor(sql));
    const outcome = limits.ok ? await session.value.script(sql, signal) : limits;
    ended.abort();
    await Promise.all([watching, session.value.close()]);
    return outcome;
  }

  /** Asks on a second session how far the first one is. Without it the command goes on, and only its words are missing. */
  async #watch(run: Run, pid: number, ended: AbortSignal): Promise<void> {
    const session = await this.#parts.sessions.open(run.connection, {readOnly: false, ask: false});
    if (!session.ok) return;
    while (!ended.aborted) {
      const row = await progressOf(session.value, pid);
      if (run.view.state.kind === 'running' && !ended.aborted)
        this.#show(run, {...run.view.state, ...phaseWords(row)});
      await Promise.race([
        new Promise(resolve => setTimeout(resolve, lookEvery)),
        new Promise(resolve => ended.addEventListener('abort', resolve, {once: true})),
      ]);
    }
    await session.value.close();
  }

  #show(run: Run, state: MaintenanceView['state']): void {
    run.view = {...run.view, state};
    this.#tell();
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}

/**
 * Whoever starts a command by hand can cancel it, so no timeout of a role ends it. It waits for a lock as long as a
 * migration does; only REINDEX CONCURRENTLY, which leaves an invalid index behind when it is broken off, as long as it takes.
 */
function limitsFor(sql: string): string {
  const lock = sql.includes('CONCURRENTLY') ? 0 : Math.round(settings.lockTimeout());
  return `SET statement_timeout = 0; SET lock_timeout = ${lock}`;
}

async function progressOf(session: Session, pid: number): Promise<ProgressRow | undefined> {
  const read = await readHealth(session, ['progress']);
  const part = read.ok ? partOf(read.value.reading, 'progress') : undefined;
  return part?.rows.find(row => row.pid === pid);
}

function endOf(outcome: Outcome<void>, milliseconds: number): MaintenanceView['state'] {
  if (outcome.ok) return {kind: 'done', milliseconds};
  const {reason, message, advice} = outcome.failure;
  if (reason === 'cancelled') return {kind: 'cancelled'};
  return {kind: 'failed', failure: {message, ...(advice === undefined ? {} : {advice})}};
}
