import {textField} from './fields.ts';
import type {ExplainedPlan, PlanNode} from './plan.ts';

/** What a node is for, in words that stay the same when the planner chooses another way to do it. */
export interface Role {
  /** `scan`, `join`, `aggregate`, …: nodes of one category can stand for each other. */
  readonly category: string;
  /** The nearest SubPlan, InitPlan or CTE it belongs to; empty for the statement itself. */
  readonly scope: string;
  /** Of a scan: what it reads. Of everything else: what is read below it, in any order. */
  readonly subject: string;
  /** Of a scan: its relation alone, since aliases change when a plan was rewritten. */
  readonly relation?: string;
}

const categories: Readonly<Record<string, string>> = {
  'Nested Loop': 'join',
  'Hash Join': 'join',
  'Merge Join': 'join',
  'Incremental Sort': 'Sort',
  'Gather Merge': 'Gather',
  'Merge Append': 'Append',
  Group: 'Aggregate',
  Unique: 'Aggregate',
  BitmapOr: 'BitmapAnd',
};

const targets = [
  'Relation Name',
  'Function Name',
  'Table Function Name',
  'CTE Name',
  'Tuplestore Name',
  'Alias',
];

/** @returns the role of each node, by node id. Linear in the number of nodes */
export function rolesOf(plan: ExplainedPlan): readonly Role[] {
  const scopes = scopesOf(plan);
  const heaps = heapsOf(plan);
  const sums: number[] = Array.from({length: plan.nodes.length}, () => 0);
  const roles: Role[] = [];
  for (const node of plan.nodes.toReversed()) {
    const own = targetOf(node);
    const sum = (sums[node.id] ?? 0) + (own === undefined ? 0 : hashOf(own));
    sums[node.id] = sum;
    if (node.parent !== undefined && !hangs(node)) sums[node.parent] = (sums[node.parent] ?? 0) + sum;
    roles[node.id] = roleOf(node, {own, sum, scope: scopes[node.id] ?? '', heap: heaps[node.id]});
  }
  return roles;
}

interface Known {
  readonly own: string | undefined;
  readonly sum: number;
  readonly scope: string;
  readonly heap: string | undefined;
}

function roleOf(node: PlanNode, {own, sum, scope, heap}: Known): Role {
  if (node.type === 'Bitmap Index Scan')
    return {category: node.type, scope, subject: `${heap ?? ''} ${textField(node, 'Index Name') ?? ''}`};
  const relation = textField(node, 'Relation Name');
  const isScan = own !== undefined && node.children.every(child => hangs(child) || isBitmap(child));
  return {
    category: isScan ? 'scan' : categoryOf(node),
    scope,
    subject: isScan ? own : String(sum),
    ...(isScan && relation !== undefined ? {relation} : {}),
  };
}

/** The halves of a parallel aggregate are two steps, each with its own counterpart. */
function categoryOf(node: PlanNode): string {
  const half = textField(node, 'Partial Mode') === 'Partial' ? ' Partial' : '';
  return `${categories[node.type] ?? node.type}${half}`;
}

function targetOf(node: PlanNode): string | undefined {
  if (node.type === 'ModifyTable') return undefined;
  const names = targets.flatMap(field => textField(node, field) ?? []);
  return names.length === 0 ? undefined : names.join(' ');
}

/** True for what is planned apart from the rows of its parent, and may hang at another node next time. */
export function hangs({relationship}: PlanNode): boolean {
  return relationship === 'InitPlan' || relationship === 'SubPlan';
}

function isBitmap({type}: PlanNode): boolean {
  return type === 'Bitmap Index Scan' || type === 'BitmapAnd' || type === 'BitmapOr';
}

/** Before PostgreSQL 17 a name says which parameters it sets: `InitPlan 1 (returns $0)`. */
export function subplanName(node: PlanNode): string | undefined {
  return node.subplanName?.replace(/ \(returns .*\)$/, '');
}

function scopesOf({nodes}: ExplainedPlan): readonly string[] {
  const scopes: string[] = [];
  for (const node of nodes) {
    const outer = node.parent === undefined ? '' : (scopes[node.parent] ?? '');
    scopes.push(subplanName(node) ?? outer);
  }
  return scopes;
}

/** What the bitmaps are for, passed down from the heap scan. */
function heapsOf({nodes}: ExplainedPlan): readonly (string | undefined)[] {
  const heaps: (string | undefined)[] = [];
  for (const node of nodes) {
    const outer = node.parent === undefined ? undefined : heaps[node.parent];
    heaps.push(node.type === 'Bitmap Heap Scan' ? targetOf(node) : outer);
  }
  return heaps;
}

/**
 * FNV-1a. Sums of up to two million of these are exact in a double, and do not depend on the order.
 * Source: http://www.isthe.com/chongo/tech/comp/fnv/
 */
export function hashOf(text: string, basis = 0x811c9dc5): number {
  let hash = basis;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}
