import {quoteWhereNeeded} from '../../../sql/quote.ts';
import {addConstraint} from '../../definition/constraints.ts';
import {targetOf} from '../../definition/names.ts';
import type {ObjectOf} from '../../objects.ts';
import {writeCommon} from '../objects/common.ts';
import type {Changed, Draft, WriteContext, Writer, Written} from '../writer.ts';
import {hasIndex, isInline} from './inline.ts';
import {addNotNull, dropNotNullConstraint} from './not-null-constraint.ts';
import {addWithIndex, indexOf} from './constraint-index.ts';
import {addChecked, alterParent, validate} from './validate.ts';

type Constraint = ObjectOf<'constraint'>;

export const constraintWriter: Writer<'constraint'> = {
  create(constraint, context) {
    const common = writeCommon(targetOf(constraint), {after: constraint.attributes}, context);
    return [
      ...(isInline(constraint, context) ? [] : added(constraint, context, common)),
      ...(isInline(constraint, context) ? common : []),
    ];
  },
  drop(constraint, context) {
    if (constraint.attributes.type === 'not null') return dropNotNullConstraint(constraint, context);
    const sql = `${alterParent(constraint)} DROP CONSTRAINT ${quoteWhereNeeded(constraint.name)}`;
    return [{sql, ...undoOfDrop(constraint, context)}];
  },
  change,
};

/** Where its index is built again by itself, the constraint cannot be made of that index any more. */
function undoOfDrop(constraint: Constraint, context: WriteContext): {readonly undo?: readonly string[]} {
  const index = indexOf(constraint, context.from);
  if (!index || context.creates(constraint.key) || !context.creates(index.key)) return {};
  const common = writeCommon(targetOf(constraint), {after: constraint.attributes}, context);
  return {undo: [addConstraint(constraint), ...common.map(({sql}) => sql)]};
}

/** The comment comes before what is done in a later transaction. */
function added(constraint: Constraint, context: WriteContext, common: readonly Draft[]): readonly Written[] {
  const {type} = constraint.attributes;
  const [first, ...later] = hasIndex(constraint)
    ? addWithIndex(constraint, context)
    : type === 'not null'
      ? addNotNull(constraint, context)
      : addChecked(constraint, context);
  if (!first) return common;
  if (!hasIndex(constraint)) return [first, ...common, ...later];
  const undone = later.length > 0;
  return [first, ...later, ...(undone ? common.map(draft => ({...draft, undo: []})) : common)];
}

const deferral = new Set(['definition', 'deferrable', 'initiallyDeferred']);
const enforcement = new Set([...deferral, 'notEnforced', 'notValid']);

function change(changed: Changed<'constraint'>, context: WriteContext): readonly Written[] | 'recreate' {
  const {before, after, attributes} = changed;
  const common = writeCommon(
    targetOf(after),
    {before: before.attributes, after: after.attributes, attributes},
    context,
  );
  const others = [...attributes].filter(name => name !== 'comment');
  if (others.length === 0) return common;
  const foreign = after.attributes.type === 'foreign key' && before.attributes.type === 'foreign key';
  const alter = `${alterParent(after)} ALTER CONSTRAINT ${quoteWhereNeeded(after.name)}`;
  if (foreign && others.every(name => deferral.has(name)))
    return [{sql: `${alter} ${deferralWords(after)}`}, ...common];
  if (others.every(name => name === 'definition' || name === 'notValid') && before.attributes.notValid)
    return [...common, validate(after)];
  if (
    foreign &&
    context.versionNumber >= 180_000 &&
    others.every(name => enforcement.has(name)) &&
    isFreed(changed)
  )
    return [{sql: `${alter} ${after.attributes.notEnforced ? 'NOT ENFORCED' : 'ENFORCED'}`}, ...common];
  if (
    after.attributes.type === 'not null' &&
    others.every(name => name === 'definition' || name === 'noInherit')
  )
    return [{sql: `${alter} ${after.attributes.noInherit ? 'NO INHERIT' : 'INHERIT'}`}, ...common];
  return 'recreate';
}

/** Enforced means valid as well. */
function isFreed({before, after, attributes}: Changed<'constraint'>): boolean {
  return (
    attributes.has('notEnforced') &&
    (after.attributes.notEnforced === true ||
      (before.attributes.notEnforced === true && !after.attributes.notValid))
  );
}

function deferralWords({attributes: {deferrable, initiallyDeferred}}: Constraint): string {
  if (!deferrable) return 'NOT DEFERRABLE';
  return initiallyDeferred ? 'DEFERRABLE INITIALLY DEFERRED' : 'DEFERRABLE INITIALLY IMMEDIATE';
}
