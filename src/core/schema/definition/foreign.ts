import {quoteWhereNeeded} from '../../sql/quote.ts';
import {nameOf} from '../key.ts';
import type {Options} from '../attributes.ts';
import type {ObjectOf} from '../objects.ts';
import {literal, referenceOf} from './names.ts';
import {foreignOptions} from './options.ts';

/** The value of an option that is not read, because it may be a secret. */
export const notRead = '(not read)';

export function createWrapper(wrapper: ObjectOf<'foreign data wrapper'>): string {
  const {handler, validator, options} = wrapper.attributes;
  return [
    `CREATE FOREIGN DATA WRAPPER ${nameOf(wrapper)}`,
    ...(handler === undefined ? [] : [`HANDLER ${withoutArguments(handler)}`]),
    ...(validator === undefined ? [] : [`VALIDATOR ${withoutArguments(validator)}`]),
    ...optionsClause(options),
  ].join('\n    ');
}

export function createServer(server: ObjectOf<'server'>): string {
  const {wrapper, type, version, options} = server.attributes;
  return [
    `CREATE SERVER ${nameOf(server)}`,
    ...(type === undefined ? [] : [`TYPE ${literal(type)}`]),
    ...(version === undefined ? [] : [`VERSION ${literal(version)}`]),
    `FOREIGN DATA WRAPPER ${quoteWhereNeeded(wrapper)}`,
    ...optionsClause(options),
  ].join('\n    ');
}

/** Without the options that may be secrets. */
export function createUserMapping(mapping: ObjectOf<'user mapping'>): string {
  return [`CREATE ${referenceOf(mapping)}`, ...optionsClause(readOptions(mapping.attributes.options))].join(
    '\n    ',
  );
}

export function readOptions(options: Options = {}): Options {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== notRead));
}

export function withoutArguments(name: string): string {
  return name.replace(/\(.*\)$/s, '');
}

function optionsClause(options: Options = {}): readonly string[] {
  return Object.keys(options).length === 0 ? [] : [`OPTIONS (${foreignOptions(options)})`];
}
