import {quoteWhereNeeded} from '../../sql/quote.ts';
import type {ObjectOf} from '../objects.ts';
import {grantee, literal, parentName} from './names.ts';
import {withoutSemicolon} from './text.ts';

type Enabled = 'disabled' | 'replica' | 'always' | undefined;

/** pg_get_functiondef writes OR REPLACE, which would hide that a function is there already. */
export function createRoutine(routine: ObjectOf<'function'>): string {
  return withoutSemicolon(routine.attributes.definition).replace(/^CREATE OR REPLACE /, 'CREATE ');
}

export function replaceRoutine(routine: ObjectOf<'function'>): string {
  return createRoutine(routine).replace(/^CREATE /, 'CREATE OR REPLACE ');
}

export function triggerStatements(trigger: ObjectOf<'trigger'>): readonly string[] {
  const {definition, enabled} = trigger.attributes;
  return [withoutSemicolon(definition), ...enableTrigger(trigger, enabled)];
}

/** @param enabled - absent for one that fires, as a new one does. */
export function enableTrigger(trigger: ObjectOf<'trigger'>, enabled: Enabled): readonly string[] {
  if (enabled === undefined) return [];
  return [
    `ALTER TABLE ${parentName(trigger)} ${enableWord(enabled)} TRIGGER ${quoteWhereNeeded(trigger.name)}`,
  ];
}

export function ruleStatements(rule: ObjectOf<'rule'>): readonly string[] {
  const {definition, enabled} = rule.attributes;
  return [withoutSemicolon(definition), ...enableRule(rule, enabled)];
}

export function enableRule(rule: ObjectOf<'rule'>, enabled: Enabled): readonly string[] {
  if (enabled === undefined) return [];
  return [`ALTER TABLE ${parentName(rule)} ${enableWord(enabled)} RULE ${quoteWhereNeeded(rule.name)}`];
}

export function eventTriggerStatements(trigger: ObjectOf<'event trigger'>): readonly string[] {
  const {event, tags, function: called, enabled} = trigger.attributes;
  const name = quoteWhereNeeded(trigger.name);
  const when = tags ? `\n    WHEN TAG IN (${tags.map(literal).join(', ')})` : '';
  return [
    `CREATE EVENT TRIGGER ${name} ON ${event}${when}\n    EXECUTE FUNCTION ${called.endsWith(')') ? called : `${called}()`}`,
    ...(enabled === undefined ? [] : [`ALTER EVENT TRIGGER ${name} ${enableWord(enabled)}`]),
  ];
}

export function createPolicy(policy: ObjectOf<'policy'>): string {
  const {command, restrictive, roles, using, check} = policy.attributes;
  return [
    `CREATE POLICY ${quoteWhereNeeded(policy.name)} ON ${parentName(policy)}`,
    ...(restrictive ? ['AS RESTRICTIVE'] : []),
    `FOR ${command}`,
    `TO ${policyRoles(roles)}`,
    ...(using === undefined ? [] : [`USING (${using})`]),
    ...(check === undefined ? [] : [`WITH CHECK (${check})`]),
  ].join('\n    ');
}

/** None stands for everybody. */
export function policyRoles(roles: readonly string[]): string {
  return roles.length === 0 ? 'PUBLIC' : roles.map(grantee).join(', ');
}

export function enableWord(enabled: Enabled): string {
  switch (enabled) {
    case undefined:
      return 'ENABLE';
    case 'disabled':
      return 'DISABLE';
    case 'replica':
      return 'ENABLE REPLICA';
    case 'always':
      return 'ENABLE ALWAYS';
    default:
      return enabled satisfies never;
  }
}
