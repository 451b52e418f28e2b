import type {Camera} from './graph-camera.ts';
import {GraphFolds} from './graph-folds.ts';
import {layOut, type Box, type GraphLayout} from './graph-layout.ts';
import {GraphPlan} from './graph-plan.ts';
import {graphTree, type GraphItem, type GraphTree} from './graph-tree.ts';
import type {PlanModel, Viewing} from './model.ts';

/** What lasts when the view is left and made again: where the user was, and what they unfolded. */
export interface Remembered {
  folds: GraphFolds;
  camera?: Camera;
}

const remembered = new WeakMap<PlanModel['attribution'], Remembered>();

/** A plan as it is laid out now, which what the user folds and searches changes. */
export class GraphDrawing {
  readonly plan: GraphPlan;
  readonly memory: Remembered;
  #viewing: Viewing;
  #tree: GraphTree | undefined;
  #layout: GraphLayout = {width: 0, height: 0, boxes: new Map(), rows: []};

  constructor(model: PlanModel, viewing: Viewing) {
    this.plan = new GraphPlan(model, viewing.colourBy);
    const folds = new GraphFolds(model, this.plan.weights);
    this.memory = remembered.get(model.attribution) ?? {folds};
    // Other findings keep other nodes in sight, but what the user opened stays open.
    folds.openAs(this.memory.folds);
    this.memory.folds = folds;
    remembered.set(model.attribution, this.memory);
    this.#viewing = viewing;
    folds.reveal(viewing.selected);
    this.layOut();
  }

  get layout(): GraphLayout {
    return this.#layout;
  }

  get folds(): GraphFolds {
    return this.memory.folds;
  }

  get viewing(): Viewing {
    return this.#viewing;
  }

  /** @returns whether the layout, or what cards say, is another one now */
  update(viewing: Viewing): boolean {
    const before = this.#viewing;
    this.#viewing = viewing;
    const opened = viewing.selected !== before.selected && this.folds.reveal(viewing.selected);
    const recoloured = viewing.colourBy !== before.colourBy;
    if (recoloured) this.plan.colourBy = viewing.colourBy;
    const refolded = opened || viewing.collapsed !== before.collapsed;
    if (refolded) this.layOut();
    return refolded || recoloured;
  }

  layOut(): void {
    this.#tree = graphTree(this.plan.nodes, this.plan.weights, this.folds.with(this.#viewing.collapsed));
    if (this.#tree !== undefined) this.#layout = layOut(this.#tree);
  }

  /** @returns the item that shows a node */
  itemOf(id: number): GraphItem | undefined {
    return this.#tree?.itemOf(id);
  }

  itemAt(key: number): GraphItem | undefined {
    return this.#tree?.byKey.get(key);
  }

  boxOf(key: number): Box | undefined {
    return this.#layout.boxes.get(key);
  }

  /** @returns whether a search found a card's node, or one that it hides */
  readonly found = ({item}: Box): boolean => {
    const found = this.#viewing.found;
    if (found === undefined) return false;
    if (item.kind === 'node' && found.has(item.node.id)) return true;
    if (item.hidden === undefined) return false;
    const roots = item.kind === 'stack' ? item.stacked : [item.node];
    return roots.some(({id}) => this.#foundWithin(id, found));
  };

  readonly dimmed = (box: Box): boolean => this.#viewing.found !== undefined && !this.found(box);

  /** @returns keys from the root to an item */
  pathTo(key: number): ReadonlySet<number> {
    const path = new Set<number>();
    for (let item = this.itemAt(key); item !== undefined; item = item.parent) path.add(item.key);
    return path;
  }

  #foundWithin(id: number, found: ReadonlySet<number>): boolean {
    const end = id + (this.plan.weights.size[id] ?? 1);
    for (const each of found) if (each >= id && each < end) return true;
    return false;
  }
}
