import type {Failure, Outcome} from '../../../core/outcome.ts';
import type {CountersRead} from '../../../postgres/health/index-counters.ts';
import {Alarm} from '../alarm.ts';
import {waitAfter} from '../lost.ts';

export interface Lost {
  readonly failure: Failure;
  readonly retryAt: number;
  readonly attempts: number;
}

export interface SamplerHome {
  /** @param since when the counters were read last, by the server's clock */
  readonly read: (since: number | undefined, signal: AbortSignal) => Promise<Outcome<CountersRead>>;
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
    const read = await this.#home.read(this.#since, signal);
    if (signal.aborted) return;
    this.#nextAt = Date.now() + this.#interval;
    if (!read.ok) return this.#lose(read.failure);
    this.#tell(undefined);
    this.#since = read.value.at;
    this.#home.onRead(read.value);
  }

  #lose(failure: Failure): void {
    const attempts = (this.#lost?.attempts ?? 0) + 1;
    this.#tell({failure, retryAt: Date.now() + waitAfter(attempts), attempts});
  }

  #tell(lost: Lost | undefined): void {
    if (lost === this.#lost) return;
    this.#lost = lost;
    this.#home.onLost(lost);
  }
}
