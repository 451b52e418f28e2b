import {targetOf} from '../../definition/names.ts';
import {createType} from '../../definition/types.ts';
import {nameOf} from '../../key.ts';
import {writeCommon} from '../objects/common.ts';
import type {Changed, WriteContext, Writer, Written} from '../writer.ts';
import {changeAttributes} from './composite.ts';
import {changeLabels} from './enum.ts';

export const typeWriter: Writer<'type'> = {
  create: (type, context) => [
    {sql: createType(type)},
    ...writeCommon(targetOf(type), {after: type.attributes}, context),
  ],
  drop: type => [{sql: `DROP TYPE ${nameOf(type)}`}],
  change,
};

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
