import {referenceOf} from '../../definition/names.ts';
import {createUserMapping, notRead, readOptions, withoutArguments} from '../../definition/foreign.ts';
import {literal} from '../../definition/names.ts';
import {nameOf} from '../../key.ts';
import type {Options} from '../../attributes.ts';
import type {ObjectOf} from '../../objects.ts';
import {foreignOptionChanges} from '../relations/options.ts';
import type {Writer, Written} from '../writer.ts';
import {writerOf} from './writer-of.ts';

export const wrapperWriter: Writer<'foreign data wrapper'> = writerOf({
  note: 'Only a superuser may do this.',
  change: ({before: {attributes: was}, after, attributes}) => {
    const {handler, validator, options} = after.attributes;
    const alter = `ALTER FOREIGN DATA WRAPPER ${nameOf(after)}`;
    const called = (word: string, name?: string): string =>
      name === undefined ? `NO ${word}` : `${word} ${withoutArguments(name)}`;
    const words = [
      ...(attributes.has('handler') ? [called('HANDLER', handler)] : []),
      ...(attributes.has('validator') ? [called('VALIDATOR', validator)] : []),
    ];
    return [
      ...(words.length === 0 ? [] : [{sql: `${alter} ${words.join(' ')}`}]),
      ...foreignOptionChanges(alter, was.options, options),
    ];
  },
});

export const serverWriter: Writer<'server'> = writerOf({
  change: ({before: {attributes: was}, after, attributes}) => {
    const {version, options} = after.attributes;
    const removed = attributes.has('version') && version === undefined;
    if (removed || attributes.has('wrapper') || attributes.has('type')) return 'recreate';
    const alter = `ALTER SERVER ${nameOf(after)}`;
    return [
      ...(attributes.has('version') ? [{sql: `${alter} VERSION ${literal(version ?? '')}`}] : []),
      ...foreignOptionChanges(alter, was.options, options),
    ];
  },
});

export const userMappingWriter: Writer<'user mapping'> = writerOf({
  create: mapping => [{sql: createUserMapping(mapping)}, ...secretsOf(mapping)],
  change: ({before, after}) => [
    ...foreignOptionChanges(
      `ALTER ${referenceOf(after)}`,
      withoutSecrets(before.attributes.options, after.attributes.options),
      readOptions(after.attributes.options),
    ),
    ...(missingSecrets(before.attributes.options, after.attributes.options).length > 0
      ? secretsOf(after)
      : []),
  ],
});

/** A secret that is no longer there can be dropped; one that stays cannot be told from another value. */
function withoutSecrets(was: Options = {}, is: Options = {}): Options {
  return Object.fromEntries(Object.entries(was).filter(([name]) => is[name] !== notRead));
}

function missingSecrets(was: Options = {}, is: Options = {}): readonly string[] {
  return Object.entries(is).flatMap(([name, value]) => (value === notRead && !(name in was) ? [name] : []));
}

function secretsOf({attributes}: ObjectOf<'user mapping'>): readonly Written[] {
  const names = missingSecrets({}, attributes.options);
  if (names.length === 0) return [];
  return [{leftOut: `The value of ${names.join(', ')} may be a secret, and is not read.`}];
}
