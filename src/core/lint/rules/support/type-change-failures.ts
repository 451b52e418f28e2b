import {text} from '../../../sql/objects.ts';
import {quoteWhereNeeded} from '../../../sql/quote.ts';
import {enumerated} from '../../../words.ts';
import type {Remedy} from '../../remedy.ts';
import type {Draft, Situation} from '../../rule.ts';
import type {ColumnTypeChange} from './column-type-change.ts';
import {userWords} from './dependents.ts';
import {short} from './relation-names.ts';
import {readType} from './sql-type.ts';
import {mentions} from './touched-by-type.ts';
import {needsUsing} from './type-change.ts';

/** What PostgreSQL refuses, however few rows there are. */
export function refusedTypeChange(situation: Situation, change: ColumnTypeChange): readonly Draft[] {
  const {column, to, using} = change;
  if (!column || column.type === '') return [];
  if (change.found.relation?.partitionBy?.keys.includes(change.name) === true)
    return [ofPartitionKey(change)];
  const users = situation.before.usersOf(change.found.table, change.name).map(user => userWords(user));
  if (users.length > 0) return [ofUsers(change, users)];
  const generated = generatedFrom(change);
  if (generated.length > 0) return [ofGenerated(change, generated)];
  if (!needsUsing(column.type, to, situation.before)) return [];
  if (using === undefined) return [withoutCast(change, column.type)];
  const {default: value} = column;
  return value === undefined || isNull(value) || hasDefaultDropped(situation, change)
    ? []
    : [ofDefault(situation, change, value)];
}

function refused(
  change: ColumnTypeChange,
  why: string,
  fix: string,
  remedies: readonly Remedy[] = [],
): Draft {
  const {at, name, found, to} = change;
  const what = `Fails: ${quoteWhereNeeded(name)} of ${short(found.table)} cannot become ${to}`;
  return {at, severity: 'error', what, why, fix, remedies};
}

function generatedFrom({found, name}: ColumnTypeChange): readonly string[] {
  return [...(found.relation?.columns.values() ?? [])]
    .filter(({generated, expression}) => generated && mentions(expression, name))
    .map(({name: other}) => quoteWhereNeeded(other));
}

function ofUsers(change: ColumnTypeChange, users: readonly string[]): Draft {
  return refused(
    change,
    `${enumerated(users)} ${users.length > 1 ? 'use' : 'uses'} it, and PostgreSQL does not change the type of such a column (SQLSTATE 0A000), even to one that is stored alike.`,
    'Drop what uses it first, and make it again afterwards, in the same transaction.',
  );
}

function ofGenerated(change: ColumnTypeChange, generated: readonly string[]): Draft {
  return refused(
    change,
    `${enumerated(generated)} is generated from it, and PostgreSQL does not change the type of a column that is used by a generated one.`,
    'Drop the generated column first, and add it again afterwards.',
  );
}

function ofPartitionKey(change: ColumnTypeChange): Draft {
  return refused(
    change,
    'It is part of the partition key, whose type PostgreSQL does not change (SQLSTATE 42P16).',
    'Make another partitioned table with the new type, and copy the rows into it.',
  );
}

function withoutCast(change: ColumnTypeChange, from: string): Draft {
  const {action, name, to} = change;
  const insertion = {start: action.end, end: action.end, text: ` USING ${quoteWhereNeeded(name)}::${to}`};
  return refused(
    change,
    `From ${from} to ${to} there is no cast that PostgreSQL makes by itself (SQLSTATE 42804).`,
    'Say with USING how the values are converted.',
    [{title: 'Convert the values with a cast', kind: 'edit', preferred: true, edits: [insertion]}],
  );
}

function isNull(value: string): boolean {
  return /^null\b/i.test(value);
}

function hasDefaultDropped({statement}: Situation, {action, name}: ColumnTypeChange): boolean {
  return statement.actions
    .slice(0, action.index)
    .some(
      ({subtype, node}) =>
        subtype === 'AT_ColumnDefault' && node['def'] === undefined && text(node['name']) === name,
    );
}

function ofDefault(situation: Situation, change: ColumnTypeChange, value: string): Draft {
  const {action, name, to} = change;
  const alter = `ALTER COLUMN ${quoteWhereNeeded(name)}`;
  const isString = /^'(?:[^']|'')*'(?:::[\w ]+(?:\(\d+\))?)?$/.test(value);
  const again = `, ${alter} SET DEFAULT ${value.replace(/::[^']*$/, '')}::${to}`;
  const remedy: Remedy = {
    title: 'Drop the default in front of it, and set it again behind it',
    kind: 'edit',
    preferred: true,
    edits: [
      {start: action.start, end: action.start, text: `${alter} DROP DEFAULT, `},
      {start: action.end, end: action.end, text: again},
    ],
  };
  return refused(
    change,
    `Its default ${value} cannot be converted to ${to} (SQLSTATE 42804), as USING is about the rows only.`,
    'Drop the default in the same statement in front of it, and set it again behind it.',
    isString && isValueOf(situation, to, value) ? [remedy] : [],
  );
}

/** Of an enum only what it lists; whether other types take the text is not looked at. */
function isValueOf({before}: Situation, to: string, value: string): boolean {
  const type = before.type(readType(to).name);
  const [, label = ''] = /^'((?:[^']|'')*)'/.exec(value) ?? [];
  return type?.kind !== 'enum' || type.values.includes(label.replaceAll("''", "'"));
}
