import {nameOf} from '../../key.ts';
import type {Changed, Writer, Written} from '../writer.ts';
import {writerOf} from './writer-of.ts';

const superuser = 'Only a superuser may do this.';

/** Kinds that can only be dropped and made again, by the statement that tells all of them. */
export const castWriter: Writer<'cast'> = writerOf();
export const collationWriter: Writer<'collation'> = writerOf();
export const conversionWriter: Writer<'conversion'> = writerOf();
export const operatorWriter: Writer<'operator'> = writerOf();
export const transformWriter: Writer<'transform'> = writerOf();
export const languageWriter: Writer<'language'> = writerOf({note: superuser});
export const operatorClassWriter: Writer<'operator class'> = writerOf({note: superuser});
export const accessMethodWriter: Writer<'access method'> = writerOf({note: superuser});
export const parserWriter: Writer<'text search parser'> = writerOf({note: superuser});
export const templateWriter: Writer<'text search template'> = writerOf({note: superuser});

export const operatorFamilyWriter: Writer<'operator family'> = writerOf({
  note: superuser,
  change: changeFamily,
});

function changeFamily({before, after}: Changed<'operator family'>): readonly Written[] {
  const was = before.attributes.members ?? [];
  const is = after.attributes.members ?? [];
  const alter = `ALTER OPERATOR FAMILY ${nameOf(after)}`;
  return [
    ...was
      .filter(member => !is.includes(member))
      .map(member => ({sql: `${alter} DROP ${memberName(member)}`})),
    ...is.filter(member => !was.includes(member)).map(member => ({sql: `${alter} ADD ${member}`})),
  ];
}

/** DROP names a member by its number and types: `OPERATOR 1 (integer, bigint)`. */
function memberName(member: string): string {
  const [, word = '', number = '', rest = ''] = /^(OPERATOR|FUNCTION) (\d+) (.*)$/s.exec(member) ?? [];
  const types = /\(([^()]|\([^()]*\))*\)/.exec(rest)?.[0] ?? '';
  return `${word} ${number} ${types}`;
}

export const statisticsWriter: Writer<'statistics'> = writerOf({
  change: ({after, attributes}) =>
    attributes.has('definition')
      ? 'recreate'
      : [{sql: `ALTER STATISTICS ${nameOf(after)} SET STATISTICS ${after.attributes.target ?? -1}`}],
});
