import type {Difference, Severity} from '../comparison.ts';
import type {AttributeValue} from '../attributes.ts';
import type {SchemaObject} from '../objects.ts';
import {meansTheSame} from './canonical.ts';
import type {Context} from './context.ts';
import {equalValues, isList} from './equal.ts';
import {identityIn} from '../key.ts';
import type {AttributeRule, Change} from './rule.ts';
import {attributeRules} from './rules.ts';
import {isOfStage, isOnlyHeldTo, isTold} from './told.ts';
import {changedWords} from './words.ts';

type Values = Readonly<Record<string, AttributeValue | undefined>>;

/** @returns the names of the attributes that are not the same value; cheap, because most objects are equal */
export function unequalAttributes(expected: SchemaObject, live: SchemaObject): readonly string[] {
  const one: Values = expected.attributes;
  const other: Values = live.attributes;
  const names: string[] = [];
  for (const name in one) if (!equalValues(one[name], other[name])) names.push(name);
  for (const name in other) if (!(name in one)) names.push(name);
  return names;
}

/** @returns how two objects of one kind differ in meaning */
export async function attributeDifferences(
  context: Context,
  expected: SchemaObject,
  live: SchemaObject,
  names: readonly string[],
): Promise<readonly Difference[]> {
  const rules = attributeRules(expected.kind);
  const details = names.filter(name => rules[name]?.whole !== true);
  const [found, isGap] = await changesOf(context, expected, live, details);
  if (isGap || details.length === names.length) return found;
  if (found.some(({attribute}) => !besideDefinition.has(attribute))) return found;
  const [whole] = await changesOf(
    context,
    expected,
    live,
    names.filter(name => !details.includes(name)),
  );
  return [...found, ...whole];
}

/** What no definition says. */
const besideDefinition = new Set([
  'owner',
  'comment',
  'privileges',
  'securityLabels',
  'dependsOnExtensions',
  'enabled',
]);

type Changed = Extract<Difference, {readonly kind: 'changed'}>;

/** The second is whether something was left out because one of the two servers cannot have it. */
async function changesOf(
  context: Context,
  expected: SchemaObject,
  live: SchemaObject,
  names: readonly string[],
): Promise<readonly [readonly Changed[], boolean]> {
  const found: Changed[] = [];
  let isGap = false;
  for (const name of names) {
    const rule = attributeRules(expected.kind)[name];
    if (!rule || rule.implied || isTold(expected, live, name)) continue;
    if (isOfStage(context.options, expected, name)) continue;
    if (rule.roles === 'name' && !context.roles.comparesOwners(expected, live)) continue;
    const change = changeOf(context, rule, name, expected, live);
    if (equalIn(rule, change)) continue;
    const known = context.versions.known(rule, change);
    if (equalIn(rule, known)) isGap = true;
    else if (!(await isSameText(context, rule, known)))
      found.push(difference(name, rule, rule.roles === 'grantees' ? context.roles.inFull(known) : known));
  }
  return [found, isGap];
}

function changeOf(
  {roles, options}: Context,
  rule: AttributeRule,
  name: string,
  expected: SchemaObject,
  live: SchemaObject,
): Change {
  const one: Values = expected.attributes;
  const other: Values = live.attributes;
  const wanted = roles.value('expected', rule, expected, one[name]);
  const is = roles.value('live', rule, live, other[name]);
  return {
    object: expected,
    expected: wanted,
    live: isOnlyHeldTo(options, expected) ? atMost(wanted, is) : is,
  };
}

/** Of what is there only what is asked for. */
function atMost(
  wanted: AttributeValue | undefined,
  is: AttributeValue | undefined,
): AttributeValue | undefined {
  if (wanted === undefined) return undefined;
  return isList(wanted) && isList(is) ? is.filter(item => wanted.includes(item)) : is;
}

function equalIn({unordered}: AttributeRule, {expected, live}: Change): boolean {
  if (!unordered || !isList(expected) || !isList(live)) return equalValues(expected, live);
  return equalValues(expected.toSorted(), live.toSorted());
}

async function isSameText(
  {parser}: Context,
  {text, unordered}: AttributeRule,
  {expected, live}: Change,
): Promise<boolean> {
  if (text === undefined) return false;
  if (typeof expected === 'string' && typeof live === 'string')
    return meansTheSame(parser, text, expected, live);
  if (!isList(expected) || !isList(live) || expected.length !== live.length) return false;
  const [ones, others] = unordered ? [expected.toSorted(), live.toSorted()] : [expected, live];
  for (const [index, one] of ones.entries())
    if (!(await meansTheSame(parser, text, one, others[index] ?? ''))) return false;
  return true;
}

function difference(attribute: string, rule: AttributeRule, change: Change): Changed {
  const {object, expected, live} = change;
  return {
    object: identityIn(object),
    severity: severityIn(rule, change),
    words: changedWords(rule, change),
    kind: 'changed',
    attribute,
    ...(expected === undefined ? {} : {expected}),
    ...(live === undefined ? {} : {live}),
  };
}

function severityIn({severity}: AttributeRule, change: Change): Severity {
  return typeof severity === 'function' ? severity(change) : severity;
}
