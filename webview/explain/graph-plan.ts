import type {NodeNumbers} from '../../src/core/explain/attribution.ts';
import {textField} from '../../src/core/explain/fields.ts';
import type {PlanNode} from '../../src/core/explain/plan.ts';
import {colourOf, type Shade} from './colour.ts';
import {formatShare, rowsOf} from './colour-values.ts';
import {weightsOf, type Weights} from './colour-weights.ts';
import type {GraphItem} from './graph-tree.ts';
import {findingCounts} from './graph-words.ts';
import type {ColourBy, PlanModel} from './model.ts';

const nothing: NodeNumbers = {
  id: 0,
  state: 'unknown',
  cost: {total: 0, self: 0},
  plannedRows: 0,
  total: {},
  self: {},
};

interface Reference {
  readonly from: number;
  readonly to: number;
}

/** A plan with what drawing it asks again and again, computed once. */
export class GraphPlan {
  readonly model: PlanModel;
  readonly weights: Weights;
  /** Each CTE Scan, and the node of its CTE. */
  readonly references: readonly Reference[];
  readonly #findings: ReadonlyMap<number, number>;
  #colourBy: ColourBy;
  #shade: (id: number) => Shade;

  constructor(model: PlanModel, colourBy: ColourBy) {
    this.model = model;
    this.weights = weightsOf(model, 'self-time');
    this.references = referencesOf(model.attribution.plan.nodes);
    this.#findings = findingCounts(model);
    this.#colourBy = colourBy;
    this.#shade = colourOf(model, colourBy);
  }

  get colourBy(): ColourBy {
    return this.#colourBy;
  }

  set colourBy(colourBy: ColourBy) {
    this.#colourBy = colourBy;
    this.#shade = colourOf(this.model, colourBy);
  }

  get nodes(): readonly PlanNode[] {
    return this.model.attribution.plan.nodes;
  }

  numbersOf({id}: PlanNode): NodeNumbers {
    return this.model.attribution.numbers[id] ?? nothing;
  }

  findingsAt(id: number): number {
    return this.#findings.get(id) ?? 0;
  }

  shadeOfNode(id: number): Shade {
    return this.#shade(id);
  }

  /** Of a stack, the strongest in it. */
  shadeOf({kind, node, stacked}: GraphItem): Shade {
    if (kind === 'node') return this.#shade(node.id);
    const shades = stacked.map(({id}) => this.#shade(id));
    return shades.reduce((most, shade) => (shade.level > most.level ? shade : most), this.#shade(node.id));
  }

  /** Rows that flow from an item to the one above, over all loops. */
  rowsOf({kind, node, stacked}: GraphItem): number {
    if (kind === 'node') return rowsOf(this.numbersOf(node));
    return stacked.reduce((sum, node) => sum + rowsOf(this.numbersOf(node)), 0);
  }

  /** What a fold hides, or a stack holds: `12.3 ms, 8 %`. */
  hiddenWords({hidden, stacked}: GraphItem): string {
    const {sum, format} = this.weights;
    const weight = hidden?.weight ?? stacked.reduce((total, {id}) => total + (sum[id] ?? 0), 0);
    const whole = sum[0] ?? 0;
    return whole === 0 ? '' : `${format(weight)}, ${formatShare(weight / whole)}`;
  }

  /** What is in a stack: the type of its nodes where they all have one. */
  stackKind({stacked}: GraphItem): string {
    const types = new Set(stacked.map(({type}) => type));
    const [only] = types;
    return types.size === 1 && only !== undefined ? only : `${types.size} kinds of nodes`;
  }

  /** From the root to the node that took the most by itself. */
  slowestPath(): readonly number[] {
    const {own} = this.weights;
    const slowest = own.reduce((most, value, id) => (value > (own[most] ?? 0) ? id : most), 0);
    const path: number[] = [];
    for (let node = this.nodes[slowest]; node !== undefined; node = this.nodes[node.parent ?? -1])
      path.unshift(node.id);
    return path;
  }
}

/** Each CTE Scan with the node of its CTE. */
function referencesOf(nodes: readonly PlanNode[]): readonly Reference[] {
  const ctes = new Map<string, number>();
  for (const {id, subplanName} of nodes)
    if (subplanName?.startsWith('CTE ') === true) ctes.set(subplanName.slice(4), id);
  return nodes.flatMap(node => {
    const to = node.type === 'CTE Scan' ? ctes.get(textField(node, 'CTE Name') ?? '') : undefined;
    return to === undefined ? [] : [{from: node.id, to}];
  });
}
