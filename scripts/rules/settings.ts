import {unknownRule, unusedRule} from '../../src/core/lint/engine/idle.ts';
import {rules} from '../../src/core/lint/rules.ts';

const setting = 'howdah.lint.rules';
const severities = ['off', 'error', 'warning', 'information', 'hint'];

/** What the engine says itself; that SQL does not parse cannot be turned off. */
const own = [
  {id: unusedRule, title: 'A comment suppresses nothing'},
  {id: unknownRule, title: 'A comment names a rule that does not exist'},
];

/** @returns the properties of the setting of severities: one for each rule, in the order of the alphabet */
export function ruleProperties(): Readonly<Record<string, unknown>> {
  const all = [...rules, ...own].toSorted((one, other) => (one.id < other.id ? -1 : 1));
  return Object.fromEntries(
    all.map(({id, title}) => [id, {type: 'string', enum: severities, description: title}]),
  );
}

/** @returns the manifest with all rules in its setting, and nothing else changed */
export function withRuleSettings(manifest: string): string {
  const value: unknown = JSON.parse(manifest, (key, part: unknown) =>
    key === setting && typeof part === 'object' && part !== null
      ? {...part, additionalProperties: false, properties: ruleProperties()}
      : part,
  );
  return `${JSON.stringify(value, undefined, 2)}\n`;
}
