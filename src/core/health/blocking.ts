import type {PreparedTransaction, SessionRow, SessionsPart} from './parts/sessions.ts';
import type * as z from 'zod/mini';

type Prepared = z.infer<typeof PreparedTransaction>;

interface Blocker {
  /** Sessions that wait behind it, directly or behind others; each counts once. */
  readonly blocks: number;
  /** Who waits for it, those who block most first. */
  readonly children: readonly BlockingTree[];
}

/** A session that blocks or waits. */
export interface BlockingSession extends Blocker {
  readonly kind: 'session';
  readonly pid: number;
  readonly row: SessionRow;
  /** ms that it has waited; absent for who does not wait, and in the first moment of a wait. */
  readonly waitsMs?: number;
  /** The lock that it waits for, or one of its parallel workers. */
  readonly wants?: SessionRow['wants'];
  /** The others that it waits for as well: ending one of several blockers frees nobody. Without 0. */
  readonly alsoWaitsFor: readonly number[];
  /** It waits for several, and stands with its children beneath another one of them. */
  readonly repeated: boolean;
  /** Nobody stands before it: a deadlock that the server has not broken yet. */
  readonly cycle: boolean;
}

/** A prepared transaction, which has no process: COMMIT PREPARED or ROLLBACK PREPARED ends it. */
export interface BlockingPrepared extends Blocker {
  readonly kind: 'prepared';
  readonly pid: 0;
  /** Absent when there are several, and the server did not say which. */
  readonly transaction?: Prepared;
}

export type BlockingTree = BlockingSession | BlockingPrepared;

/** A pid, or the name of a prepared transaction. */
type Key = number | string;

interface Graph {
  readonly rows: ReadonlyMap<number, SessionRow>;
  readonly prepared: ReadonlyMap<string, Prepared | undefined>;
  readonly waitsFor: ReadonlyMap<number, readonly Key[]>;
  readonly blocks: ReadonlyMap<Key, readonly number[]>;
  /** How many wait behind each. */
  readonly behind: ReadonlyMap<Key, number>;
  /** What parallel workers wait for, by leader. */
  readonly waits: ReadonlyMap<number, NonNullable<SessionRow['wants']>>;
  readonly now: number | undefined;
}

/**
 * Who blocks whom: trees whose roots wait for nobody, those who block most first. Who waits for several stands with its
 * children beneath the one that is nearest to a root, and is repeated, without children, beneath the others. Parallel
 * workers stand for their leader. Pure.
 */
export function buildBlocking(sessions: SessionsPart): readonly BlockingTree[] {
  const graph = graphOf(sessions);
  const parents = nearestParents(graph);
  const roots = [...parents].flatMap(([key, parent]) => (parent === undefined ? [key] : []));
  return byWeight(roots, graph).map(root => treeOf(root, undefined, graph, parents));
}

function graphOf({rows, prepared}: SessionsPart): Graph {
  const known = new Map(rows.map(row => [row.pid, row]));
  const waitsFor = waitsForOf(rows, known, prepared);
  const blocks = new Map<Key, number[]>();
  for (const [pid, keys] of waitsFor)
    for (const key of keys) {
      const others = blocks.get(key);
      if (others) others.push(pid);
      else blocks.set(key, [pid]);
    }
  return {
    rows: known,
    prepared: new Map(prepared.map(one => [one.gid, one])),
    waitsFor,
    blocks,
    behind: new Map([...blocks.keys()].map(key => [key, countBehind(key, blocks)])),
    waits: new Map(rows.flatMap(({leader, wants}) => (leader && wants ? [[leader, wants]] : []))),
    now: rows.find(({own}) => own)?.queryAt,
  };
}

function waitsForOf(
  rows: readonly SessionRow[],
  known: ReadonlyMap<number, SessionRow>,
  prepared: SessionsPart['prepared'],
): ReadonlyMap<number, readonly Key[]> {
  const waitsFor = new Map<number, readonly Key[]>();
  for (const row of rows) {
    const waiter = row.leader !== undefined && known.has(row.leader) ? row.leader : row.pid;
    const isThere = (key: Key): boolean => key !== waiter && (typeof key === 'string' || known.has(key));
    const blockers = blockersOf(row, prepared).filter(key => isThere(key));
    if (blockers.length > 0)
      waitsFor.set(waiter, [...new Set([...(waitsFor.get(waiter) ?? []), ...blockers])]);
  }
  return waitsFor;
}

