import {quoteWhereNeeded} from '../../../sql/quote.ts';
import {slotWord} from '../../definition/replication.ts';
import {storageOptions} from '../../definition/options.ts';
import type {Options} from '../../attributes.ts';
import type {Changed, Writer, Written} from '../writer.ts';
import {writerOf} from './writer-of.ts';

export const subscriptionWriter: Writer<'subscription'> = writerOf({
  create: () => [
    {
      leftOut:
        'Its connection string is not read, because it may hold a password. CREATE SUBSCRIPTION needs one.',
    },
  ],
  drop: ({name, attributes}) => [
    {
      sql: `DROP SUBSCRIPTION ${quoteWhereNeeded(name)}`,
      // With a slot, the publisher is told to drop it.
      transaction: attributes.slotName === 'NONE' ? 'inside' : 'outside',
      loses: `How far ${name} has come, and its slot on the publisher.`,
    },
  ],
  change: changeSubscription,
});

function changeSubscription({before, after, attributes}: Changed<'subscription'>): readonly Written[] {
  const {publications, disabled, slotName} = after.attributes;
  const alter = `ALTER SUBSCRIPTION ${quoteWhereNeeded(after.name)}`;
  const set = [
    ...(attributes.has('slotName') ? [`slot_name = ${slotWord(after.name, slotName)}`] : []),
    ...changedOptions(before.attributes.options, after.attributes.options),
  ];
  const chosen: Written = {
    sql: `${alter} SET PUBLICATION ${publications.map(quoteWhereNeeded).join(', ')} WITH (refresh = false)`,
    note: 'ALTER SUBSCRIPTION … REFRESH PUBLICATION then begins with the tables that are new.',
  };
  const turned = attributes.has('disabled');
  return [
    // Some options can be set only while it is disabled.
    ...(turned && disabled ? [{sql: `${alter} DISABLE`}] : []),
    ...(attributes.has('publications') ? [chosen] : []),
    ...(set.length === 0 ? [] : [{sql: `${alter} SET (${set.join(', ')})`}]),
    ...(turned && !disabled ? [{sql: `${alter} ENABLE`}] : []),
  ];
}

function changedOptions(was: Options = {}, is: Options = {}): readonly string[] {
  const reset = Object.keys(was).filter(name => !(name in is));
  const set = Object.fromEntries(Object.entries(is).filter(([name, value]) => was[name] !== value));
  const all = {...Object.fromEntries(reset.map(name => [name, defaults[name] ?? 'false'])), ...set};
  return Object.keys(all).length === 0 ? [] : [storageOptions(all)];
}

/** Where it is not `false`. */
const defaults: Readonly<Record<string, string>> = {
  synchronous_commit: 'off',
  password_required: 'true',
  origin: 'any',
  streaming: 'off',
};
