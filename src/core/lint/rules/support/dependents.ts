import type {QualifiedName} from '../../../sql/objects.ts';
import {quoteWhereNeeded} from '../../../sql/quote.ts';
import type {ColumnUser, Constraint, Relation, SchemaModel} from '../../model/schema.ts';
import {fullName, isSameName, short} from './relation-names.ts';

export interface ForeignKey {
  /** Whose constraint it is. */
  readonly of: Relation;
  readonly constraint: Constraint;
}

/** @returns foreign keys of other tables that point at this one; those of partitions with their parent's only */
export function foreignKeysTo(model: SchemaModel, table: QualifiedName): readonly ForeignKey[] {
  const found: ForeignKey[] = [];
  for (const of of model.mentioning(table.name)) {
    if (isSameName(model, fullName(of), table)) continue;
    for (const constraint of of.constraints.values()) {
      const isInherited =
        of.partitionOf !== undefined &&
        model.relation(of.partitionOf)?.constraints.has(constraint.name) === true;
      if (constraint.references && isSameName(model, constraint.references.relation, table) && !isInherited)
        found.push({of, constraint});
    }
  }
  return found;
}

/** @returns views and materialized views that read it */
export function viewsOf(model: SchemaModel, table: QualifiedName): readonly Relation[] {
  return [...model.mentioning(table.name)].filter(({reads}) =>
    reads.some(each => isSameName(model, each, table)),
  );
}

/** @returns `foreign key items_order_fk of items` */
export function keyWords({of, constraint}: ForeignKey): string {
  return `foreign key ${quoteWhereNeeded(constraint.name)} of ${short(of)}`;
}

/** @returns `view order_notes` */
export function viewWords(view: Relation): string {
  return `${view.kind} ${short(view)}`;
}

/** @returns `view order_notes`, `policy mine` */
export function userWords({kind, name}: ColumnUser): string {
  return `${kind} ${short(name)}`;
}

/** @returns what makes a plain DROP of the table fail, and goes with CASCADE, as far as the model knows */
export function dependentsOf(
  model: SchemaModel,
  table: QualifiedName,
  alsoDropped: readonly QualifiedName[] = [],
): readonly string[] {
  const stays = (relation: Relation): boolean =>
    !alsoDropped.some(each => isSameName(model, each, fullName(relation)));
  return [
    ...viewsOf(model, table)
      .filter(view => stays(view))
      .map(view => viewWords(view)),
    ...foreignKeysTo(model, table)
      .filter(({of}) => stays(of))
      .map(key => keyWords(key)),
  ];
}
