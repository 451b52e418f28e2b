import {quoteWhereNeeded} from '../../sql/quote.ts';
import type {ObjectOf} from '../objects.ts';
import {parentKind, parentName} from './names.ts';

/** @returns a constraint as CREATE TABLE, CREATE DOMAIN and ADD take it: `CONSTRAINT c CHECK (a > 0)` */
export function constraintClause(constraint: ObjectOf<'constraint'>): string {
  return `CONSTRAINT ${quoteWhereNeeded(constraint.name)} ${constraint.attributes.definition}`;
}

export function addConstraint(constraint: ObjectOf<'constraint'>): string {
  const word = parentKind(constraint.parent ?? '') === 'domain' ? 'DOMAIN' : 'TABLE';
  return `ALTER ${word} ${parentName(constraint)} ADD ${constraintClause(constraint)}`;
}

/** CREATE TABLE takes NOT VALID and makes the constraint valid, since there are no rows yet. */
export function canBeInline({attributes}: ObjectOf<'constraint'>): boolean {
  return !attributes.notValid;
}
