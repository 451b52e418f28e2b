import type {Severity} from '../comparison.ts';
import type {SchemaKind, SchemaObject} from '../objects.ts';
import type {AttributeRule, KindRule} from './rule.ts';
import {catalogRules, foreignRules, typeRules} from './rules-others.ts';
import {relationRules} from './rules-relations.ts';

/** Every kind and every attribute: an attribute without a rule does not compile. */
const rules: {readonly [K in SchemaKind]: KindRule<K>} = {
  ...relationRules,
  ...typeRules,
  ...foreignRules,
  ...catalogRules,
};

/** @returns how bad it is that only one side has the object */
export function severityOf(kind: 'missing' | 'extra', object: SchemaObject): Severity {
  const rule = rules[object.kind][kind];
  return typeof rule === 'function' ? rule(object) : rule;
}

/** @returns how an attribute is compared; the names of attributes are those of `AttributesOf` */
export function attributeRules(kind: SchemaKind): Readonly<Record<string, AttributeRule>> {
  return rules[kind].attributes;
}
