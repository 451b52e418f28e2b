type Present<T> = {readonly [K in keyof T]?: Exclude<T[K], undefined>};

/** @returns what is there of a change, so that nothing is overwritten by what is not */
export function present<T extends object>(value: T): Present<T>;
export function present(value: object): object {
  return Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined));
}
