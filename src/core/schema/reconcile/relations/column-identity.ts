import {quoteWhereNeeded} from '../../../sql/quote.ts';
import {sequenceOptions, valueClause} from '../../definition/columns.ts';
import {parentName} from '../../definition/names.ts';
import {sorted} from '../../definition/options.ts';
import type {Options} from '../../attributes.ts';
import type {ObjectOf} from '../../objects.ts';
import type {Changed, WriteContext, Written} from '../writer.ts';

type Column = ObjectOf<'column'>;

export function dropIdentity(column: Column): Written {
  const alter = `ALTER TABLE ${parentName(column)} ALTER COLUMN ${quoteWhereNeeded(column.name)}`;
  return {sql: `${alter} DROP IDENTITY`, loses: `How far ${parentName(column)}.${column.name} has counted.`};
}

/** @returns the new sequence that may want the name which the identity's own has. */
export function givesRoom(
  {before, after}: Pick<Changed<'column'>, 'before' | 'after'>,
  {to, creates}: WriteContext,
): string | undefined {
  if (before.attributes.identity === undefined || after.attributes.identity !== undefined) return undefined;
  const owner = after.key.slice('column '.length);
  return (to.needs.get(after.key) ?? []).find(key => {
    const sequence = to.objects.get(key);
    return sequence?.kind === 'sequence' && sequence.attributes.ownedBy === owner && creates(key);
  });
}

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
  if (words.length === 0) return [];
  if (!leavesBounds(before, after)) return [{sql: `${alter} ${words.join(' ')}`}];
  const note = 'Its sequence starts anew, because it cannot go on within its new bounds.';
  return [{sql: `${alter} ${words.join(' ')} RESTART`, note}];
}

/** PostgreSQL wants the next number to lie within the new bounds. */
function leavesBounds({attributes: was}: Column, {attributes: {identityOptions: is = {}}}: Column): boolean {
  const falls = (options: Options = {}): boolean => options['increment']?.startsWith('-') ?? false;
  const start = BigInt(was.identityOptions?.['start'] ?? (falls(was.identityOptions) ? '-1' : '1'));
  const [low, high] = [
    is['minvalue'] ?? (falls(is) ? undefined : '1'),
    is['maxvalue'] ?? (falls(is) ? '-1' : undefined),
  ];
  return (low !== undefined && start < BigInt(low)) || (high !== undefined && start > BigInt(high));
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
