import type {QualifiedName} from '../../sql/objects.ts';
import type {Column, Relation, SchemaModel} from '../model/schema.ts';
import type {GivenColumn, NamedSource, Sources} from './roles.ts';

/** A column that can be named, and the table's column that it is, where it is one. */
export interface Nameable {
  readonly name: string;
  readonly relation?: Relation;
  readonly column?: Column;
}

/** Queries in queries further in than this are not looked into. */
const deepest = 8;

/** @returns the columns of a source */
export function columnsOf(model: SchemaModel, {of}: NamedSource, depth = 0): readonly Nameable[] {
  if ('items' in of) return depth > deepest ? [] : of.items.flatMap(item => given(model, item, depth + 1));
  const relation = model.relation(of);
  if (!relation) return [];
  return [...relation.columns.values()].map(column => ({name: column.name, relation, column}));
}

function given(model: SchemaModel, item: GivenColumn, depth: number): readonly Nameable[] {
  if ('star' in item) {
    const {sources} = item.star;
    const meant = sources.filter(({alias}) => item.alias === undefined || alias === item.alias);
    return meant.flatMap(source => columnsOf(model, source, depth));
  }
  const from = item.from && columnNamed(model, item.from.of, item.from.parts, depth);
  return [{...from, name: item.name}];
}

/** @returns the source that a qualifier means, looking outwards */
export function sourceCalled(of: Sources, alias: string): NamedSource | undefined {
  for (let at: Sources | undefined = of; at; at = at.outer) {
    const found = at.sources.find(source => source.alias === alias);
    if (found) return found;
  }
  return undefined;
}

/** @returns what a name, perhaps with a qualifier, means among the sources, looking outwards */
export function columnNamed(
  model: SchemaModel,
  of: Sources,
  parts: readonly string[],
  depth = 0,
): Nameable | undefined {
  const name = parts.at(-1);
  const qualifier = parts.at(-2);
  if (qualifier !== undefined) {
    const source = sourceCalled(of, qualifier) ?? relationCalled(parts);
    return columnsOf(model, source, depth).find(each => each.name === name);
  }
  for (let at: Sources | undefined = of; at; at = at.outer)
    for (const source of at.sources) {
      const found = columnsOf(model, source, depth).find(each => each.name === name);
      if (found) return found;
    }
  return undefined;
}

function relationCalled(parts: readonly string[]): NamedSource {
  const [schema, name] = [parts.at(-3), parts.at(-2) ?? ''];
  const of: QualifiedName = schema === undefined ? {name} : {schema, name};
  return {of};
}
