import type {ExplainView, OriginView, Phase} from '../../protocol/explain-panel.ts';

/** What one panel shows: the making of a plan and what came of it, one after the other. */
export class PlanSession {
  #view: ExplainView;
  #abort: AbortController | undefined;
  readonly #changed: (view: ExplainView) => void;

  /** @param changed called with each new view */
  constructor(view: ExplainView, changed: (view: ExplainView) => void) {
    this.#view = view;
    this.#changed = changed;
  }

  get view(): ExplainView {
    return this.#view;
  }

  get running(): boolean {
    return this.#abort !== undefined;
  }

  /** @returns the signal of the run that begins; a run that was still going on is cancelled. */
  begin(origin: OriginView, startedAt: number): AbortSignal {
    this.#abort?.abort();
    this.#abort = new AbortController();
    this.#show({origin, phase: {kind: 'running', startedAt, cancelling: false}});
    return this.#abort.signal;
  }

  /** Ends the run of `signal`; one that another run has taken the place of is over already. */
  end(signal: AbortSignal, origin: OriginView, phase: Phase): boolean {
    if (this.#abort?.signal !== signal) return false;
    this.#abort = undefined;
    this.#show({origin, phase});
    return true;
  }

  /** Shows something that is not the end of a run, such as a kept plan. */
  replace(view: ExplainView): void {
    this.#abort?.abort();
    this.#abort = undefined;
    this.#show(view);
  }

  /** Once is enough; without a run it does nothing. */
  cancel(): void {
    const {origin, phase} = this.#view;
    if (!this.#abort || phase.kind !== 'running' || phase.cancelling) return;
    this.#show({origin, phase: {...phase, cancelling: true}});
    this.#abort.abort();
  }

  #show(view: ExplainView): void {
    this.#view = view;
    this.#changed(view);
  }
}
