import {fail, type Outcome} from '../../../core/outcome.ts';
import type {Session} from '../../../core/session.ts';

type Open = (signal: AbortSignal) => Promise<Outcome<Session>>;

/** One session that several use in turn; it is opened when it is needed, and again when it was lost. */
export class KeptSession {
  readonly #open: Open;
  #session: Session | undefined;
  #last: Promise<unknown> = Promise.resolve();
  #closed = false;

  constructor(open: Open) {
    this.#open = open;
  }

  /** Waits for its turn. Failures: also those of opening. */
  use<T>(signal: AbortSignal, work: (session: Session) => Promise<Outcome<T>>): Promise<Outcome<T>> {
    const turn = this.#last.then(() => this.#run(signal, work));
    this.#last = turn.catch(() => {});
    return turn;
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#last;
    await this.#session?.close();
  }

  async #run<T>(signal: AbortSignal, work: (session: Session) => Promise<Outcome<T>>): Promise<Outcome<T>> {
    if (signal.aborted || this.#closed) return fail('cancelled', 'Cancelled.');
    if (!this.#session || this.#session.transactionStatus() === 'gone') {
      const opened = await this.#open(signal);
      if (!opened.ok) return opened;
      this.#session = opened.value;
    }
    return work(this.#session);
  }
}
