import type {SyntaxNode} from './parser.ts';
import {quoteIdentifier, quoteWhereNeeded} from './quote.ts';

/** Without a schema it is looked up along `search_path`. */
export interface QualifiedName {
  readonly schema?: string;
  readonly name: string;
}

/** An object whose presence the catalog can tell. */
export type DatabaseObject =
  | {
      readonly kind:
        | 'table'
        | 'view'
        | 'materialized view'
        | 'sequence'
        | 'index'
        | 'type'
        | 'function'
        | 'schema'
        | 'extension';
      readonly name: QualifiedName;
    }
  | {
      readonly kind: 'column' | 'constraint' | 'trigger' | 'policy' | 'not null';
      readonly table: QualifiedName;
      readonly name: string;
    }
  | {readonly kind: 'enum value'; readonly type: QualifiedName; readonly name: string}
  | {readonly kind: 'row security'; readonly table: QualifiedName};

/** @returns the object for a reader: `column orders.note`. */
export function describeObject(object: DatabaseObject): string {
  switch (object.kind) {
    case 'enum value':
      return `value '${object.name}' of type ${plain(object.type)}`;
    case 'row security':
      return `row security on ${plain(object.table)}`;
    case 'column':
      return `column ${plain(object.table)}.${object.name}`;
    case 'not null':
      return `NOT NULL on ${plain(object.table)}.${object.name}`;
    case 'constraint':
    case 'trigger':
    case 'policy':
      return `${object.kind} ${object.name} on ${plain(object.table)}`;
    case 'table':
    case 'view':
    case 'materialized view':
    case 'sequence':
    case 'index':
    case 'type':
    case 'function':
    case 'schema':
    case 'extension':
      return `${object.kind} ${plain(object.name)}`;
    default:
      return object satisfies never;
  }
}

/** @returns the name as people write it, for sentences and for SQL: `orders`, `shop."Order"` */
export function written({schema, name}: QualifiedName): string {
  return [schema, name].flatMap(part => (part === undefined ? [] : quoteWhereNeeded(part))).join('.');
}

/** @returns the name in double quotes, for `to_regclass` and its like. */
export function quoteName({schema, name}: QualifiedName): string {
  return schema === undefined ? quoteIdentifier(name) : `${quoteIdentifier(schema)}.${quoteIdentifier(name)}`;
}

function plain({schema, name}: QualifiedName): string {
  return schema === undefined ? name : `${schema}.${name}`;
}

export function isNode(value: unknown): value is SyntaxNode {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function list(value: unknown): readonly SyntaxNode[] {
  return Array.isArray(value) ? value.filter(isNode) : [];
}

export function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** @returns the field of a node, `{}` where there is none. */
export function field(node: unknown, key: string): SyntaxNode {
  const value = isNode(node) ? node[key] : undefined;
  return isNode(value) ? value : {};
}

/** @returns the parts of a list of `String` nodes. */
export function names(value: unknown): readonly string[] {
  return list(value).flatMap(node => text(field(node, 'String')['sval']) ?? []);
}

export function qualified(parts: readonly string[]): QualifiedName | undefined {
  const name = parts.at(-1);
  const schema = parts.at(-2);
  if (name === undefined) return undefined;
  return schema === undefined ? {name} : {schema, name};
}

/** @returns the name in a `RangeVar`; undefined for a temporary relation, which no other session sees. */
export function relationOf(node: unknown): QualifiedName | undefined {
  if (!isNode(node) || node['relpersistence'] === 't') return undefined;
  return qualified([text(node['schemaname']), text(node['relname'])].filter(part => part !== undefined));
}
