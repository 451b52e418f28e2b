import type {Plan, Step, StepReport} from '../../../core/migrations/plan.ts';
import type {Session} from '../../../core/session.ts';
import type {RunOptions} from '../../framework.ts';
import {findHolder} from '../../shared/advisory-lock.ts';
import type {Line, Trouble} from '../runner/job.ts';
import type {Settings} from '../settings.ts';

/** What a runner has told so far. */
export class Progress {
  refused: 'locked' | 'moved' | undefined;
  connected = false;
  /** A migration was begun. */
  begun = false;
  /** The tool has come to its end. */
  finished = false;
  stopped: {readonly name?: string; readonly trouble?: Trouble} | undefined;
  /** The migration that failed outside of a transaction, and how many of its queries were done. */
  outside: {readonly name: string; readonly kept: number} | undefined;
  readonly done: StepReport[] = [];
  readonly #session: Session;
  readonly #plan: Plan;
  readonly #settings: Settings;
  readonly #run: RunOptions;
  readonly #cancel = (): void => void this.#cancelQuery();
  #pid: number | undefined;
  #started = 0;

  constructor(session: Session, plan: Plan, settings: Settings, run: RunOptions) {
    this.#session = session;
    this.#plan = plan;
    this.#settings = settings;
    this.#run = run;
    run.signal?.addEventListener('abort', this.#cancel, {once: true});
  }

  end(): void {
    this.#run.signal?.removeEventListener('abort', this.#cancel);
  }

  take(line: Line): void {
    switch (line.kind) {
      case 'connected':
        this.connected = true;
        this.#pid = line.pid;
        return;
      case 'waiting':
        void this.#waiting();
        return;
      case 'locked':
      case 'moved':
        this.refused = line.kind;
        return;
      case 'notice':
        this.#run.onEvent?.({kind: 'notice', message: line.message});
        return;
      case 'started':
        this.#begin(line.name);
        return;
      case 'finished':
        this.#finish(line.name);
        return;
      case 'outside':
        this.outside = line;
        return;
      case 'cancelled':
      case 'failed':
        this.stopped = line;
        return;
      case 'done':
        this.finished = true;
        return;
      case 'script':
      case 'no-script':
      case 'settings':
        return;
      default:
        line satisfies never;
    }
  }

  #begin(name: string): void {
    this.begun = true;
    this.#started = performance.now();
    const {index, step} = this.#find(name);
    if (step) this.#run.onEvent?.({kind: 'started', index, step});
  }

  #finish(name: string): void {
    const {index, step} = this.#find(name);
    if (!step) return;
    const report = {step, milliseconds: performance.now() - this.#started};
    this.done.push(report);
    this.#run.onEvent?.({kind: 'finished', index, report});
  }

  #find(name: string): {readonly index: number; readonly step: Step | undefined} {
    const index = this.#plan.steps.findIndex(({migration}) => migration.id === name);
    return {index, step: this.#plan.steps[index]};
  }

  async #waiting(): Promise<void> {
    const holder = await findHolder(this.#session, [this.#settings.lockValue]);
    this.#run.onEvent?.({kind: 'waiting-for-lock', ...(holder === undefined ? {} : {holder})});
  }

  /** The runner hears of it as well; but what the server is doing only the server can stop. */
  async #cancelQuery(): Promise<void> {
    if (this.#pid !== undefined)
      await this.#session.query('SELECT pg_catalog.pg_cancel_backend($1::int)', [this.#pid]);
  }
}
