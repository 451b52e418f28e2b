import type {NodeNumbers} from '../../src/core/explain/attribution.ts';
import type {PlanNode} from '../../src/core/explain/plan.ts';
import type {Shade} from './colour.ts';
import {weightsOf, type Weights} from './colour-weights.ts';
import type {Bar} from './flame-layout.ts';
import {GraphPlan} from './graph-plan.ts';
import type {ColourBy, PlanModel} from './model.ts';

/** A plan with what its flame graph asks again and again. */
export class FlamePlan {
  readonly #plan: GraphPlan;
  #weights: Weights;

  constructor(model: PlanModel, colourBy: ColourBy) {
    this.#plan = new GraphPlan(model, colourBy);
    this.#weights = weightsOf(model, colourBy);
  }

  get weights(): Weights {
    return this.#weights;
  }

  get nodes(): readonly PlanNode[] {
    return this.#plan.nodes;
  }

  get colourBy(): ColourBy {
    return this.#plan.colourBy;
  }

  set colourBy(colourBy: ColourBy) {
    this.#plan.colourBy = colourBy;
    this.#weights = weightsOf(this.#plan.model, colourBy);
  }

  numbersOf(node: PlanNode): NodeNumbers {
    return this.#plan.numbersOf(node);
  }

  findingsAt(id: number): number {
    return this.#plan.findingsAt(id);
  }

  /** Of merged bars, the strongest. */
  shadeOf({id, merged}: Pick<Bar, 'id' | 'merged'>): Shade {
    const shades = [id, ...merged].map(each => this.#plan.shadeOfNode(each));
    return shades.reduce((most, shade) => (shade.level > most.level ? shade : most));
  }

  /** What a bar's width stands for. */
  weightWords({id, merged}: Bar): string {
    const {sum, format} = this.#weights;
    const ids = merged.length > 0 ? merged : [id];
    return format(ids.reduce((total, each) => total + (sum[each] ?? 0), 0));
  }

  /** The bar's part of the whole plan, 0–1. */
  shareOf({id, merged}: Bar): number {
    const {sum} = this.#weights;
    const ids = merged.length > 0 ? merged : [id];
    return ids.reduce((total, each) => total + (sum[each] ?? 0), 0) / (sum[0] ?? 1);
  }

  /** Nodes from the root to this one, both included. */
  pathTo(id: number): readonly PlanNode[] {
    const path: PlanNode[] = [];
    for (let node = this.nodes[id]; node !== undefined; node = this.nodes[node.parent ?? -1]) path.push(node);
    return path.toReversed();
  }

  /** Whether a node is another one or below it. */
  isWithin(id: number, above: number): boolean {
    return id >= above && id < above + (this.#weights.size[above] ?? 0);
  }
}
