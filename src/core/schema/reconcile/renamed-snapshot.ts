import {quoteWhereNeeded} from '../../sql/quote.ts';
import {each, type Turns} from '../../turns.ts';
import {nameOf} from '../key.ts';
import type {AttributeValue} from '../attributes.ts';
import type {SchemaObject, SchemaSnapshot} from '../objects.ts';
import type {RenamePair} from './rename-pairs.ts';

/** @returns the snapshot as it is once the object has its new name, in all keys and in all texts that PostgreSQL writes. */
export function* renameIn(from: SchemaSnapshot, {before, after}: RenamePair): Turns<SchemaSnapshot> {
  const keys = yield* renamedKeys(from, before, after);
  const now = (key: string): string => keys.get(key) ?? key;
  const touched = new Set(keys.keys());
  const needs = new Map<string, readonly string[]>();
  yield* each(from.needs, ([user, needed]) => {
    const uses = needed.some(key => keys.has(key));
    if (uses) touched.add(user);
    needs.set(now(user), uses ? needed.map(now) : needed);
  });
  const rewrite = rewriter(before, after);
  const objects = new Map<string, SchemaObject>();
  yield* each(from.objects.values(), object => {
    if (!touched.has(object.key) && !isNear(object, before)) {
      objects.set(object.key, object);
      return;
    }
    const own = keys.has(object.key) && (object.key === before.key || isIndexOf(object, before));
    const parent = object.parent === undefined ? {} : {parent: now(object.parent)};
    const key = now(object.key);
    objects.set(key, withTexts({...object, key, ...parent, ...(own ? {name: after.name} : {})}, rewrite));
  });
  return {...from, objects, needs};
}

/** The object's own, those of its parts, and that of a constraint's index. */
function* renamedKeys(
  from: SchemaSnapshot,
  before: SchemaObject,
  after: SchemaObject,
): Turns<ReadonlyMap<string, string>> {
  const keys = new Map([[before.key, after.key]]);
  const [old, now] = [nameOf(before), nameOf(after)];
  yield* each(from.objects.values(), object => {
    const {kind, key, parent} = object;
    if (parent === before.key) {
      const name = nameOf(object);
      if (name.startsWith(`${old}.`)) keys.set(key, `${kind} ${now}${name.slice(old.length)}`);
    }
    if (!isIndexOf(object, before)) return;
    const [was, is] = [quoteWhereNeeded(before.name), quoteWhereNeeded(after.name)];
    if (object.key.endsWith(`.${was}`)) keys.set(object.key, `${object.key.slice(0, -was.length)}${is}`);
  });
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
