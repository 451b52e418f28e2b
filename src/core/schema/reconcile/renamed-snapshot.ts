import {quoteWhereNeeded} from '../../sql/quote.ts';
import {nameOf} from '../key.ts';
import type {AttributeValue} from '../attributes.ts';
import type {SchemaObject, SchemaSnapshot} from '../objects.ts';
import type {RenamePair} from './rename-pairs.ts';

/** @returns the snapshot as it is once the object has its new name, in all keys and in all texts that PostgreSQL writes. */
export function renameIn(from: SchemaSnapshot, {before, after}: RenamePair): SchemaSnapshot {
  const keys = renamedKeys(from, before, after);
  const now = (key: string): string => keys.get(key) ?? key;
  const touched = new Set(keys.keys());
  for (const [user, needs] of from.needs) if (needs.some(key => keys.has(key))) touched.add(user);
  for (const object of from.objects.values()) if (isNear(object, before)) touched.add(object.key);
  const rewrite = rewriter(before, after);
  const objects = [...from.objects.values()].map(object => {
    if (!touched.has(object.key)) return object;
    const own = keys.has(object.key) && (object.key === before.key || isIndexOf(object, before));
    return withTexts(
      {
        ...object,
        key: now(object.key),
        ...(object.parent === undefined ? {} : {parent: now(object.parent)}),
        ...(own ? {name: after.name} : {}),
      },
      rewrite,
    );
  });
  return {
    ...from,
    objects: new Map(objects.map(object => [object.key, object])),
    needs: new Map([...from.needs].map(([key, needs]) => [now(key), needs.map(now)])),
  };
}

/** The object's own, those of its parts, and that of a constraint's index. */
function renamedKeys(
  from: SchemaSnapshot,
  before: SchemaObject,
  after: SchemaObject,
): ReadonlyMap<string, string> {
  const keys = new Map([[before.key, after.key]]);
  const [old, now] = [nameOf(before), nameOf(after)];
  for (const {kind, key, parent} of from.objects.values()) {
    const name = nameOf({kind, key});
    if (parent === before.key && name.startsWith(`${old}.`))
      keys.set(key, `${kind} ${now}${name.slice(old.length)}`);
  }
  for (const object of from.objects.values()) {
    if (!isIndexOf(object, before)) continue;
    const [was, is] = [quoteWhereNeeded(before.name), quoteWhereNeeded(after.name)];
    if (object.key.endsWith(`.${was}`)) keys.set(object.key, `${object.key.slice(0, -was.length)}${is}`);
  }
  return keys;
}

function isIndexOf(object: SchemaObject, constraint: SchemaObject): boolean {
  return (
    constraint.kind === 'constraint' &&
    object.kind === 'index' &&
    object.parent === constraint.parent &&
    object.attributes.constraint === constraint.name
  );
}

/** What speaks of the renamed object although nothing says that it needs it. */
function isNear(object: SchemaObject, before: SchemaObject): boolean {
  if (object.kind === 'sequence') return before.kind === 'table' || before.kind === 'column';
  return (
    (object.parent !== undefined && (object.parent === before.parent || object.parent === before.key)) ||
    object.key === before.parent
  );
}

/** Of a part the bare name is replaced, of others the qualified one: the server writes texts with qualified names. */
function rewriter(before: SchemaObject, after: SchemaObject): (text: string) => string {
  const bare = before.parent !== undefined;
  const [old, now] = bare
    ? [quoteWhereNeeded(before.name), quoteWhereNeeded(after.name)]
    : [nameOf(before), nameOf(after)];
  const pattern = new RegExp(
    `(?<![\\p{L}\\p{N}_$"])${old.replaceAll(/[.*+?^$()|[\]\\{}]/g, '\\$&')}(?![\\p{L}\\p{N}_$"])`,
    'gu',
  );
  return text => text.replaceAll(pattern, () => now);
}

function withTexts(object: SchemaObject, rewrite: (text: string) => string): SchemaObject {
  const attributes: Readonly<Record<string, AttributeValue | undefined>> = object.attributes;
  const rewritten = Object.entries(attributes).map(([name, value]) => [
    name,
    isOwnText(name) ? value : inside(value, rewrite),
  ]);
  return {...object, attributes: {...object.attributes, ...Object.fromEntries(rewritten)}};
}

/** What people wrote, and what names roles. */
function isOwnText(name: string): boolean {
  return (
    name === 'comment' ||
    name === 'owner' ||
    name === 'privileges' ||
    name === 'securityLabels' ||
    name === 'type'
  );
}

function inside(
  value: AttributeValue | undefined,
  rewrite: (text: string) => string,
): AttributeValue | undefined {
  if (typeof value === 'string') return rewrite(value);
  return Array.isArray(value) ? value.map(item => (typeof item === 'string' ? rewrite(item) : '')) : value;
}
