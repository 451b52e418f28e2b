import {quoteWhereNeeded} from '../../sql/quote.ts';
import {nameOf} from '../key.ts';
import type {ObjectOf} from '../objects.ts';
import {sorted} from './options.ts';

export function configurationStatements(
  configuration: ObjectOf<'text search configuration'>,
): readonly string[] {
  const {parser, mappings = {}} = configuration.attributes;
  return [
    `CREATE TEXT SEARCH CONFIGURATION ${nameOf(configuration)} (PARSER = ${parser})`,
    ...sorted(mappings).map(([token, dictionaries]) => addMapping(configuration, token, dictionaries)),
  ];
}

export function addMapping(
  configuration: ObjectOf<'text search configuration'>,
  token: string,
  dictionaries: readonly string[],
): string {
  return `ALTER TEXT SEARCH CONFIGURATION ${nameOf(configuration)} ADD MAPPING FOR ${quoteWhereNeeded(token)} WITH ${dictionaries.join(', ')}`;
}

/** Its options are kept by PostgreSQL as the text in the parentheses. */
export function createDictionary(dictionary: ObjectOf<'text search dictionary'>): string {
  const {template, options} = dictionary.attributes;
  const clauses = [`TEMPLATE = ${template}`, ...(options === undefined ? [] : [options])];
  return `CREATE TEXT SEARCH DICTIONARY ${nameOf(dictionary)} (\n    ${clauses.join(',\n    ')}\n)`;
}
