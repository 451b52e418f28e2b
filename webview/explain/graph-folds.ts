import type {PlanNode} from '../../src/core/explain/plan.ts';
import type {Weights} from './colour-weights.ts';
import type {PlanModel} from './model.ts';

/** What is folded away. */
export interface Folds {
  /** Whether what is below a node is hidden. */
  folded(id: number): boolean;
  /** Children of a node that are drawn as one stack. */
  stacked(id: number): ReadonlySet<number>;
  /** Whether the user unfolded it: a node's id, or a stack's key. */
  opened(key: number): boolean;
}

/** The key of the stack below a node; nodes have their ids, from 0. */
export function stackKey(parent: number): number {
  return -parent - 1;
}

/** A plan of up to so many nodes is shown whole. */
const smallPlan = 40;
/** A subtree below this share of the whole begins folded in a large plan, and may be in a stack. */
const quietShare = 0.005;
const stackShare = 0.01;
/** From so many children on, those that matter little become a stack; so many stay beside it, and are stacked. */
const crowd = 12;
const keptAtMost = 8;
const keptAtLeast = 3;
const stackAtLeast = 5;
/** A fold with up to so many nodes opens whole, a larger one a level at a time. */
const openedWhole = 40;

const none: ReadonlySet<number> = new Set();

/**
 * Folds what a reader would skip: in a plan of more than 40 nodes, subtrees with less than 0.5 % of the time; and of
 * more than twelve inputs of one node (partitions), all but those that took the most. What a finding is about, and
 * the way to it, always stays. The user opens and closes what they like; the page keeps what they closed, for all
 * views, and this keeps what they opened.
 */
export class GraphFolds {
  readonly #nodes: readonly PlanNode[];
  readonly #weights: Weights;
  readonly #noted: Uint8Array;
  readonly #stacks = new Map<number, ReadonlySet<number>>();
  readonly #quiet = new Set<number>();
  readonly #opened = new Set<number>();

  constructor({attribution, findings}: PlanModel, weights: Weights) {
    this.#nodes = attribution.plan.nodes;
    this.#weights = weights;
    this.#noted = notedPaths(
      this.#nodes,
      findings.flatMap(({nodes}) => nodes),
    );
    this.#foldQuiet();
    this.#stackCrowds();
  }

  /** @param collapsed what the user closed */
  with(collapsed: ReadonlySet<number>): Folds {
    return {
      folded: id => collapsed.has(id) || (this.#quiet.has(id) && !this.#opened.has(id)),
      stacked: id => this.#stacks.get(id) ?? none,
      opened: key => this.#opened.has(key),
    };
  }

  /** Opens or closes what this folded by itself. @returns false where it is for the page to toggle. */
  toggle(key: number): boolean {
    if (key < 0) {
      if (!this.#opened.delete(key)) this.#opened.add(key);
      return true;
    }
    if (!this.#quiet.has(key) || this.#opened.has(key)) return false;
    this.#open(key);
    return true;
  }

  /** Opens what hides a node, as far as this folded it. @returns whether anything was opened */
  reveal(id: number): boolean {
    const before = this.#opened.size;
    for (let node = this.#nodes[id]; node?.parent !== undefined; node = this.#nodes[node.parent]) {
      if (this.#quiet.has(node.parent)) this.#opened.add(node.parent);
      if (this.#stacks.get(node.parent)?.has(node.id) === true) this.#opened.add(stackKey(node.parent));
    }
    return this.#opened.size > before;
  }

  /** Opens what was opened in another one of the same plan. */
  openAs(other: GraphFolds): void {
    for (const key of other.#opened) this.#opened.add(key);
  }

  /** Opens everything. */
  openAll(): void {
    for (const id of this.#quiet) this.#opened.add(id);
    for (const parent of this.#stacks.keys()) this.#opened.add(stackKey(parent));
  }

  /** @returns whether anything is still folded by itself */
  get foldsAnything(): boolean {
    const open = (key: number): boolean => this.#opened.has(key);
    return ![...this.#quiet].every(open) || ![...this.#stacks.keys()].map(stackKey).every(open);
  }

  #open(id: number): void {
    this.#opened.add(id);
    const size = this.#weights.size[id] ?? 0;
    if (size > openedWhole) return;
    for (let below = id + 1; below < id + size; below++) if (this.#quiet.has(below)) this.#opened.add(below);
  }

  #foldQuiet(): void {
    if (this.#nodes.length <= smallPlan) return;
    for (const {id} of this.#nodes)
      if (id !== 0 && (this.#weights.size[id] ?? 0) > 2 && this.#isQuiet(id, quietShare)) this.#quiet.add(id);
  }

  #stackCrowds(): void {
    for (const node of this.#nodes) {
      const members = node.children.filter(({relationship}) => relationship === 'Member');
      if (members.length <= crowd) continue;
      const heavy = members.toSorted((a, b) => this.#sum(b.id) - this.#sum(a.id));
      const kept = heavy.filter(
        ({id}, rank) => rank < keptAtLeast || (rank < keptAtMost && !this.#isQuiet(id, stackShare)),
      );
      const keep = new Set(kept.map(({id}) => id));
      const rest = members.filter(({id}) => !keep.has(id) && this.#noted[id] !== 1);
      if (rest.length >= stackAtLeast) this.#stacks.set(node.id, new Set(rest.map(({id}) => id)));
    }
  }

  #isQuiet(id: number, share: number): boolean {
    return this.#noted[id] !== 1 && this.#sum(id) < share * this.#sum(0);
  }

  #sum(id: number): number {
    return this.#weights.sum[id] ?? 0;
  }
}

/** Marks nodes and all that is above them. */
function notedPaths(nodes: readonly PlanNode[], ids: readonly number[]): Uint8Array {
  const noted = new Uint8Array(nodes.length);
  for (const id of ids)
    for (let node = nodes[id]; node !== undefined && noted[node.id] !== 1; node = nodes[node.parent ?? -1])
      noted[node.id] = 1;
  return noted;
}
