import {written} from '../../sql/objects.ts';
import {quoteWhereNeeded} from '../../sql/quote.ts';
import {nameOf} from '../key.ts';
import type {ObjectIdentity, ObjectOf, SchemaKind} from '../objects.ts';
import type {Target} from '../reconcile/writer.ts';

/** @returns a value as PostgreSQL reads it with standard_conforming_strings, which is on since 9.1. */
export function literal(value: string): string {
  return `'${value.replaceAll("'", "''")}'`;
}

/** @returns a grantee as GRANT takes it: `PUBLIC` stays a word, and a role of that name comes in its quotes. */
export function grantee(name: string): string {
  if (name === 'PUBLIC') return name;
  return name === '"PUBLIC"' ? name : quoteWhereNeeded(name);
}

/** @returns the qualified name of what a part is part of: `public.orders` for `trigger public.orders.stamp`. */
export function parentName(part: Pick<ObjectIdentity, 'kind' | 'key' | 'parent'>): string {
  return part.parent === undefined ? '' : nameOf({kind: parentKind(part.parent), key: part.parent});
}

/** @returns the name in its schema, also of an index, whose key may name the table as well. */
export function schemaName(object: Pick<ObjectIdentity, 'schema' | 'name'>): string {
  return written(object);
}

const parentKinds = [
  'materialized view',
  'table',
  'view',
  'domain',
  'server',
  'type',
] as const satisfies readonly SchemaKind[];

export function parentKind(key: string): SchemaKind {
  return parentKinds.find(kind => key.startsWith(`${kind} `)) ?? 'table';
}

/** @returns how ALTER, DROP, COMMENT ON and SECURITY LABEL ON name an object: `TABLE` and `public.orders`. */
export function targetOf(object: ObjectOf<SchemaKind>): Target {
  const name = nameOf(object);
  const what = object.kind.toUpperCase();
  if ('routine' in object.attributes) return {what: routineWord(object.attributes.routine), name};
  switch (object.kind) {
    case 'table':
      return {what: 'server' in object.attributes ? 'FOREIGN TABLE' : 'TABLE', name};
    case 'trigger':
    case 'rule':
    case 'policy':
      return {what, name: `${quoteWhereNeeded(object.name)} ON ${parentName(object)}`};
    case 'constraint': {
      const domain = parentKind(object.parent ?? '') === 'domain' ? 'DOMAIN ' : '';
      return {what, name: `${quoteWhereNeeded(object.name)} ON ${domain}${parentName(object)}`};
    }
    case 'index':
      return {what, name: schemaName(object)};
    case 'user mapping':
      return {what, name: `FOR ${grantee(object.name)} SERVER ${parentName(object)}`};
    case 'database':
      return {what, name: '%I'};
    case 'column':
      return {what, name: `${parentName(object)}.${quoteWhereNeeded(object.name)}`};
    default:
      return {what, name};
  }
}

/** @returns `TABLE public.orders` */
export function referenceOf(object: ObjectOf<SchemaKind>): string {
  const {what, name} = targetOf(object);
  return `${what} ${name}`;
}

/** The word for a routine in ALTER, DROP, COMMENT ON and GRANT. A window function is a FUNCTION there. */
function routineWord(routine: 'function' | 'procedure' | 'aggregate' | 'window'): string {
  return routine === 'window' ? 'FUNCTION' : routine.toUpperCase();
}
