import {numberField, textField} from './fields.ts';
import {startsProcesses} from './parallel.ts';
import type {ExplainedPlan, FieldValue, PlanNode} from './plan.ts';

/** An InitPlan or CTE: it hangs at `owner`, and runs inside whichever node asks for its result first. */
export interface Displaced {
  readonly kind: 'cte' | 'init-plan';
  readonly node: PlanNode;
  readonly owner: PlanNode;
  /**
   * Nodes that may have run it, in the order in which they are to be believed; `owner` may be among them.
   * Empty when the plan does not show who asks, as without VERBOSE.
   */
  readonly consumers: readonly PlanNode[];
}

/** @returns every executed InitPlan and CTE of the plan with the nodes that ask for it. */
export function displacedIn(plan: ExplainedPlan): readonly Displaced[] {
  const found = plan.nodes.filter(node => node.relationship === 'InitPlan' && wasExecuted(node));
  if (found.length === 0) return [];
  const scans = cteScans(plan);
  const references = found.some(node => !isCte(node)) ? referencesIn(plan) : new Map<string, PlanNode[]>();
  return found.flatMap((node): readonly Displaced[] => {
    const owner = parentOf(plan, node);
    if (!owner) return [];
    return isCte(node)
      ? [{kind: 'cte', node, owner, consumers: scans.get(node) ?? []}]
      : [{kind: 'init-plan', node, owner, consumers: askersOf(plan, node, owner, references)}];
  });
}

/** @returns whether the executor reached the node. */
export function wasExecuted(node: PlanNode): boolean {
  return (numberField(node, 'Actual Loops') ?? 0) > 0;
}

/** @returns the node's parent; undefined for the root. */
export function parentOf({nodes}: ExplainedPlan, {parent}: PlanNode): PlanNode | undefined {
  return parent === undefined ? undefined : nodes[parent];
}

/** @returns the nodes of the subtree, `top` included: in pre-order they follow one another. */
export function subtree({nodes}: ExplainedPlan, top: PlanNode): readonly PlanNode[] {
  return nodes.slice(top.id, lastBelow(top) + 1);
}

/** @returns whether `node` is `top` or below it. */
export function isWithin(node: PlanNode, top: PlanNode): boolean {
  return node.id >= top.id && node.id <= lastBelow(top);
}

function lastBelow(top: PlanNode): number {
  let last = top;
  for (let next = last.children.at(-1); next; next = last.children.at(-1)) last = next;
  return last.id;
}

function isCte({subplanName}: PlanNode): boolean {
  return subplanName?.startsWith('CTE ') === true;
}

/** CTEs by the scans that read them. A recursive CTE's WorkTable Scan reads what is there and runs nothing. */
function cteScans(plan: ExplainedPlan): ReadonlyMap<PlanNode, readonly PlanNode[]> {
  const scans = new Map<PlanNode, PlanNode[]>();
  for (const scan of plan.nodes) {
    const name = scan.type === 'CTE Scan' ? textField(scan, 'CTE Name') : undefined;
    const cte = name === undefined || !wasExecuted(scan) ? undefined : cteNamed(plan, scan, `CTE ${name}`);
    if (cte) append(scans, cte, scan);
  }
  return scans;
}

/** An inner WITH hides an outer one of the same name, but not from its own query. */
function cteNamed(plan: ExplainedPlan, scan: PlanNode, name: string): PlanNode | undefined {
  let below = scan;
  for (let at = parentOf(plan, scan); at; at = parentOf(plan, at)) {
    const cte = at.children.find(child => child !== below && child.subplanName === name);
    if (cte) return cte;
    below = at;
  }
  return undefined;
}

/**
 * An InitPlan is run by the first node that asks. Workers get it ready made: the Gather on the way asks for what its
 * workers need (ExecInitParallelPlan). An Append asks when it prunes partitions at run time, and only the partitions
 * show it. Among the rest the last in pre-order comes first: the Output of a node above repeats what a node below
 * computed, and the inner side of a hash join is read first.
 */
function askersOf(
  plan: ExplainedPlan,
  node: PlanNode,
  owner: PlanNode,
  references: ReadonlyMap<string, readonly PlanNode[]>,
): readonly PlanNode[] {
  const asking = namesOf(node)
    .flatMap(name => references.get(name) ?? [])
    .filter(candidate => isWithin(candidate, owner) && !isWithin(candidate, node));
  const between = asking.flatMap(candidate => pathUp(plan, candidate, owner));
  const order = [
    ...between.filter(startsProcesses),
    ...between.filter(({type}) => type === 'Append' || type === 'Merge Append'),
  ].toSorted((a, b) => a.id - b.id);
  const deepestFirst = asking.filter(wasExecuted).toSorted((a, b) => b.id - a.id);
  return [...new Set([...order, ...deepestFirst])];
}

function pathUp(plan: ExplainedPlan, from: PlanNode, top: PlanNode): readonly PlanNode[] {
  const path: PlanNode[] = [];
  for (let at: PlanNode | undefined = from; at && at !== top; at = parentOf(plan, at)) path.push(at);
  return [...path, top];
}

/** How an expression names an InitPlan: `$0` before PostgreSQL 17, `(InitPlan 1).col1` since. */
function namesOf({subplanName = ''}: PlanNode): readonly string[] {
  const [, name = '', returned = ''] = /^InitPlan (\S+)(?: \(returns (.*)\))?$/.exec(subplanName) ?? [];
  return [`InitPlan ${name}`, ...(returned.match(/\$\d+/g) ?? [])];
}

/** Fields that name things and hold no expressions. */
const names: ReadonlySet<string> = new Set(['Subplan Name', 'Node Type', 'Parent Relationship', 'Alias']);

/** Nodes by the parameters that their expressions ask for, in strings and in arrays such as Output. */
function referencesIn({nodes}: ExplainedPlan): ReadonlyMap<string, PlanNode[]> {
  const references = new Map<string, PlanNode[]>();
  for (const node of nodes)
    for (const name in node.fields)
      if (!names.has(name))
        for (const found of parametersIn(node.fields[name])) append(references, found, node);
  return references;
}

function append<K>(lists: Map<K, PlanNode[]>, key: K, node: PlanNode): void {
  const list = lists.get(key);
  if (list) list.push(node);
  else lists.set(key, [node]);
}

function parametersIn(value: FieldValue | undefined): readonly string[] {
  if (typeof value === 'string')
    return value.includes('$') || value.includes('InitPlan ')
      ? [...value.matchAll(/\$\d+|(InitPlan [^\s()]+)\)/g)].map(([text, name]) => name ?? text)
      : [];
  return isList(value)
    ? value.flatMap(item => (isList(item) ? item.flatMap(parametersIn) : parametersIn(item)))
    : [];
}

function isList(value: FieldValue | undefined): value is readonly FieldValue[] {
  return Array.isArray(value);
}
