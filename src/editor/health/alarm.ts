/** Waits that can be ended early. */
export class Alarm {
  #ring: (() => void) | undefined;
  #rung = false;

  /** @param milliseconds `Infinity` for until it is rung */
  async wait(milliseconds: number): Promise<void> {
    if (!this.#rung)
      await new Promise<void>(resolve => {
        const timer = Number.isFinite(milliseconds) ? setTimeout(resolve, milliseconds) : undefined;
        this.#ring = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    this.#rung = false;
    this.#ring = undefined;
  }

  /** Ends the wait, or the next one when nobody waits now. */
  ring(): void {
    this.#rung = true;
    this.#ring?.();
  }
}
