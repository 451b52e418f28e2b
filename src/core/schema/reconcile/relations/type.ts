import {targetOf} from '../../definition/names.ts';
import {createType} from '../../definition/types.ts';
import {nameOf} from '../../key.ts';
import type {ObjectOf} from '../../objects.ts';
import {writeCommon} from '../objects/common.ts';
import type {Changed, WriteContext, Writer, Written} from '../writer.ts';
import {changeAttributes} from './composite.ts';
import {changeLabels} from './enum.ts';

export const typeWriter: Writer<'type'> = {
  create: (type, context) => [
    ...made(type, context),
    ...writeCommon(targetOf(type), {after: type.attributes}, context),
  ],
  // With the functions that read and write its values.
  drop: type => [{sql: `DROP TYPE ${nameOf(type)}${type.attributes.form === 'base' ? ' CASCADE' : ''}`}],
  change,
};

function made(type: ObjectOf<'type'>, {to}: WriteContext): readonly Written[] {
  if (type.attributes.form !== 'base') return [{sql: createType(type)}];
  const functions = (to.needs.get(type.key) ?? []).filter(key => to.needs.get(key)?.includes(type.key));
  const shell = {sql: `CREATE TYPE ${nameOf(type)}`, early: true} as const;
  return functions.length === 0
    ? [{sql: createType(type)}]
    : [shell, {sql: createType(type), after: functions}];
}

function change(changed: Changed<'type'>, context: WriteContext): readonly Written[] | 'recreate' {
  const {before, after, attributes} = changed;
  if (attributes.has('form') || attributes.has('definition')) return 'recreate';
  const labels = attributes.has('labels') ? changeLabels(changed, context) : [];
  const columns = attributes.has('columns') ? changeAttributes(changed, context) : [];
  if (labels === 'recreate' || columns === 'recreate') return 'recreate';
  const common = writeCommon(
    targetOf(after),
    {before: before.attributes, after: after.attributes, attributes},
    context,
  );
  return [...labels, ...columns, ...common];
}
