import type {Attribution, NodeNumbers} from '../../../../src/core/explain/attribution.ts';
import {counterFields, type Counter} from '../../../../src/core/explain/counters.ts';
import {numberField} from '../../../../src/core/explain/fields.ts';
import type {PlanNode} from '../../../../src/core/explain/plan.ts';

/** What may stay of exact sums when numbers with a fraction are added in another order. */
const dust = 1e-6;

/** @returns what is wrong with the arithmetic of a plan: nothing, on any plan of any server. */
export function violations(attribution: Attribution): readonly string[] {
  return [
    ...sumOfTimes(attribution),
    ...Object.keys(counterFields)
      .filter(name => isCounter(name))
      .flatMap(name => sumOfCounter(attribution, name)),
    ...attribution.plan.nodes.flatMap(node => ofNode(attribution, node)),
  ];
}

function sumOfTimes({plan, numbers, executionMs}: Attribution): readonly string[] {
  const root = numbers[0]?.execution?.time;
  if (!root) return [];
  const own = sum(numbers.map(({execution}) => execution?.time?.selfMs ?? 0));
  const late = sum(lateNodes(plan.nodes).map(({id}) => numbers[id]?.execution?.time?.totalMs ?? 0));
  return [
    ...(own >= root.totalMs - dust && own <= root.totalMs + late + dust
      ? []
      : [`self times sum to ${own}, and the root took ${root.totalMs}`]),
    ...(executionMs !== undefined && root.totalMs > executionMs + dust
      ? [`the root took ${root.totalMs} of ${executionMs}`]
      : []),
  ];
}

function sumOfCounter({plan, numbers}: Attribution, name: Counter): readonly string[] {
  const own = sum(numbers.map(({self}) => self[name] ?? 0));
  const root = numbers[0]?.total[name] ?? 0;
  const late = sum(lateNodes(plan.nodes).map(({id}) => numbers[id]?.total[name] ?? 0));
  const isRight = own >= root - dust && own <= root + late + dust;
  return isRight ? [] : [`${name} of the nodes sums to ${own}, and the root has ${root}`];
}

/** What the executor finishes after the root, and the root therefore does not count. */
function lateNodes(nodes: readonly PlanNode[]): readonly PlanNode[] {
  return nodes.filter(({type, subplanName}) => type === 'ModifyTable' && subplanName?.startsWith('CTE '));
}

function ofNode({numbers}: Attribution, node: PlanNode): readonly string[] {
  const of = numbers[node.id];
  if (!of) return [`node ${node.id} has no numbers`];
  return [...ofExecution(node, of), ...ofCounters(node, of), ...ofEveryNumber(of)].map(
    what => `${node.type} ${node.id}: ${what}`,
  );
}

function ofExecution(node: PlanNode, {state, execution}: NodeNumbers): readonly string[] {
  const loops = numberField(node, 'Actual Loops');
  if (!execution) return loops === undefined || loops === 0 ? [] : ['was executed, and has no execution'];
  const {time, rows, processes, estimate} = execution;
  return [
    ...(state === 'executed' && loops === execution.loops && loops > 0 ? [] : ['is executed without loops']),
    ...(rows === (numberField(node, 'Actual Rows') ?? 0) * execution.loops ? [] : [`${rows} rows`]),
    ...(processes >= 1 ? [] : [`${processes} processes`]),
    ...(estimate && estimate.factor < 1 ? [`the estimate's factor is ${estimate.factor}`] : []),
    ...(time && time.selfMs < -time.selfEpsilonMs - dust
      ? [`self ${time.selfMs} is below −${time.selfEpsilonMs}`]
      : []),
    ...(time && time.selfMs > time.totalMs + dust
      ? [`self ${time.selfMs} is more than ${time.totalMs}`]
      : []),
  ];
}

function ofCounters(node: PlanNode, {self, total}: NodeNumbers): readonly string[] {
  return Object.keys(counterFields)
    .filter(name => isCounter(name))
    .flatMap(name => {
      const [own, all] = [self[name] ?? 0, total[name] ?? 0];
      // Each I/O time is rounded to 0.001 ms by itself.
      const error = name.endsWith('Ms') ? 0.0005 * (node.children.length + 1) + dust : 0;
      return own >= -error && own <= all + error ? [] : [`own ${name} ${own} of ${all}`];
    });
}

function ofEveryNumber(of: NodeNumbers): readonly string[] {
  const {execution, cost, self, total, plannedRows} = of;
  const all: readonly (readonly [string, unknown])[] = [
    ...Object.entries({...execution?.time, ...execution?.estimate, ...cost, plannedRows}),
    ...Object.entries({...self}),
    ...Object.entries({...total}),
  ];
  const numbers = all.filter(([, value]) => typeof value === 'number');
  const wrong = numbers.filter(([, value]) => !Number.isFinite(value));
  const negative = numbers.filter(([name, value]) => Number(value) < 0 && !/^self|Ms$/.test(name));
  return [...wrong, ...negative].map(([name, value]) => `${name} is ${String(value)}`);
}

function isCounter(name: string): name is Counter {
  return name in counterFields;
}

function sum(values: readonly number[]): number {
  return values.reduce((all, value) => all + value, 0);
}
