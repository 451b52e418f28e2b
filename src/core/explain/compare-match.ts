import {rolesOf, type Role} from './compare-roles.ts';
import type {ExplainedPlan, PlanNode} from './plan.ts';

/** Which node of one plan is which of the other, by node id; absent where there is none. */
export interface Matching {
  readonly toAfter: ReadonlyMap<number, number>;
  readonly toBefore: ReadonlyMap<number, number>;
}

interface Side {
  readonly plan: ExplainedPlan;
  readonly roles: readonly Role[];
  readonly paired: Map<number, number>;
}

type Key = (role: Role) => string | undefined;

/** From the surest to the least sure; what is paired by one is out of the next. */
const keys: readonly Key[] = [
  ({category, scope, subject}) => `${category}\n${scope}\n${subject}`,
  ({category, subject}) => `${category}\n${subject}`,
  ({relation, scope}) => (relation === undefined ? undefined : `${relation}\n${scope}`),
];

/** Joins of other tables than before stand for each other in their order: the join order changed. */
const joinKey: Key = ({category, scope}) => (category === 'join' ? scope : undefined);

/** Pairs the nodes of two plans of one statement by what they are for. Linear in the number of nodes. */
export function matchPlans(before: ExplainedPlan, after: ExplainedPlan): Matching {
  const old: Side = {plan: before, roles: rolesOf(before), paired: new Map()};
  const now: Side = {plan: after, roles: rolesOf(after), paired: new Map()};
  for (const key of keys) pairByKey(old, now, key);
  pairByPosition(old, now);
  pairByKey(old, now, joinKey);
  return {toAfter: old.paired, toBefore: now.paired};
}

function pair(old: Side, now: Side, before: number, after: number): void {
  old.paired.set(before, after);
  now.paired.set(after, before);
}

function pairByKey(old: Side, now: Side, key: Key): void {
  const waiting = groups(now, key);
  for (const [text, ids] of groups(old, key)) {
    const others = waiting.get(text) ?? [];
    for (const [place, id] of ids.entries()) {
      const other = others[place];
      if (other !== undefined) pair(old, now, id, other);
    }
  }
}

/** @returns the ids of nodes without a counterpart, in pre-order */
function groups({roles, paired}: Side, key: Key): ReadonlyMap<string, readonly number[]> {
  const found = new Map<string, number[]>();
  for (const [id, role] of roles.entries()) {
    const text = paired.has(id) ? undefined : key(role);
    if (text === undefined) continue;
    const group = found.get(text);
    if (group) group.push(id);
    else found.set(text, [id]);
  }
  return found;
}

/** Top down: the children of a pair, of one category and on one side. */
function pairByPosition(old: Side, now: Side): void {
  const waiting = groupsByPlace(old);
  for (const node of now.plan.nodes) {
    const parent = node.parent === undefined ? undefined : now.paired.get(node.parent);
    if (now.paired.has(node.id) || (node.parent !== undefined && parent === undefined)) continue;
    const found = waiting.get(placeOf(node, parent, now))?.shift();
    if (found !== undefined) pair(old, now, found, node.id);
  }
}

/** @returns ids without a counterpart, but for scans, of which the relation says more than the place */
function groupsByPlace(old: Side): ReadonlyMap<string, number[]> {
  const found = new Map<string, number[]>();
  for (const node of old.plan.nodes) {
    if (old.paired.has(node.id) || old.roles[node.id]?.category === 'scan') continue;
    const place = placeOf(node, node.parent, old);
    const group = found.get(place);
    if (group) group.push(node.id);
    else found.set(place, [node.id]);
  }
  return found;
}

function placeOf({id, relationship}: PlanNode, parent: number | undefined, {roles}: Side): string {
  return [parent ?? 'root', relationship ?? '', roles[id]?.category ?? ''].join('\n');
}
