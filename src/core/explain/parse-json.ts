import {fail, ok, type Outcome} from '../outcome.ts';
import type {ExplainedPlan, Fields, FieldValue, PlanNode} from './plan.ts';

/** A node whose children are still being read. */
type Growing = Omit<PlanNode, 'children'> & {readonly children: PlanNode[]};

const advice = 'Give what EXPLAIN (FORMAT JSON) printed, from its first bracket to its last.';

/**
 * Reads what `EXPLAIN (FORMAT JSON)` of PostgreSQL 14–18 prints: an array of `{"Plan": …}`, one for each query that
 * rules made of the statement; or one such object, as auto_explain writes it. Every field is kept as it is.
 * @param value the parsed JSON
 * @param source the text it was parsed from, for the raw view and for numbers that JavaScript cannot hold
 * @returns the plans in their order; `invalid-input` says what was expected, what was found, and where
 */
export function planOfJson(value: unknown, source: string): Outcome<readonly ExplainedPlan[]> {
  const entries: readonly unknown[] = Array.isArray(value) ? value : [value];
  // A rule's NOTIFY has no plan; EXPLAIN writes its name between the plans.
  const queries = entries.filter(entry => !(Array.isArray(value) && typeof entry === 'string'));
  if (queries.length === 0) return noQueries(entries);
  const plans: ExplainedPlan[] = [];
  for (const [index, query] of queries.entries()) {
    const plan = planOf(query, source, index);
    if (!plan.ok) return plan;
    plans.push(plan.value);
  }
  return ok(plans);
}

function noQueries(entries: readonly unknown[]): Outcome<never> {
  return entries.length === 0
    ? fail('invalid-input', 'There is no plan in it: a rule rewrites the statement to nothing.')
    : fail('invalid-input', `There is no plan in it, only ${entries.map(kindOf).join(', ')}.`);
}

function planOf(query: unknown, source: string, index: number): Outcome<ExplainedPlan> {
  if (!isFields(query)) return expected('an object with "Plan"', query, `query ${index + 1}`);
  const {Plan: plan, ...fields} = query;
  if (!isFields(plan)) return expected('an object', plan, `"Plan" of query ${index + 1}`);
  const nodes = nodesOf(plan);
  if (!nodes.ok) return nodes;
  const [root] = nodes.value;
  if (!root) return expected('an object', plan, `"Plan" of query ${index + 1}`);
  const {'Query Text': text} = fields;
  return ok({
    format: 'json',
    root,
    nodes: nodes.value,
    analyzed: 'Actual Loops' in root.fields,
    fields: withQueryIdentifier(fields, source, index),
    ...(typeof text === 'string' ? {queryText: text} : {}),
    source,
  });
}

/** Reads in pre-order with a stack of its own: a plan can be deeper than JavaScript's. */
function nodesOf(plan: Fields): Outcome<readonly PlanNode[]> {
  const nodes: PlanNode[] = [];
  const waiting: {readonly value: unknown; readonly parent?: Growing}[] = [{value: plan}];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const {value, parent} = next;
    const where = parent ? `"Plans" of node ${parent.id + 1} (${parent.type})` : '"Plan"';
    if (!isFields(value)) return expected('an object', value, where);
    const {Plans: children = [], ...fields} = value;
    const type = fields['Node Type'];
    if (typeof type !== 'string') return expected('a text in "Node Type"', type, where);
    const node = growing(nodes.length, type, fields, parent);
    if (!isList(children)) return expected('an array', children, `"Plans" of node ${node.id + 1} (${type})`);
    for (let index = children.length - 1; index >= 0; index -= 1)
      waiting.push({value: children[index], parent: node});
    nodes.push(node);
    parent?.children.push(node);
  }
  return ok(nodes);
}

function growing(id: number, type: string, fields: Fields, parent: Growing | undefined): Growing {
  const {'Parent Relationship': relationship, 'Subplan Name': subplanName} = fields;
  return {
    id,
    ...(parent ? {parent: parent.id} : {}),
    type,
    ...(typeof relationship === 'string' ? {relationship} : {}),
    ...(typeof subplanName === 'string' ? {subplanName} : {}),
    children: [],
    fields,
  };
}

/** The identifier has 64 bits, more than a number of JavaScript holds, so it is read from the text again. */
function withQueryIdentifier(fields: Fields, source: string, index: number): Fields {
  if (Number.isSafeInteger(fields['Query Identifier'] ?? 0)) return fields;
  const digits = [...source.matchAll(/(?<!\\)"Query Identifier":\s*(-?\d+)/g)][index]?.[1];
  return digits === undefined ? fields : {...fields, 'Query Identifier': digits};
}

function expected(what: string, found: unknown, where: string): Outcome<never> {
  return fail(
    'invalid-input',
    `This is not a plan in JSON: expected ${what}, found ${kindOf(found)} in ${where}.`,
    {advice},
  );
}

/** Names a value without repeating much of it. */
function kindOf(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'an array';
  if (typeof value === 'object') return `an object with ${keysOf(value)}`;
  if (typeof value === 'string') return `the text "${value.length > 40 ? `${value.slice(0, 40)}…` : value}"`;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : `a ${typeof value}`;
}

function keysOf(value: object): string {
  const keys = Object.keys(value);
  const named = keys.slice(0, 3).map(key => `"${key}"`);
  return keys.length === 0 ? 'no fields' : `${named.join(', ')}${keys.length > 3 ? ', …' : ''}`;
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isList(value: FieldValue): value is readonly FieldValue[] {
  return Array.isArray(value);
}
