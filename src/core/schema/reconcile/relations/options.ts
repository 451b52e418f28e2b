import {quoteWhereNeeded} from '../../../sql/quote.ts';
import {literal} from '../../definition/names.ts';
import {sorted, storageOptions} from '../../definition/options.ts';
import type {Options} from '../../attributes.ts';
import type {Draft} from '../writer.ts';

/** @returns `ALTER … SET (…)` and `ALTER … RESET (…)` for the options that differ. */
export function optionChanges(
  alter: string,
  before: Options = {},
  after: Options = {},
  prefix = '',
): readonly Draft[] {
  const set = Object.fromEntries(Object.entries(after).filter(([name, value]) => before[name] !== value));
  const reset = Object.keys(before).filter(name => !(name in after));
  return [
    ...(reset.length > 0
      ? [{sql: `${alter} RESET (${reset.map(name => prefix + quoteWhereNeeded(name)).join(', ')})`}]
      : []),
    ...(Object.keys(set).length > 0 ? [{sql: `${alter} SET (${storageOptions(set, prefix)})`}] : []),
  ];
}

/** @returns `ALTER … OPTIONS (ADD …, SET …, DROP …)` for the options that differ. */
export function foreignOptionChanges(
  alter: string,
  before: Options = {},
  after: Options = {},
): readonly Draft[] {
  const dropped = sorted(before).flatMap(([name]) => (name in after ? [] : `DROP ${quoteWhereNeeded(name)}`));
  const given = sorted(after).flatMap(([name, value]) =>
    before[name] === value
      ? []
      : `${name in before ? 'SET' : 'ADD'} ${quoteWhereNeeded(name)} ${literal(value)}`,
  );
  const all = [...dropped, ...given];
  return all.length === 0 ? [] : [{sql: `${alter} OPTIONS (${all.join(', ')})`}];
}
