/** Lets one in at a time, in the order of arrival; who is in stays in until it leaves. */
export interface Turnstile<T> {
  holder(): T | undefined;
  /** @returns true once `who` is in, false when it was withdrawn while it waited. */
  enter(who: T): Promise<boolean>;
  /** Ends the turn of `who`; nothing happens when it has none. */
  exit(who: T): void;
  /** Takes `who` out of the queue. @returns false when it was not waiting. */
  withdraw(who: T): boolean;
}

export function createTurnstile<T>(): Turnstile<T> {
  let holder: T | undefined;
  let queue: readonly {readonly who: T; readonly let: (inside: boolean) => void}[] = [];
  const admit = (): void => {
    const [next, ...rest] = queue;
    if (holder !== undefined || !next) return;
    holder = next.who;
    queue = rest;
    next.let(true);
  };
  return {
    holder: () => holder,
    enter: who =>
      new Promise(resolve => {
        queue = [...queue, {who, let: resolve}];
        admit();
      }),
    exit: who => {
      if (holder !== who) return;
      holder = undefined;
      admit();
    },
    withdraw: who => {
      const waiting = queue.find(each => each.who === who);
      if (!waiting) return false;
      queue = queue.filter(each => each !== waiting);
      waiting.let(false);
      return true;
    },
  };
}
