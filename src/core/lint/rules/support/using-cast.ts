import {field, list, names, text} from '../../../sql/objects.ts';
import type {SyntaxNode} from '../../../sql/parser.ts';
import {printedType} from '../../model/type-names.ts';

/**
 * @param using what stands behind USING; undefined without one
 * @returns the types of its casts, from the column outwards; undefined where it computes something
 */
export function castsOf(using: unknown, column: string): readonly string[] | undefined {
  if (using === undefined) return [];
  const fields = list(field(using, 'ColumnRef')['fields']);
  if (fields.length > 0) return names(fields).at(-1) === column ? [] : undefined;
  const cast = field(using, 'TypeCast');
  if (!('typeName' in cast)) return undefined;
  const inner = castsOf(cast['arg'], column);
  return inner && [...inner, printedType(field(cast, 'typeName'))];
}

/** Where the type of an ALTER COLUMN TYPE is written, and what it is. */
export function newTypeOf(node: SyntaxNode): {
  readonly column: string;
  readonly typeName: SyntaxNode;
  readonly to: string;
} {
  const definition = field(node['def'], 'ColumnDef');
  const typeName = field(definition, 'typeName');
  return {column: text(node['name']) ?? '', typeName, to: printedType(typeName)};
}
