import type {PlanText} from './plan-text.ts';

/** Texts that are kept at hand while a page reads them piece by piece: the two of a comparison. */
const atHand = 2;

/** Reads each kept text once for all of its pieces. */
export class PlanTexts {
  readonly #texts = new Map<string, Promise<PlanText | undefined>>();
  readonly #read: (id: string) => Promise<PlanText | undefined>;

  constructor(read: (id: string) => Promise<PlanText | undefined>) {
    this.#read = read;
  }

  get(id: string): Promise<PlanText | undefined> {
    const known = this.#texts.get(id);
    if (known) return known;
    const reading = this.#read(id);
    this.#texts.set(id, reading);
    const [oldest] = this.#texts.keys();
    if (this.#texts.size > atHand && oldest !== undefined) this.#texts.delete(oldest);
    return reading;
  }
}
