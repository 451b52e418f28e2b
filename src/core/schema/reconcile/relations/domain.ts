import {targetOf} from '../../definition/names.ts';
import {domainStatements} from '../../definition/types.ts';
import {nameOf} from '../../key.ts';
import type {ObjectOf, SchemaObject} from '../../objects.ts';
import {writeCommon} from '../objects/common.ts';
import type {Changed, LetGo, WriteContext, Writer, Written} from '../writer.ts';

export const domainWriter: Writer<'domain'> = {
  create: (domain, context) => [
    ...domainStatements(domain, context.to).map(sql => ({sql})),
    ...writeCommon(targetOf(domain), {after: domain.attributes}, context),
  ],
  drop: domain => [{sql: `DROP DOMAIN ${nameOf(domain)}`}],
  change,
  letGo,
};

function change(
  {before, after, attributes}: Changed<'domain'>,
  context: WriteContext,
): readonly Written[] | 'recreate' {
  if (attributes.has('type') || attributes.has('collation')) return 'recreate';
  const alter = `ALTER DOMAIN ${nameOf(after)}`;
  const {default: value, notNull} = after.attributes;
  return [
    ...(attributes.has('default')
      ? [{sql: `${alter} ${value === undefined ? 'DROP DEFAULT' : `SET DEFAULT ${value}`}`}]
      : []),
    ...(attributes.has('notNull') ? [{sql: `${alter} ${notNull ? 'SET' : 'DROP'} NOT NULL`}] : []),
    ...writeCommon(
      targetOf(after),
      {before: before.attributes, after: after.attributes, attributes},
      context,
    ),
  ];
}

/** Its default may call what is made again; a base type that is made again makes another domain. */
function letGo(domain: ObjectOf<'domain'>, cause: SchemaObject, {to}: WriteContext): LetGo | 'recreate' {
  const now = to.objects.get(domain.key);
  if (now?.kind !== 'domain' || cause.kind !== 'function' || domain.attributes.default === undefined)
    return 'recreate';
  const alter = `ALTER DOMAIN ${nameOf(domain)}`;
  const {default: value} = now.attributes;
  return {
    before: [{sql: `${alter} DROP DEFAULT`}],
    after: value === undefined ? [] : [{sql: `${alter} SET DEFAULT ${value}`}],
  };
}
