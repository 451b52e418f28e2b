import type {Attribution, NodeNumbers} from '../../src/core/explain/attribution.ts';
import {textField} from '../../src/core/explain/fields.ts';
import type {PlanNode} from '../../src/core/explain/plan.ts';
import {ownValue} from './colour-values.ts';

/** What several nodes have in common, added up. */
export interface Group {
  readonly name: string;
  readonly nodes: readonly number[];
  /** ms; absent where no node of it has a time. */
  readonly selfMs?: number;
  /** Rows over all loops, of all its nodes. */
  readonly rows: number;
  /** 8 kB blocks that its nodes touched themselves. */
  readonly blocks?: number;
  readonly cost: number;
}

/** @returns the nodes by what `name` gives them, the group that took the most first; nodes without a name are left out. */
export function groupsOf(
  {plan, numbers}: Attribution,
  name: (node: PlanNode) => string | undefined,
): readonly Group[] {
  const members = new Map<string, NodeNumbers[]>();
  for (const node of plan.nodes) {
    const key = name(node);
    const own = numbers[node.id];
    if (key === undefined || own === undefined) continue;
    const list = members.get(key);
    if (list === undefined) members.set(key, [own]);
    else list.push(own);
  }
  return [...members]
    .map(([key, list]) => groupOf(key, list))
    .toSorted(
      (a, b) => (b.selfMs ?? 0) - (a.selfMs ?? 0) || b.cost - a.cost || b.nodes.length - a.nodes.length,
    );
}

function groupOf(name: string, members: readonly NodeNumbers[]): Group {
  return {
    name,
    nodes: members.map(({id}) => id),
    rows: total(members.map(rowsOf)) ?? 0,
    cost: total(members.map(({cost}) => cost.self)) ?? 0,
    ...known('selfMs', total(members.map(({execution}) => execution?.time?.selfMs))),
    ...known('blocks', total(members.map(own => ownValue(own, 'buffers')))),
  };
}

function rowsOf({execution, state, plannedRows}: NodeNumbers): number {
  return execution?.rows ?? (state === 'unknown' ? plannedRows : 0);
}

/** @returns undefined when none of the values is known */
function total(values: readonly (number | undefined)[]): number | undefined {
  const known = values.filter(value => value !== undefined);
  return known.length === 0 ? undefined : known.reduce((sum, value) => sum + value, 0);
}

function known<K extends string>(key: K, value: number | undefined): Partial<Record<K, number>> {
  const record: Partial<Record<K, number>> = {};
  if (value !== undefined) record[key] = value;
  return record;
}

/** A table with its schema, where the plan says it (VERBOSE). An index scan reads its table as well. */
export function tableOf(node: PlanNode): string | undefined {
  const table = textField(node, 'Relation Name');
  const schema = textField(node, 'Schema');
  return table === undefined || schema === undefined ? table : `${schema}.${table}`;
}

export function indexOf(node: PlanNode): string | undefined {
  return textField(node, 'Index Name');
}

/** Where the execution's time went beside the nodes; what the plan does not say is absent. */
export interface TimeParts {
  readonly planningMs?: number;
  readonly nodesMs?: number;
  /** The rest of the execution: starting and ending it, sending the result, triggers that run after the statement. */
  readonly besideMs?: number;
  readonly executionMs?: number;
  /** Part of the above, and not to be added: a trigger runs inside a node or after all of them. */
  readonly triggersMs?: number;
  readonly jitMs?: number;
  readonly serializationMs?: number;
}

export function timeParts({
  plan,
  planningMs,
  executionMs,
  triggersMs,
  jitMs,
  numbers,
}: Attribution): TimeParts {
  const nodesMs = numbers[0]?.execution?.time?.totalMs;
  const rest = executionMs === undefined || nodesMs === undefined ? undefined : executionMs - nodesMs;
  const serialization = plan.fields['Serialization'];
  const serializationMs =
    typeof serialization === 'object' && serialization !== null && 'Time' in serialization
      ? serialization['Time']
      : undefined;
  return {
    ...(planningMs === undefined ? {} : {planningMs}),
    ...(nodesMs === undefined ? {} : {nodesMs}),
    ...(triggersMs === undefined ? {} : {triggersMs}),
    ...(rest === undefined || rest < 0 ? {} : {besideMs: rest}),
    ...(executionMs === undefined ? {} : {executionMs}),
    ...(jitMs === undefined ? {} : {jitMs}),
    ...(typeof serializationMs === 'number' ? {serializationMs} : {}),
  };
}

/** @returns the part of the shared blocks that was found in shared buffers, 0–1; undefined where none was asked for. */
export function cacheShare({numbers}: Attribution): number | undefined {
  const {sharedHit, sharedRead} = numbers[0]?.total ?? {};
  const all = (sharedHit ?? 0) + (sharedRead ?? 0);
  return all === 0 ? undefined : (sharedHit ?? 0) / all;
}
