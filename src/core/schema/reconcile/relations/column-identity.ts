import {sequenceOptions, valueClause} from '../../definition/columns.ts';
import {sorted} from '../../definition/options.ts';
import type {ObjectOf, Options} from '../../objects.ts';
import type {Changed, Written} from '../writer.ts';

type Column = ObjectOf<'column'>;

export function addIdentity(column: Column, alter: string): readonly Written[] {
  const note = 'Its sequence starts anew: set it with setval() when there are rows with higher numbers.';
  return [{sql: `${alter} ADD ${valueClause(column)}`, note}];
}

/** The kind and the options of the sequence; options that are no longer set get the value that they have by default. */
export function alterIdentity(
  {before, after, attributes}: Changed<'column'>,
  alter: string,
): readonly Written[] {
  const {identity = 'always', identityOptions} = after.attributes;
  const words = [
    ...(attributes.has('identity') ? [`SET GENERATED ${identity.toUpperCase()}`] : []),
    ...(attributes.has('identityOptions')
      ? optionWords(before.attributes.identityOptions, identityOptions, after)
      : []),
  ];
  return words.length === 0 ? [] : [{sql: `${alter} ${words.join(' ')}`}];
}

function optionWords(before: Options = {}, after: Options = {}, column: Column): readonly string[] {
  const given = sorted(after).filter(([name, value]) => before[name] !== value);
  const back = Object.keys(before).filter(name => !(name in after));
  return [
    ...given.flatMap(([name, value]) => {
      const words = sequenceOptions({[name]: value}).replace(/^ \(|\)$/g, '');
      return words === '' ? [] : [`SET ${words}`];
    }),
    ...back.flatMap(name => defaults(name, after, column) ?? []),
  ];
}

function defaults(name: string, options: Options, {attributes: {type}}: Column): string | undefined {
  const falls = options['increment']?.startsWith('-') ?? false;
  const bounds = boundsOf[type] ?? ['-9223372036854775808', '9223372036854775807'];
  const [low, high] = falls ? [bounds[0], '-1'] : ['1', bounds[1]];
  const words: Readonly<Record<string, string>> = {
    increment: 'SET INCREMENT BY 1',
    minvalue: `SET MINVALUE ${low}`,
    maxvalue: `SET MAXVALUE ${high}`,
    start: `SET START WITH ${falls ? (options['maxvalue'] ?? high) : (options['minvalue'] ?? low)}`,
    cache: 'SET CACHE 1',
    cycle: 'SET NO CYCLE',
  };
  return words[name];
}

const boundsOf: Readonly<Record<string, readonly [string, string]>> = {
  smallint: ['-32768', '32767'],
  integer: ['-2147483648', '2147483647'],
};
