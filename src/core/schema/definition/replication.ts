import {quoteWhereNeeded} from '../../sql/quote.ts';
import type {AttributesOf} from '../attributes.ts';
import type {ObjectOf} from '../objects.ts';
import {literal} from './names.ts';
import {storageOptions} from './options.ts';

type Publication = AttributesOf['publication'];

export function createPublication(publication: ObjectOf<'publication'>): string {
  const {attributes} = publication;
  const what = attributes.allTables ? 'ALL TABLES' : published(attributes);
  const options = publicationOptions(attributes);
  return [
    `CREATE PUBLICATION ${quoteWhereNeeded(publication.name)}`,
    ...(what === '' ? [] : [`FOR ${what}`]),
    ...(options === '' ? [] : [`WITH (${options})`]),
  ].join('\n    ');
}

/** @returns `TABLE public.orders, TABLES IN SCHEMA audit`, as CREATE and ALTER PUBLICATION take it. */
export function published({tables = [], schemas = []}: Pick<Publication, 'tables' | 'schemas'>): string {
  return [
    ...(tables.length === 0 ? [] : [`TABLE ${tables.join(', ')}`]),
    ...(schemas.length === 0 ? [] : [`TABLES IN SCHEMA ${schemas.map(quoteWhereNeeded).join(', ')}`]),
  ].join(', ');
}

/** Only those that are not the default. */
function publicationOptions({publish, viaRoot, generatedColumns}: Publication): string {
  return [
    ...(publish ? [`publish = ${literal(publish.join(', '))}`] : []),
    ...(viaRoot ? ['publish_via_partition_root = true'] : []),
    ...(generatedColumns === undefined ? [] : [`publish_generated_columns = ${generatedColumns}`]),
  ].join(', ');
}

/**
 * The connection is not in a snapshot. `connect = false` makes it without one: no slot is made on the publisher, and
 * it is not enabled until somebody does both.
 */
export function subscriptionStatements(subscription: ObjectOf<'subscription'>): readonly string[] {
  const enable = `ALTER SUBSCRIPTION ${quoteWhereNeeded(subscription.name)} ENABLE`;
  return [createSubscription(subscription), ...(subscription.attributes.disabled ? [] : [enable])];
}

function createSubscription(subscription: ObjectOf<'subscription'>): string {
  const {publications, slotName, options} = subscription.attributes;
  const settings = [
    'connect = false',
    `slot_name = ${slotWord(subscription.name, slotName)}`,
    ...(options ? [storageOptions(options)] : []),
  ];
  return [
    `CREATE SUBSCRIPTION ${quoteWhereNeeded(subscription.name)}`,
    `CONNECTION 'host=…'`,
    `PUBLICATION ${publications.map(quoteWhereNeeded).join(', ')}`,
    `WITH (${settings.join(', ')})`,
  ].join('\n    ');
}

/** Its slot has its name unless it has another, or none. */
export function slotWord(name: string, slotName = name): string {
  return slotName === 'NONE' ? slotName : literal(slotName);
}
