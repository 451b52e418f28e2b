import {quoteWhereNeeded} from '../../sql/quote.ts';
import {identityOf} from '../key.ts';
import type {SchemaKind} from '../objects.ts';

/** That a statement, or a clause of it, makes, changes or drops an object. */
export interface Mention {
  /** Of a function without its arguments. */
  readonly key: string;
  readonly act: 'create' | 'alter' | 'drop';
  /** The one attribute that it sets, where it is only one. */
  readonly about?: string;
  /** Where its clause begins, in bytes of the parsed text; absent for the whole statement. */
  readonly byte?: number;
  /** What the object is called from here on. */
  readonly to?: string;
}

/** Names without a schema lie in this one. */
export interface Naming {
  readonly schema: string;
}

export function keyIn(naming: Naming, kind: SchemaKind, parts: readonly string[]): string | undefined {
  const name = parts.at(-1);
  return name === undefined ? undefined : identityOf(kind, {schema: parts.at(-2) ?? naming.schema, name}).key;
}

/** @param parts of the name of the table, which is perhaps qualified */
export function partKey(
  naming: Naming,
  kind: SchemaKind,
  parts: readonly string[],
  name: string | undefined,
): string | undefined {
  const table = parts.at(-1);
  if (table === undefined || name === undefined) return undefined;
  const of = {kind: 'table', schema: parts.at(-2) ?? naming.schema, name: table} as const;
  return identityOf(kind, {name, of}).key;
}

export function globalKey(kind: SchemaKind, name: string | undefined): string | undefined {
  return name === undefined ? undefined : `${kind} ${quoteWhereNeeded(name)}`;
}

export function mention(
  act: Mention['act'],
  key: string | undefined,
  more: Omit<Mention, 'key' | 'act'> = {},
): readonly Mention[] {
  return key === undefined ? [] : [{key, act, ...more}];
}

/** @returns the place that the parser gives a node, if it gives one */
export function placed(node: Readonly<Record<string, unknown>>): {readonly byte?: number} {
  const location = node['location'];
  return typeof location === 'number' && location > 0 ? {byte: location} : {};
}
