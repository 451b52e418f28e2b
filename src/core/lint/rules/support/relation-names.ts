import {
  field,
  list,
  names,
  qualified,
  relationOf,
  written,
  type QualifiedName,
} from '../../../sql/objects.ts';
import type {SyntaxNode} from '../../../sql/parser.ts';
import type {Span} from '../../../sql/positions.ts';
import type {Relation, SchemaModel} from '../../model/schema.ts';
import type {LintStatement} from '../../statement.ts';

/** @returns the name without `public`, which nobody writes */
export function short({schema, name}: QualifiedName): string {
  return written(schema === undefined || schema === 'public' ? {name} : {schema, name});
}

export function fullName({schema, name}: Relation): QualifiedName {
  return {schema, name};
}

/** @returns the name without `public`, as people write it in SQL of their own */
export function plainName({schema, name}: Relation): QualifiedName {
  return schema === 'public' ? {name} : {schema, name};
}

/** @returns whether both names mean the same relation */
export function isSameName(model: SchemaModel, a: QualifiedName, b: QualifiedName): boolean {
  return a.name === b.name && model.schemaOf(a) === model.schemaOf(b);
}

/** @returns the table that a statement names in its `relation` */
export function relationNamed({node}: Pick<LintStatement, 'node'>): QualifiedName | undefined {
  return relationOf(node['relation']);
}

/** An object of a DROP with its name's place. */
export interface NamedObject {
  readonly name: QualifiedName;
  readonly at: Span;
}

/** @returns what a DROP of relations, types or schemas names */
export function droppedObjects(statement: LintStatement): readonly NamedObject[] {
  const places = listedNames(statement, behindDrop(statement));
  return list(statement.node['objects']).flatMap((object, index) => {
    const name = qualified(partsOf(object));
    return name ? [{name, at: places[index] ?? statement.whole}] : [];
  });
}

/** A name is a list, a type's name or one string, by the kind of the object. */
function partsOf(object: SyntaxNode): readonly string[] {
  return [
    ...names(field(object, 'List')['items']),
    ...names(field(object, 'TypeName')['names']),
    ...names(field(object, 'ObjectWithArgs')['objname']),
    ...names([object]),
  ];
}

function behindDrop(statement: LintStatement): number {
  const exists = statement.find('IF EXISTS');
  if (exists) return exists.end;
  const skipped = new Set(['DROP', 'MATERIALIZED', 'FOREIGN', 'CONCURRENTLY']);
  const kind = statement.words.findIndex(({text}) => !skipped.has(text));
  const last = statement.words[kind + 1]?.text === 'CONCURRENTLY' ? kind + 1 : kind;
  return statement.words[last]?.end ?? 0;
}

/** @returns the places of the names, with their schemas, in a list with commas that begins behind an offset */
export function listedNames({words}: LintStatement, from: number): readonly Span[] {
  const found: Span[] = [];
  let current: {start: number; end: number} | undefined;
  let last = ',';
  for (const {start, end, text} of words.filter(word => word.start >= from)) {
    if (text === ',') {
      if (current) found.push(current);
      current = undefined;
    } else if (!current) current = {start, end};
    else if (text === '.' || last === '.') current.end = end;
    else break;
    last = text;
  }
  return current ? [...found, current] : found;
}
