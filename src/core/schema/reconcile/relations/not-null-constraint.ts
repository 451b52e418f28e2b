import {quoteWhereNeeded} from '../../../sql/quote.ts';
import {parentName} from '../../definition/names.ts';
import {partsOf} from '../../definition/parts.ts';
import type {ObjectOf, SchemaObject, SchemaSnapshot} from '../../objects.ts';
import type {WriteContext, Written} from '../writer.ts';
import {addChecked} from './validate.ts';

type Constraint = ObjectOf<'constraint'>;

/** A column that is NOT NULL already has a constraint under a generated name, which takes the wanted one. */
export function addNotNull(constraint: Constraint, context: WriteContext): readonly Written[] {
  if (context.versionNumber < 180_000)
    return [{leftOut: 'NOT NULL has a name of its own from PostgreSQL 18 on.'}];
  const {notValid, noInherit} = constraint.attributes;
  if (isNotNull(constraint, context.from) && !notValid && !noInherit && !dropsOne(constraint, context))
    return [rename(constraint, generatedName(constraint), constraint.name)];
  return addChecked(constraint, context);
}

/** Where the column stays NOT NULL, only the name goes. */
export function dropNotNullConstraint(constraint: Constraint, context: WriteContext): readonly Written[] {
  const {notValid, noInherit} = constraint.attributes;
  const replaced = partsOf(context.to, constraint.parent ?? '', 'constraint').some(
    other => isSameColumn(other, constraint) && context.creates(other.key),
  );
  if (isNotNull(constraint, context.to) && !replaced && !notValid && !noInherit)
    return [rename(constraint, constraint.name, generatedName(constraint))];
  return [
    {sql: `ALTER TABLE ${parentName(constraint)} DROP CONSTRAINT ${quoteWhereNeeded(constraint.name)}`},
  ];
}

function dropsOne(constraint: Constraint, {from, drops}: WriteContext): boolean {
  return partsOf(from, constraint.parent ?? '', 'constraint').some(
    other => isSameColumn(other, constraint) && drops(other.key),
  );
}

function isSameColumn(one: Constraint, other: Constraint): boolean {
  return one.attributes.type === 'not null' && one.attributes.columns?.[0] === other.attributes.columns?.[0];
}

function isNotNull(constraint: Constraint, {objects}: SchemaSnapshot): boolean {
  const column: SchemaObject | undefined = objects.get(
    `column ${parentName(constraint)}.${quoteWhereNeeded(constraint.attributes.columns?.[0] ?? '')}`,
  );
  return column?.kind === 'column' && column.attributes.notNull === true;
}

function rename(constraint: Constraint, from: string, to: string): Written {
  const alter = `ALTER TABLE ${parentName(constraint)}`;
  return {sql: `${alter} RENAME CONSTRAINT ${quoteWhereNeeded(from)} TO ${quoteWhereNeeded(to)}`};
}

/** As PostgreSQL makes it up; names that are too long for it are cut elsewhere than here. */
function generatedName({parent = '', attributes}: Constraint): string {
  const table = /("(?:[^"]|"")*"|[^.]*)$/.exec(parent)?.[0].replace(/^"|"$/g, '').replaceAll('""', '"') ?? '';
  return `${table}_${attributes.columns?.[0] ?? ''}_not_null`;
}
