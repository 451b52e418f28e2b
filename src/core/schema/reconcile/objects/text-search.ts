import {quoteWhereNeeded} from '../../../sql/quote.ts';
import {addMapping} from '../../definition/text-search.ts';
import {nameOf} from '../../key.ts';
import type {Changed, Writer, Written} from '../writer.ts';
import {splitList} from './arguments.ts';
import {writerOf} from './writer-of.ts';

export const configurationWriter: Writer<'text search configuration'> = writerOf({
  change: changeConfiguration,
});

function changeConfiguration({
  before,
  after,
  attributes,
}: Changed<'text search configuration'>): readonly Written[] | 'recreate' {
  if (attributes.has('parser')) return 'recreate';
  const {mappings: was = {}} = before.attributes;
  const {mappings: is = {}} = after.attributes;
  const alter = `ALTER TEXT SEARCH CONFIGURATION ${nameOf(after)}`;
  const dropped = Object.keys(was).filter(token => !(token in is));
  return [
    ...(dropped.length === 0
      ? []
      : [{sql: `${alter} DROP MAPPING FOR ${dropped.map(quoteWhereNeeded).join(', ')}`}]),
    ...Object.entries(is).flatMap(([token, dictionaries]) => {
      if (!(token in was)) return [{sql: addMapping(after, token, dictionaries)}];
      if (was[token]?.join() === dictionaries.join()) return [];
      return [{sql: `${alter} ALTER MAPPING FOR ${quoteWhereNeeded(token)} WITH ${dictionaries.join(', ')}`}];
    }),
  ];
}

export const dictionaryWriter: Writer<'text search dictionary'> = writerOf({change: changeDictionary});

function changeDictionary({
  before,
  after,
  attributes,
}: Changed<'text search dictionary'>): readonly Written[] | 'recreate' {
  if (attributes.has('template')) return 'recreate';
  const was = optionsOf(before.attributes.options);
  const is = optionsOf(after.attributes.options);
  const removed = [...was.keys()].filter(name => !is.has(name));
  const set = [...is].flatMap(([name, option]) => (was.get(name) === option ? [] : [option]));
  return [{sql: `ALTER TEXT SEARCH DICTIONARY ${nameOf(after)} (${[...set, ...removed].join(', ')})`}];
}

/** @returns `name = 'value'` by name. */
function optionsOf(text = ''): ReadonlyMap<string, string> {
  return new Map(splitList(text).map(option => [option.split('=', 1)[0]?.trim() ?? '', option]));
}
