import * as z from 'zod/mini';
import {fail, ok, type Outcome} from '../outcome.ts';
import type {Difference, IgnoreRule} from './comparison.ts';

/** A kind and a qualified name that a rule may name. */
export interface NamedPlace {
  readonly kind: string;
  readonly name: string;
}

const text = z.string().check(z.minLength(1));
const ignoreRule = z.strictObject({
  kind: z.optional(text),
  name: z.optional(text),
  attribute: z.optional(text),
  reason: z.optional(z.string()),
});

/**
 * @param value from settings or a JSON file
 * @returns the rules. An `invalid-input` failure says which rule is none, and why
 */
export function readIgnoreRules(value: unknown): Outcome<readonly IgnoreRule[]> {
  if (!Array.isArray(value)) return fail('invalid-input', 'The rules to ignore are no list.', {advice});
  const rules: IgnoreRule[] = [];
  for (const [index, item] of value.entries()) {
    const parsed = ignoreRule.safeParse(item);
    if (!parsed.success)
      return fail('invalid-input', `Rule ${index + 1} to ignore is none: ${why(parsed.error)}.`, {advice});
    const {kind, name, attribute, reason} = parsed.data;
    if (kind === undefined && name === undefined && attribute === undefined)
      return fail('invalid-input', `Rule ${index + 1} to ignore would ignore everything.`, {advice});
    rules.push({
      ...(kind === undefined ? {} : {kind}),
      ...(name === undefined ? {} : {name}),
      ...(attribute === undefined ? {} : {attribute}),
      ...(reason === undefined ? {} : {reason}),
    });
  }
  return ok(rules);
}

const advice =
  'A rule is an object with “kind”, “name” (with * and ?), “attribute” or several of them, and a “reason”.';

function why({
  issues,
}: {
  readonly issues: readonly {readonly path: readonly PropertyKey[]; readonly code?: string | undefined}[];
}): string {
  const [issue] = issues;
  const at = issue?.path.map(String).join('.') ?? '';
  if (issue?.code === 'unrecognized_keys') return 'it has a field that no rule has';
  return at === '' ? 'it is no object' : `“${at}” is no text`;
}

/**
 * @param places the object of the difference, then what it is part of: a rule for a table is one for its columns
 * @returns finds the first rule that covers a difference
 */
export function ignoring(
  rules: readonly IgnoreRule[],
): (difference: Difference, places: readonly NamedPlace[]) => IgnoreRule | undefined {
  const known = rules.map(rule => ({rule, name: expressionOf(rule.name ?? '*')}));
  return (difference, places) => {
    const attribute = difference.kind === 'changed' ? difference.attribute : undefined;
    return known.find(
      ({rule, name}) =>
        (rule.attribute === undefined || rule.attribute === attribute) &&
        places.some(place => (rule.kind === undefined || rule.kind === place.kind) && name.test(place.name)),
    )?.rule;
  };
}

function expressionOf(pattern: string): RegExp {
  const source = pattern.replaceAll(/[.+^${}()|[\]\\]/g, String.raw`\$&`);
  return new RegExp(`^${source.replaceAll('*', '[^]*').replaceAll('?', '[^]')}$`);
}
