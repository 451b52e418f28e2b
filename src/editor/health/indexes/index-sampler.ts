import type {Failure, Outcome} from '../../../core/outcome.ts';
import type {Session} from '../../../core/session.ts';
import {readIndexCounters, type CountersRead} from '../../../postgres/health/index-counters.ts';
import {Alarm} from '../alarm.ts';

/** ms to wait before each further attempt to connect; the last one is repeated. */
const retryAfter = [1000, 2000, 5000, 10_000, 30_000];

export interface Lost {
  readonly failure: Failure;
  readonly retryAt: number;
  readonly attempts: number;
}

export interface SamplerHome {
  /** Runs work on the panel's session while nothing else uses it. */
  readonly withSession: <T>(
    signal: AbortSignal,
    work: (session: Session) => Promise<Outcome<T>>,
  ) => Promise<Outcome<T>>;
  readonly pause: () => Promise<void>;
  readonly onRead: (read: CountersRead) => void;
  readonly onLost: (lost: Lost | undefined) => void;
}

/** Reads the counters again and again, for as long as somebody looks at them. */
export class IndexSampler {
  readonly #home: SamplerHome;
  readonly #ended = new AbortController();
  readonly #alarm = new Alarm();
  #interval = 0;
  #wanted = false;
  #since: number | undefined;
  #lost: Lost | undefined;
  #nextAt = 0;

  constructor(home: SamplerHome) {
    this.#home = home;
  }

  /** Looks until it is disposed of. */
  async run(): Promise<void> {
    while (!this.#ended.signal.aborted) {
      await this.#alarm.wait(this.#untilNext());
      if (this.#isDue) await this.#look();
    }
  }

  /** @param milliseconds between two looks; 0 for none */
  setInterval(milliseconds: number): void {
    this.#interval = milliseconds;
    this.#nextAt = Date.now();
    if (milliseconds === 0) this.#tell(undefined);
    this.#alarm.ring();
  }

  /** Nobody can see the page, or there is no list yet: nothing is asked of the server. */
  want(wanted: boolean): void {
    if (wanted === this.#wanted) return;
    this.#wanted = wanted;
    this.#alarm.ring();
  }

  /** The list was read anew at that moment, by the server's clock. */
  begin(at: number): void {
    this.#since = at;
    this.#nextAt = Date.now() + this.#interval;
    this.#tell(undefined);
    this.#alarm.ring();
  }

  dispose(): void {
    this.#ended.abort();
    this.#alarm.ring();
  }

  get #isDue(): boolean {
    return !this.#ended.signal.aborted && this.#untilNext() === 0;
  }

  #untilNext(): number {
    if (this.#ended.signal.aborted) return 0;
    if (!this.#wanted || this.#interval === 0) return Infinity;
    return Math.max(0, (this.#lost?.retryAt ?? this.#nextAt) - Date.now());
  }

  async #look(): Promise<void> {
    const {signal} = this.#ended;
    const {pause, withSession, onRead} = this.#home;
    const read = await withSession(signal, session =>
      readIndexCounters(session, this.#since, {signal, pause}),
    );
    if (signal.aborted) return;
    this.#nextAt = Date.now() + this.#interval;
    if (!read.ok) return this.#lose(read.failure);
    this.#tell(undefined);
    this.#since = read.value.at;
    onRead(read.value);
  }

  #lose(failure: Failure): void {
    const attempts = (this.#lost?.attempts ?? 0) + 1;
    const wait = retryAfter[Math.min(attempts, retryAfter.length) - 1] ?? 0;
    this.#tell({failure, retryAt: Date.now() + wait, attempts});
  }

  #tell(lost: Lost | undefined): void {
    if (lost === this.#lost) return;
    this.#lost = lost;
    this.#home.onLost(lost);
  }
}
