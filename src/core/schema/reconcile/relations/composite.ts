import {nameOf} from '../../key.ts';
import type {SchemaObject} from '../../objects.ts';
import type {Changed, WriteContext, Written} from '../writer.ts';

/** Attributes of a composite type. New ones are added at the end only. */
export function changeAttributes(
  {before, after}: Changed<'type'>,
  {from}: WriteContext,
): readonly Written[] | 'recreate' {
  const [was, is] = [attributesOf(before), attributesOf(after)];
  const kept = [...was.keys()].filter(name => is.has(name));
  const added = [...is.keys()].filter(name => !was.has(name));
  const reached = [...kept, ...added];
  const changed = kept.filter(name => was.get(name) !== is.get(name));
  if (kept.length === 0 || ![...is.keys()].every((name, at) => name === reached[at])) return 'recreate';
  // PostgreSQL does not convert what is stored in columns of the type.
  const stored = [...from.needs].some(
    ([user, needs]) => needs.includes(before.key) && isStored(from.objects.get(user)),
  );
  if (changed.length > 0 && stored) return 'recreate';
  const dropped = [...was.keys()].filter(name => !is.has(name));
  const words = [
    ...dropped.map(name => `DROP ATTRIBUTE ${name} CASCADE`),
    ...changed.map(name => `ALTER ATTRIBUTE ${name} TYPE ${is.get(name)} CASCADE`),
    ...added.map(name => `ADD ATTRIBUTE ${name} ${is.get(name)} CASCADE`),
  ];
  const loses =
    dropped.length > 0 && stored ? {loses: `The values of ${dropped.join(', ')} in ${nameOf(before)}.`} : {};
  return [{sql: `ALTER TYPE ${nameOf(after)} ${words.join(', ')}`, ...loses}];
}

function isStored(object: SchemaObject | undefined): boolean {
  return object?.kind === 'column';
}

function attributesOf({attributes: {columns = []}}: Changed<'type'>['before']): ReadonlyMap<string, string> {
  return new Map(
    columns.map(column => {
      const [, name = '', type = ''] = /^("(?:[^"]|"")*"|\S+) (.*)$/s.exec(column) ?? [];
      return [name, type];
    }),
  );
}
