import {quoteWhereNeeded} from '../../../sql/quote.ts';
import {parentName} from '../../definition/names.ts';
import {createPolicy, policyRoles} from '../../definition/programs.ts';
import type {AttributesOf} from '../../attributes.ts';
import type {ObjectOf} from '../../objects.ts';
import type {Changed, WriteContext, Writer, Written} from '../writer.ts';
import {rolesHere} from './roles-here.ts';
import {writerOf} from './writer-of.ts';

export const policyWriter: Writer<'policy'> = writerOf({
  create: (policy, context) => [{sql: createPolicy({...policy, attributes: rolesIn(policy, context)})}],
  change: changePolicy,
});

/** Roles that are not here cannot be named; a policy for nobody else would be everybody's, so it stays as it is. */
function rolesIn({attributes}: ObjectOf<'policy'>, context: WriteContext): AttributesOf['policy'] {
  if (!context.otherRoles) return attributes;
  const {named, isHere} = rolesHere(context);
  const roles = attributes.roles.map(named).filter(isHere);
  return roles.length === 0 ? attributes : {...attributes, roles};
}

/** ALTER POLICY sets roles and expressions; it takes no expression away, and keeps the command. */
function changePolicy(
  {before, after, attributes}: Changed<'policy'>,
  context: WriteContext,
): readonly Written[] | 'recreate' {
  const {using, check} = after.attributes;
  const removed =
    (attributes.has('using') && using === undefined) || (attributes.has('check') && check === undefined);
  if (removed || attributes.has('command') || attributes.has('restrictive')) return 'recreate';
  const words = [
    `ALTER POLICY ${quoteWhereNeeded(after.name)} ON ${parentName(after)}`,
    ...(attributes.has('roles') ? [`TO ${policyRoles(changedRoles(before, after, context))}`] : []),
    ...(attributes.has('using') ? [`USING (${using ?? ''})`] : []),
    ...(attributes.has('check') ? [`WITH CHECK (${check ?? ''})`] : []),
  ];
  return [{sql: words.join('\n    ')}];
}

/** Those that only this database knows stay. */
function changedRoles(
  before: ObjectOf<'policy'>,
  after: ObjectOf<'policy'>,
  context: WriteContext,
): readonly string[] {
  const {roles} = rolesIn(after, context);
  if (!context.otherRoles) return roles;
  const {isThere, named} = rolesHere(context);
  const kept = before.attributes.roles.filter(role => !isThere(role) && named(role) === role);
  return [...new Set([...roles, ...kept])];
}
