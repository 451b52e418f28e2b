import {quoteWhereNeeded} from '../../../sql/quote.ts';
import {addConstraint} from '../../definition/constraints.ts';
import {parentKind, parentName, targetOf} from '../../definition/names.ts';
import type {ObjectOf} from '../../objects.ts';
import {writeCommon} from '../objects/common.ts';
import type {WriteContext, Written} from '../writer.ts';

type Constraint = ObjectOf<'constraint'>;

/** In its safe form the rows are read while others write them. */
export function addChecked(constraint: Constraint, context: WriteContext): readonly Written[] {
  const sql = addConstraint(constraint);
  return canBeValidatedLater(constraint, context)
    ? [{sql: `${sql} NOT VALID`}, {...validate(constraint), undo: unvalidate(constraint, context)}]
    : [{sql}];
}

/** PostgreSQL cannot unlearn that it is valid, but a constraint that is not valid is made without a look at the rows. */
function unvalidate(constraint: Constraint, context: WriteContext): readonly string[] {
  const common = writeCommon(targetOf(constraint), {after: constraint.attributes}, context);
  return [
    `${alterParent(constraint)} DROP CONSTRAINT ${quoteWhereNeeded(constraint.name)}`,
    `${addConstraint(constraint)} NOT VALID`,
    ...common.map(({sql}) => sql),
  ];
}

export function validate(constraint: Constraint): {
  readonly sql: string;
  readonly apart: true;
  readonly note: string;
} {
  return {
    sql: `${alterParent(constraint)} VALIDATE CONSTRAINT ${quoteWhereNeeded(constraint.name)}`,
    apart: true,
    note: 'Reads all rows, which others may change meanwhile; fails while there are rows that break it.',
  };
}

/** @returns whether NOT VALID is taken, and worth it. */
function canBeValidatedLater(
  constraint: Constraint,
  {to, from, safe, creates, versionNumber}: WriteContext,
): boolean {
  const {type, notValid, notEnforced} = constraint.attributes;
  const table = to.objects.get(constraint.parent ?? '') ?? from.objects.get(constraint.parent ?? '');
  if (!safe || !table || creates(table.key) || notValid || notEnforced) return false;
  if (table.kind !== 'table') return true;
  if (table.attributes.server !== undefined) return false;
  return type !== 'foreign key' || table.attributes.partitionKey === undefined || versionNumber >= 180_000;
}

export function alterParent(constraint: Constraint): string {
  return `ALTER ${parentKind(constraint.parent ?? '') === 'domain' ? 'DOMAIN' : 'TABLE'} ${parentName(constraint)}`;
}
