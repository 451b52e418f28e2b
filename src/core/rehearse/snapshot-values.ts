import {nameOf} from '../schema/key.ts';
import type {AttributeValue} from '../schema/attributes.ts';
import type {ObjectIdentity, SchemaObject, SchemaSnapshot} from '../schema/objects.ts';

/** @returns a text that is equal for equal values, whatever the order of their keys */
export function canonical(value: AttributeValue | undefined): string {
  if (value === undefined) return '';
  if (typeof value !== 'object' || Array.isArray(value)) return JSON.stringify(value);
  const sorted = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify(sorted);
}

export interface ChangedAttribute {
  readonly name: string;
  readonly before?: AttributeValue;
  readonly after?: AttributeValue;
}

/** @returns the attributes in which two objects differ. A column's place counts as an order only: see `columnOrders`. */
export function changedAttributes(before: SchemaObject, after: SchemaObject): readonly ChangedAttribute[] {
  const old: Readonly<Record<string, AttributeValue | undefined>> = before.attributes;
  const now: Readonly<Record<string, AttributeValue | undefined>> = after.attributes;
  const names = [...Object.keys(old), ...Object.keys(now).filter(name => !(name in old))];
  // Of tens of thousands of objects nearly all are the same.
  if (names.every(name => old[name] === now[name])) return [];
  const changed = names.flatMap(name => {
    if (before.kind === 'column' && name === 'position') return [];
    const [was, is] = [old[name], now[name]];
    if (was === is || canonical(was) === canonical(is)) return [];
    return [{name, ...(was === undefined ? {} : {before: was}), ...(is === undefined ? {} : {after: is})}];
  });
  // The definition says once more what the other attributes say.
  const others = changed.filter(({name}) => name !== 'definition');
  return others.length > 0 ? others : changed;
}

/** @returns whether the object is part of one of `objects`: with a table come and go its columns */
export function isPartOf(
  {parent}: ObjectIdentity,
  objects: ReadonlyMap<string, unknown>,
  snapshot: SchemaSnapshot,
): boolean {
  if (parent === undefined) return false;
  if (objects.has(parent)) return true;
  const above = snapshot.objects.get(parent);
  return above !== undefined && isPartOf(above, objects, snapshot);
}

/** @returns `column public.orders.note` */
export function described(object: Pick<ObjectIdentity, 'kind' | 'key'>): string {
  return `${object.kind} ${nameOf(object)}`;
}

const longest = 80;

/** @returns a value in one line, shortened */
export function shown(value: AttributeValue | undefined): string {
  if (value === undefined) return 'the default';
  if (value === true) return 'yes';
  const text = (typeof value === 'string' ? value : JSON.stringify(value)).replaceAll(/\s+/g, ' ');
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}

/** @returns `notNull` as `not null` */
export function attributeWords(name: string): string {
  return name.replaceAll(/[A-Z]/g, letter => ` ${letter.toLowerCase()}`);
}
