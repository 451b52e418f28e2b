import {quoteWhereNeeded} from '../../../sql/quote.ts';
import {parentName} from '../../definition/names.ts';
import {policyRoles} from '../../definition/programs.ts';
import type {Changed, Writer, Written} from '../writer.ts';
import {writerOf} from './writer-of.ts';

export const policyWriter: Writer<'policy'> = writerOf({change: changePolicy});

/** ALTER POLICY sets roles and expressions; it takes no expression away, and keeps the command. */
function changePolicy({after, attributes}: Changed<'policy'>): readonly Written[] | 'recreate' {
  const {roles, using, check} = after.attributes;
  const removed =
    (attributes.has('using') && using === undefined) || (attributes.has('check') && check === undefined);
  if (removed || attributes.has('command') || attributes.has('restrictive')) return 'recreate';
  const words = [
    `ALTER POLICY ${quoteWhereNeeded(after.name)} ON ${parentName(after)}`,
    ...(attributes.has('roles') ? [`TO ${policyRoles(roles)}`] : []),
    ...(attributes.has('using') ? [`USING (${using ?? ''})`] : []),
    ...(attributes.has('check') ? [`WITH CHECK (${check ?? ''})`] : []),
  ];
  return [{sql: words.join('\n    ')}];
}
