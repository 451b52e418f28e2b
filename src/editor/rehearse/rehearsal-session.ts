import type {RehearsalReport, ReplayStop} from '../../core/rehearse/report.ts';
import {applyChange} from '../../protocol/rehearsal-state.ts';
import type {RehearsalChange, RehearsalView} from '../../protocol/rehearsal-view.ts';

/** One rehearsal and what is known of it. It goes on whether or not a panel shows it. */
export class RehearsalSession {
  /** Once it has ended. */
  report: RehearsalReport | undefined;
  /** Where the history does not run. */
  stop: ReplayStop | undefined;
  readonly #controller = new AbortController();
  readonly #listeners = new Set<(change: RehearsalChange) => void>();
  #view: RehearsalView;

  constructor(view: RehearsalView) {
    this.#view = view;
  }

  get view(): RehearsalView {
    return this.#view;
  }

  get running(): boolean {
    return this.#view.phase.kind === 'running';
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** @returns a function that ends it. */
  onChange(listener: (change: RehearsalChange) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  change(change: RehearsalChange): void {
    this.#view = applyChange(this.#view, change);
    for (const listener of this.#listeners) listener(change);
  }

  /** Once is enough; before and after a rehearsal it does nothing. */
  cancel(): void {
    if (!this.running || this.signal.aborted) return;
    this.change({kind: 'cancelling'});
    this.#controller.abort();
  }
}
