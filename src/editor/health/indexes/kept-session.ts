import {l10n} from 'vscode';
import {fail, type Outcome} from '../../../core/outcome.ts';
import type {Session} from '../../../core/session.ts';
import {stumbled} from '../lost.ts';

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
    this.#last = turn;
    return turn;
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#last;
    await this.#session?.close();
  }

  async #run<T>(signal: AbortSignal, work: (session: Session) => Promise<Outcome<T>>): Promise<Outcome<T>> {
    if (signal.aborted || this.#closed) return fail('cancelled', l10n.t('Cancelled.'));
    if (!this.#session || this.#session.transactionStatus() === 'gone') {
      const opened = await this.#open(signal);
      if (!opened.ok) return opened;
      this.#session = opened.value;
    }
    try {
      return await work(this.#session);
    } catch (error) {
      // Nobody knows what state it is in.
      await this.#session.close();
      return {ok: false, failure: stumbled(error)};
    }
  }
}
