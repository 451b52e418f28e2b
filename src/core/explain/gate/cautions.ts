import type {ExplainedPlan, FieldValue, PlanNode} from '../plan.ts';
import {escapingFunctions} from './functions.ts';

/** A function in a plan, and the text that it consists of where it is not one of PostgreSQL's own. */
export interface CalledFunction {
  readonly name: string;
  readonly body: string;
}

/**
 * @param plan made with VERBOSE; views and simple SQL functions are replaced by what they consist of there
 * @returns the names of all that looks like a call in its expressions
 */
export function callsIn({nodes}: ExplainedPlan): readonly string[] {
  const texts = nodes.flatMap(({fields}) => Object.values(fields).flatMap(textsIn));
  return [...new Set(texts.flatMap(namesCalled))];
}

/**
 * Says what no rollback takes back, as far as a plan shows what the statement's text does not.
 * @param called the functions in the plan whose bodies are known
 * @returns sentences; none for most plans
 */
export function cautionsOf(plan: ExplainedPlan, called: readonly CalledFunction[] = []): readonly string[] {
  const direct = callsIn(plan).flatMap(name => sentence('It', name));
  const indirect = called.flatMap(({name, body}) =>
    namesCalled(body).flatMap(inner => sentence(`Its function ${name}`, inner)),
  );
  return [...new Set([...direct, ...indirect, ...plan.nodes.flatMap(foreign)])];
}

function sentence(who: string, name: string): readonly string[] {
  const does = escapingFunctions.get(name);
  return does === undefined ? [] : [`${who} ${does} (${name}), and ROLLBACK does not take that back.`];
}

function foreign({type, fields}: PlanNode): readonly string[] {
  if (type !== 'Foreign Scan') return [];
  const {Relations: relations, 'Relation Name': relation} = fields;
  const what =
    typeof relation === 'string' ? relation : typeof relations === 'string' ? relations : 'a table';
  return [
    `It works on another server (${what}), where the transaction is not read-only: what is written there is rolled back only if its foreign-data wrapper does so, as postgres_fdw does, and sequences there advance.`,
  ];
}

function textsIn(value: FieldValue): readonly string[] {
  if (typeof value === 'string') return [value];
  return Array.isArray(value) ? value.flatMap(textsIn) : [];
}

/** Constants in quotes are no calls. */
function namesCalled(text: string): readonly string[] {
  const bare = text.replaceAll(/'(?:[^']|'')*'/g, "''");
  return [...new Set([...bare.matchAll(/([a-z_][a-z0-9_]*)\s*\(/g)].map(([, name = '']) => name))];
}