function blockersOf(row: SessionRow, prepared: SessionsPart['prepared']): readonly Key[] {
  const [only, ...more] = prepared;
  const named = row.blockedByPrepared ?? (only && more.length === 0 ? [only.gid] : ['']);
  return row.blockedBy.flatMap((pid): readonly Key[] => (pid === 0 ? named : [pid]));
}

function countBehind(key: Key, blocks: ReadonlyMap<Key, readonly number[]>): number {
  const seen = new Set<Key>([key]);
  for (const one of seen) for (const pid of blocks.get(one) ?? []) seen.add(pid);
  return seen.size - 1;
}

/** @returns the blocker that each stands beneath; nothing for roots, a member of each cycle among them */
function nearestParents({waitsFor, blocks, behind}: Graph): ReadonlyMap<Key, Key | undefined> {
  const parents = new Map<Key, Key | undefined>();
  const descend = (roots: readonly Key[]): void => {
    const open = [...roots];
    for (const root of roots) parents.set(root, undefined);
    for (const key of open)
      for (const pid of blocks.get(key) ?? [])
        if (!parents.has(pid)) {
          parents.set(pid, key);
          open.push(pid);
        }
  };
  const heaviest = [...blocks.keys()].toSorted((a, b) => (behind.get(b) ?? 0) - (behind.get(a) ?? 0));
  descend(heaviest.filter(key => typeof key === 'string' || !waitsFor.has(key)));
  for (const key of heaviest) if (!parents.has(key)) descend([key]);
  return parents;
}

function treeOf(
  key: Key,
  above: Key | undefined,
  graph: Graph,
  parents: ReadonlyMap<Key, Key | undefined>,
): BlockingTree {
  const repeated = parents.get(key) !== above;
  const beneath = repeated ? [] : beneathOf(key, above, graph, parents);
  const children = byWeight(beneath, graph).map(pid => treeOf(pid, key, graph, parents));
  const blocks = graph.behind.get(key) ?? 0;
  const row = typeof key === 'number' ? graph.rows.get(key) : undefined;
  if (row === undefined) {
    const transaction = graph.prepared.get(String(key));
    return {kind: 'prepared', pid: 0, blocks, children, ...(transaction === undefined ? {} : {transaction})};
  }
  const waitsFor = graph.waitsFor.get(row.pid) ?? [];
  return {
    kind: 'session',
    pid: row.pid,
    row,
    blocks,
    children,
    ...waitOf(row, graph),
    alsoWaitsFor: waitsFor.flatMap(other =>
      typeof other === 'string' || other === above || parents.get(other) === above ? [] : [other],
    ),
    repeated,
    cycle: above === undefined && waitsFor.length > 0,
  };
}

/** Repeats stand beneath roots only: who waits as well is not the one to be ended, and a queue would grow with its square. */
function beneathOf(
  key: Key,
  above: Key | undefined,
  {blocks}: Graph,
  parents: ReadonlyMap<Key, Key | undefined>,
): readonly number[] {
  const waiting = blocks.get(key) ?? [];
  return above === undefined ? waiting : waiting.filter(pid => parents.get(pid) === key);
}

function waitOf({wants, pid}: SessionRow, {waits, now}: Graph): Pick<BlockingSession, 'waitsMs' | 'wants'> {
  const wanted = wants ?? waits.get(pid);
  if (wanted === undefined) return {};
  const {since} = wanted;
  if (since === undefined || now === undefined) return {wants: wanted};
  return {wants: wanted, waitsMs: Math.max(0, now - since)};
}

function byWeight<K extends Key>(keys: readonly K[], {behind, rows}: Graph): readonly K[] {
  const since = (key: Key): number => (typeof key === 'number' ? (rows.get(key)?.wants?.since ?? 0) : 0);
  return keys.toSorted((a, b) => (behind.get(b) ?? 0) - (behind.get(a) ?? 0) || since(a) - since(b));
}
