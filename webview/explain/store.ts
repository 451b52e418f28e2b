import type {Viewing} from './model.ts';

/** What the user looks at, and who wants to know of it. */
export interface Store {
  readonly viewing: Viewing;
  set(changes: ViewingChanges): void;
  listen(listener: (viewing: Viewing, before: Viewing) => void): void;
}

export type ViewingChanges = Partial<Omit<Viewing, 'found'>> & {
  readonly found?: ReadonlySet<number> | undefined;
};

export function makeStore(first: Viewing): Store {
  const listeners: Parameters<Store['listen']>[0][] = [];
  let viewing = first;
  return {
    get viewing() {
      return viewing;
    },
    set(changes) {
      const before = viewing;
      const {found, ...rest} = {...viewing, ...changes};
      viewing = found === undefined ? rest : {...rest, found};
      for (const listener of listeners) listener(viewing, before);
    },
    listen: listener => void listeners.push(listener),
  };
}

/** @returns `collapsed` without what hides the node: every node above it. */
export function uncovered(
  parents: readonly {readonly parent?: number}[],
  id: number,
  collapsed: ReadonlySet<number>,
): ReadonlySet<number> {
  const open = new Set(collapsed);
  for (let above = parents[id]?.parent; above !== undefined; above = parents[above]?.parent)
    open.delete(above);
  return open.size === collapsed.size ? collapsed : open;
}
