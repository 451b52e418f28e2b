import {partsOf} from '../../definition/parts.ts';
import type {ObjectOf, SchemaSnapshot} from '../../objects.ts';
import type {WriteContext} from '../writer.ts';

type Constraint = ObjectOf<'constraint'>;

/** @returns the constraints that CREATE TABLE writes: those of its own, and those that it has to have for its parents. */
export function inlineConstraints(table: ObjectOf<'table'>, context: WriteContext): readonly Constraint[] {
  const own = partsOf(context.to, table.key, 'constraint').filter(constraint =>
    isInline(constraint, context),
  );
  return [...own, ...parentChecks(table, context.to)];
}

/** Whether a constraint comes with its table: not a foreign key, which may point to a table that comes later. */
export function isInline(constraint: Constraint, {to, creates}: WriteContext): boolean {
  const table = to.objects.get(constraint.parent ?? '');
  if (!table || !creates(table.key)) return false;
  if (table.kind === 'domain') return true;
  const {type, notValid} = constraint.attributes;
  if (table.kind !== 'table' || type === 'foreign key' || notValid) return false;
  const partitioned =
    table.attributes.partitionKey !== undefined || table.attributes.partitionOf !== undefined;
  if (partitioned && hasIndex(constraint)) return false;
  return !leadsTo(constraint.key, table.key, to);
}

export function hasIndex({attributes: {type}}: Constraint): boolean {
  return type === 'primary key' || type === 'unique' || type === 'exclusion';
}

/** A table that is taken in as a partition or a child must already have the checks of its parents. */
export function parentChecks(table: ObjectOf<'table'>, to: SchemaSnapshot): readonly Constraint[] {
  const {partitionOf, inherits = []} = table.attributes;
  const parents = partitionOf === undefined ? inherits : [partitionOf];
  if (
    partitionOf === undefined &&
    partsOf(to, table.key, 'column').some(({attributes}) => attributes.inherited)
  )
    return [];
  return parents.flatMap(name => {
    const parent = to.objects.get(`table ${name}`);
    if (parent?.kind !== 'table') return [];
    const own = partsOf(to, parent.key, 'constraint').filter(
      ({attributes}) => attributes.type === 'check' && !attributes.noInherit,
    );
    return [...own, ...parentChecks(parent, to)];
  });
}

/** Whether a part of a table uses a function or the like that itself needs the table, so that it has to wait. */
export function leadsTo(part: string, table: string, to: SchemaSnapshot): boolean {
  const {needs, objects} = to;
  return (needs.get(part) ?? []).some(key => {
    const used = objects.get(key);
    // A sequence is made before the table, and owned by it afterwards.
    return key !== table && used?.parent !== table && used?.kind !== 'sequence' && reaches(key, table, to);
  });
}

/** Whether an object needs a table, be it by way of others. */
export function reaches(start: string, table: string, {needs, objects}: SchemaSnapshot): boolean {
  const seen = new Set<string>();
  const open = [start];
  for (let key = open.pop(); key !== undefined; key = open.pop()) {
    if (key === table || objects.get(key)?.parent === table) return true;
    if (seen.has(key)) continue;
    seen.add(key);
    open.push(...(needs.get(key) ?? []));
  }
  return false;
}
