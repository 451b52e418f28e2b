import type {FileRange} from '../../core/migrations/plan.ts';
import {rollOut, type MigrateTarget, type TargetState} from '../../core/rollout/rollout.ts';
import {
  type PlannedView,
  type RolloutChange,
  type RolloutChoice,
  type RolloutPhase,
  type RolloutView,
  type TargetViewState,
} from '../../protocol/rollout-panel.ts';
import {
  applyRolloutChange,
  nameToType,
  strictest,
  toMigrate,
  usualCanary,
} from '../../protocol/rollout-state.ts';
import {stateView} from './state-view.ts';

/** What a target's own status says is to be done. */
export interface PlannedTarget {
  readonly state: Extract<TargetViewState, {kind: 'waiting' | 'unchanged' | 'refused'}>;
  readonly planned?: PlannedView;
}

/** What a rollout does with its targets, by their ids. Nothing of it rejects. */
export interface RolloutWork {
  /** Plans all of them, each from its own status. */
  readonly plan: (
    ids: readonly string[],
    observe: (id: string, planned: PlannedTarget) => void,
  ) => Promise<void>;
  /** Runs what was planned. */
  readonly migrate: MigrateTarget;
}

/** A range where the server named a place, otherwise the file. */
export type FailurePlace = FileRange | string;

export type Started = 'started' | 'not-ready' | 'name-differs';

/** One group of targets, its confirmation and its rollout. It goes on whether or not a panel shows it. */
export class RolloutSession {
  #view: RolloutView;
  readonly #work: RolloutWork;
  readonly #places: Map<string, FailurePlace>;
  readonly #listeners = new Set<(change: RolloutChange) => void>();
  #stop = new AbortController();
  #cancel = new AbortController();
  /** By the user. */
  #chosen = false;
  #answer: ((yes: boolean) => void) | undefined;

  /** @param places where targets failed before, by their ids */
  constructor(view: RolloutView, work: RolloutWork, places: ReadonlyMap<string, FailurePlace> = new Map()) {
    this.#view = view;
    this.#work = work;
    this.#places = new Map(places);
  }

  get view(): RolloutView {
    return this.#view;
  }

  get busy(): boolean {
    return this.#view.phase.kind === 'running' || this.#view.phase.kind === 'planning';
  }

  /** Where targets failed, by their ids. */
  get places(): ReadonlyMap<string, FailurePlace> {
    return this.#places;
  }

  /** @returns a function that ends it. */
  onChange(listener: (change: RolloutChange) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Plans all targets anew. What was done stays so where nothing new is pending. */
  async plan(): Promise<void> {
    if (this.busy) return;
    this.#phase({kind: 'planning'});
    const before = new Map(this.#view.targets.map(target => [target.id, target]));
    for (const id of before.keys()) this.#target(id, {kind: 'planning'});
    try {
      await this.#work.plan([...before.keys()], (id, {state, planned}) => {
        const known = before.get(id);
        const stays = state.kind === 'unchanged' && known?.state.kind === 'done';
        if (stays) this.#target(id, known.state, known.planned);
        else this.#target(id, state, planned);
      });
      this.#settleCanary();
      this.#phase({kind: 'planned'});
    } catch {
      this.#phase({kind: 'ended', end: 'broke'});
    }
  }

  choose(choice: RolloutChoice): void {
    if (this.busy) return;
    this.#chosen = true;
    this.#change({kind: 'choice', choice});
  }

  leaveOut(): void {
    if (this.busy) return;
    const refused = this.#view.targets.filter(({state}) => state.kind === 'refused');
    this.#change({kind: 'left-out', ids: refused.map(({id}) => id)});
    this.#settleCanary();
  }

  /** @param typed checked here as well, so that no page can pass over the question */
  start(typed: string | null): Started {
    const {phase, targets} = this.#view;
    if (phase.kind !== 'planned' || toMigrate(this.#view).length === 0) return 'not-ready';
    if (targets.some(({state}) => state.kind === 'refused')) return 'not-ready';
    if (strictest(toMigrate(this.#view)) === 'production' && typed !== nameToType(this.#view))
      return 'name-differs';
    this.#stop = new AbortController();
    this.#cancel = new AbortController();
    this.#phase({kind: 'running', startedAt: Date.now(), going: 'on', asking: false});
    void this.#run();
    return 'started';
  }

  /** The answer to the question after the canary. */
  goOn(yes: boolean): void {
    this.#answer?.(yes);
  }

  /** The first time no further target is started, the second time those that run are cancelled. */
  stop(): void {
    const {phase} = this.#view;
    if (phase.kind !== 'running') return;
    if (phase.asking) return this.goOn(false);
    const cancels = phase.going !== 'on';
    this.#phase({...phase, going: cancels ? 'cancelling' : 'stopping'});
    (cancels ? this.#cancel : this.#stop).abort();
  }

  async #run(): Promise<void> {
    const {targets, choice} = this.#view;
    try {
      const {kind} = await rollOut(
        targets.map(({id}) => id),
        {
          limit: choice.limit,
          ...(choice.canary === null ? {} : {canary: choice.canary}),
          migrate: this.#work.migrate,
          onState: (id, state) => this.#moved(id, state),
          afterCanary: () => this.#ask(),
          stop: this.#stop.signal,
          signal: this.#cancel.signal,
        },
        this.#known(),
      );
      this.#phase({kind: 'ended', end: kind});
    } catch {
      this.#phase({kind: 'ended', end: 'broke'});
    }
  }

  /** Targets that are where they should be. */
  #known(): ReadonlyMap<string, TargetState> {
    return new Map(
      this.#view.targets.flatMap(({id, state}) =>
        state.kind === 'done' || state.kind === 'unchanged' ? [[id, state]] : [],
      ),
    );
  }

  #moved(id: string, state: TargetState): void {
    const place = state.kind === 'failed' ? (state.stopped?.at ?? state.stopped?.step.path) : undefined;
    if (place === undefined) this.#places.delete(id);
    else this.#places.set(id, place);
    this.#target(id, stateView(state));
  }

  async #ask(): Promise<boolean> {
    const {phase} = this.#view;
    // Whoever has pressed Stop while the canary ran has answered.
    if (phase.kind !== 'running' || phase.going !== 'on') return false;
    this.#phase({...phase, asking: true});
    const yes = await new Promise<boolean>(resolve => (this.#answer = resolve));
    this.#answer = undefined;
    this.#phase({...phase, asking: false});
    return yes;
  }

  /** A canary that has nothing to do would try nothing; and nobody needs one once a target is done. */
  #settleCanary(): void {
    const {choice} = this.#view;
    const fits = toMigrate(this.#view).some(({id}) => id === choice.canary);
    if (fits || (choice.canary === null && this.#chosen)) return;
    this.#change({kind: 'choice', choice: {...choice, canary: usualCanary(this.#view)}});
  }

  #target(id: string, state: TargetViewState, planned?: PlannedView): void {
    this.#change({kind: 'target', id, state, ...(planned ? {planned} : {})});
  }

  #phase(phase: RolloutPhase): void {
    this.#change({kind: 'phase', phase});
  }

  #change(change: RolloutChange): void {
    this.#view = applyRolloutChange(this.#view, change);
    for (const listener of this.#listeners) listener(change);
  }
}
