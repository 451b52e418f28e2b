import {list, names} from '../../sql/objects.ts';
import type {SyntaxNode} from '../../sql/parser.ts';
import {quoteWhereNeeded} from '../../sql/quote.ts';
import type {State} from './state.ts';
import {printedType, serialType} from './type-names.ts';

/**
 * @param typeName a `TypeName`
 * @returns the type as `format_type` prints it for the default search path: a type of the history with its schema,
 * unless it is `public`
 */
export function typeText(state: State, typeName: SyntaxNode): string {
  const serial = serialType(typeName);
  if (serial !== undefined) return serial;
  const parts = names(typeName['names']);
  const name = parts.at(-1) ?? '';
  const schema = parts.at(-2);
  const found =
    schema === 'pg_catalog' ? undefined : state.type(schema === undefined ? {name} : {schema, name});
  if (!found) return printedType(typeName);
  const array = list(typeName['arrayBounds']).length > 0 ? '[]' : '';
  return `${namedType(found)}${array}`;
}

export function namedType({schema, name}: {readonly schema: string; readonly name: string}): string {
  return schema === 'public'
    ? quoteWhereNeeded(name)
    : `${quoteWhereNeeded(schema)}.${quoteWhereNeeded(name)}`;
}
