import {targetOf} from '../../definition/names.ts';
import {createSequence} from '../../definition/types.ts';
import {nameOf} from '../../key.ts';
import type {ObjectOf} from '../../objects.ts';
import {writeCommon} from '../objects/common.ts';
import type {Changed, WriteContext, Writer, Written} from '../writer.ts';

type Sequence = ObjectOf<'sequence'>;

export const sequenceWriter: Writer<'sequence'> = {
  create: (sequence, context) => [
    {sql: createSequence(sequence)},
    ...writeCommon(targetOf(sequence), {after: sequence.attributes}, context),
    ...(sequence.attributes.ownedBy === undefined ? [] : [owned(sequence)]),
  ],
  drop: sequence => [
    {sql: `DROP SEQUENCE ${nameOf(sequence)}`, loses: `How far ${nameOf(sequence)} has counted.`},
  ],
  change,
  // It counts on whatever becomes of its owner.
  letGo: () => ({before: [], after: []}),
};

function change({before, after, attributes}: Changed<'sequence'>, context: WriteContext): readonly Written[] {
  const has = (name: string): boolean => attributes.has(name);
  const alter = `ALTER SEQUENCE ${nameOf(after)}`;
  const {ownedBy, persistence} = after.attributes;
  const words = Object.entries(clauses).flatMap(([name, words]) =>
    has(name) ? words(after.attributes) : [],
  );
  // The sequence of a column belongs to whom the table belongs.
  const follows = ownedBy !== undefined && ownedBy === before.attributes.ownedBy;
  const common = follows ? new Set([...attributes].filter(name => name !== 'owner')) : attributes;
  const released =
    has('ownedBy') && before.attributes.ownedBy !== undefined && (ownedBy === undefined || has('owner'));
  return [
    ...(released ? [{sql: `${alter} OWNED BY NONE`}] : []),
    ...(words.length > 0 ? [counting(`${alter} ${words.join(' ')}`, before, after)] : []),
    ...(has('persistence')
      ? [{sql: `${alter} SET ${persistence === 'unlogged' ? 'UNLOGGED' : 'LOGGED'}`}]
      : []),
    ...writeCommon(
      targetOf(after),
      {before: before.attributes, after: after.attributes, attributes: common},
      context,
    ),
    ...(has('ownedBy') && ownedBy !== undefined ? [owned(after)] : []),
  ];
}

/** PostgreSQL wants the next number to lie within the new bounds. Only where the old beginning does not, it has to. */
function counting(sql: string, {attributes: was}: Sequence, {attributes: is}: Sequence): Written {
  const start = BigInt(was.start);
  if (start >= BigInt(is.minimum) && start <= BigInt(is.maximum)) return {sql};
  return {
    sql: `${sql} RESTART`,
    note: `Counts from ${is.start} again, because it cannot go on within its new bounds.`,
  };
}

function owned(sequence: Sequence): Written {
  const {ownedBy = 'NONE'} = sequence.attributes;
  const table = ownedBy.replace(/\.("([^"]|"")*"|[^."]*)$/, '');
  return {
    sql: `ALTER SEQUENCE ${nameOf(sequence)} OWNED BY ${ownedBy}`,
    after: [`column ${ownedBy}`, `table ${table}`],
  };
}

const clauses: Readonly<Record<string, (attributes: Sequence['attributes']) => string>> = {
  type: ({type}) => `AS ${type}`,
  increment: ({increment}) => `INCREMENT BY ${increment}`,
  minimum: ({minimum}) => `MINVALUE ${minimum}`,
  maximum: ({maximum}) => `MAXVALUE ${maximum}`,
  start: ({start}) => `START WITH ${start}`,
  cache: ({cache}) => `CACHE ${cache}`,
  cycle: ({cycle}) => (cycle ? 'CYCLE' : 'NO CYCLE'),
};
