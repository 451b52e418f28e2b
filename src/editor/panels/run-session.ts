import type {RunEvent, RunReport} from '../../core/migrations/plan.ts';
import type {Outcome} from '../../core/outcome.ts';
import {changeOf, failureView, planView, reportView, type RunPanelModel} from '../../protocol/run-model.ts';
import type {RehearsedView, RunChange, RunView} from '../../protocol/run-panel.ts';
import {applyChange, plannedView} from '../../protocol/run-state.ts';

/** Rehearses the plan; an abort ends it. Never fails. */
export type Rehearse = (observe: (rehearsed: RehearsedView) => void, signal: AbortSignal) => Promise<void>;

/** Runs the plan; an abort cancels on the server. */
export type Perform = (
  observe: (event: RunEvent) => void,
  signal: AbortSignal,
) => Promise<Outcome<RunReport>>;

export type Started = 'started' | 'already-started' | 'name-differs';

/** One plan, its confirmation and its run. It goes on whether or not a panel shows it. */
export class RunSession {
  readonly model: RunPanelModel;
  #view: RunView;
  #report: RunReport | undefined;
  readonly #perform: Perform;
  readonly #controller = new AbortController();
  readonly #rehearsal = new AbortController();
  readonly #listeners = new Set<(change: RunChange) => void>();

  constructor(
    model: RunPanelModel,
    perform: Perform,
    more: {readonly bytes: readonly (number | undefined)[]; readonly canAgain: boolean},
  ) {
    this.model = model;
    this.#perform = perform;
    this.#view = plannedView(planView(model, more));
  }

  get view(): RunView {
    return this.#view;
  }

  get running(): boolean {
    return this.#view.phase.kind === 'running';
  }

  /** What the run did, once it has ended. */
  get report(): RunReport | undefined {
    return this.#report;
  }

  /** @returns a function that ends it. */
  onChange(listener: (change: RunChange) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Begun with the plan and ended by the click: it keeps nobody waiting. */
  rehearse(rehearse: Rehearse): void {
    this.#change({kind: 'rehearsed', rehearsed: {kind: 'running', doing: ''}});
    void rehearse(rehearsed => this.#change({kind: 'rehearsed', rehearsed}), this.#rehearsal.signal);
  }

  /** Nobody looks at the plan any more. */
  endRehearsal(): void {
    this.#rehearsal.abort();
  }

  /** @param typedName checked here as well, so that no page can pass over the question */
  start(typedName: string | null): Started {
    if (this.#view.phase.kind !== 'planned') return 'already-started';
    const {environment, name} = this.model.connection;
    if (environment === 'production' && typedName !== name) return 'name-differs';
    this.endRehearsal();
    this.#change({kind: 'run-started', at: Date.now()});
    void this.#run();
    return 'started';
  }

  /** Once is enough; before and after a run it does nothing. */
  cancel(): void {
    if (!this.running || this.#controller.signal.aborted) return;
    this.#change({kind: 'cancelling'});
    this.#controller.abort();
  }

  async #run(): Promise<void> {
    try {
      const observe = (event: RunEvent): void => this.#change(changeOf(event, Date.now()));
      this.#end(await this.#perform(observe, this.#controller.signal));
    } catch {
      this.#change({kind: 'broke'});
    }
  }

  #end(outcome: Outcome<RunReport>): void {
    if (!outcome.ok) return this.#change({kind: 'refused', failure: failureView(outcome.failure)});
    this.#report = outcome.value;
    this.#change({kind: 'ended', report: reportView(this.model.plan, outcome.value)});
  }

  #change(change: RunChange): void {
    this.#view = applyChange(this.#view, change);
    for (const listener of this.#listeners) listener(change);
  }
}
