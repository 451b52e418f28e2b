import {field, list, text} from '../../../sql/objects.ts';
import {quoteWhereNeeded} from '../../../sql/quote.ts';
import {enumerated} from '../../../words.ts';
import type {Remedy} from '../../remedy.ts';
import type {Draft, Situation} from '../../rule.ts';
import type {ColumnTypeChange} from './column-type-change.ts';
import {isJoinedByNext} from './made-later.ts';
import {standsAlone, throughNewColumn} from './new-column.ts';
import {short} from './relation-names.ts';
import {literalOf} from './settings-before.ts';
import {checkedAgain, rebuiltIndexes} from './touched-by-type.ts';
import {changeThrough} from './type-change.ts';
import {castsOf} from './using-cast.ts';

/** What a type's change does to a table with rows. */
export function costOfTypeChange(situation: Situation, change: ColumnTypeChange): readonly Draft[] {
  const {column, to, using, name} = change;
  const casts = castsOf(using, name);
  const kind = casts ? changeThrough([column?.type ?? '', ...casts, to], situation.before) : 'rewrite';
  switch (kind) {
    case 'free':
    case 'indexes':
      return withoutRewrite(change, kind === 'indexes' || change.collates);
    case 'time-zone':
      return isUtc(situation) ? withoutRewrite(change, true) : [byTimeZone(situation, change)];
    case 'rewrite':
      return [rewriting(situation, change, casts)];
    case 'unknown':
      return [perhaps(change)];
    default:
      return kind satisfies never;
  }
}

function rewriting(
  situation: Situation,
  change: ColumnTypeChange,
  casts: readonly string[] | undefined,
): Draft {
  const {found, at, column, to} = change;
  const table = short(found.table);
  const how = column && column.type !== '' ? `from ${column.type} to ${to}` : `to ${to}`;
  return {
    at,
    what: `Rewrites ${table} and blocks its readers and writers meanwhile`,
    why: `A change ${how}${casts ? '' : ' with such a USING'} converts every row: the table and all its indexes are written anew under an ACCESS EXCLUSIVE lock.`,
    fix: readsAsUtc(change)
      ? 'Set TimeZone to UTC for this migration and leave USING out: then no row is written, and only indexes of the column are built again.'
      : 'Add a column of the new type, keep it equal with a trigger, fill it in batches, and let it take the place of the old one.',
    lock: {mode: 'ACCESS EXCLUSIVE', on: [found.table]},
    work: {kind: 'rewrite', of: [found.table]},
    remedies: casts ? newColumn(situation, change, casts) : [],
  };
}

function newColumn(
  {statement}: Situation,
  change: ColumnTypeChange,
  casts: readonly string[],
): readonly Remedy[] {
  const {found, column, name, to, action} = change;
  const {table, relation} = found;
  if (!relation || !column || change.collates || !standsAlone(relation, name)) return [];
  const isTouched = statement.actions.some(
    (other, index) => index !== action.index && text(other.node['name']) === name,
  );
  if (isTouched) return [];
  const steps = throughNewColumn({table, relation, column, to, casts});
  return [{title: 'Change it through a new column', kind: 'action-steps', action: action.index, steps}];
}

function perhaps(change: ColumnTypeChange): Draft {
  const {found, at, column, name, to} = change;
  const from = column?.type ?? '';
  return {
    at,
    severity: mayBeFree.test(to) ? 'information' : 'warning',
    what: `Rewrites ${short(found.table)}, unless ${from === '' ? 'its old type' : from} is stored like ${to}`,
    why: 'As a rule another type converts every row: the table and all its indexes are written anew under an ACCESS EXCLUSIVE lock.',
    fix: 'Look up the old type. Where the change rewrites the table, go through a new column that is filled in batches.',
    lock: {mode: 'ACCESS EXCLUSIVE', on: [found.table]},
    facts: [
      from === ''
        ? `The old type of ${quoteWhereNeeded(name)} is not known here: no migration of the project makes the column.`
        : `How ${from} and ${to} are stored is not known here.`,
    ],
  };
}

/** The types that others become for nothing. */
const mayBeFree =
  /^(?:text|character varying|bpchar|bit varying|numeric|interval|time|inet|oid|reg|citext)(?!.*\[\])|\./;

function withoutRewrite({found, at, name, to}: ColumnTypeChange, otherClass: boolean): readonly Draft[] {
  const indexes = rebuiltIndexes(found.relation, name, otherClass).map(index => quoteWhereNeeded(index.name));
  const checks = checkedAgain(found.relation, name).map(each => quoteWhereNeeded(each));
  if (indexes.length + checks.length === 0) return [];
  const all = [
    ...(indexes.length > 0
      ? [`${enumerated(indexes)} ${indexes.length > 1 ? 'are' : 'is'} built again`]
      : []),
    ...(checks.length > 0 ? [`${enumerated(checks)} ${checks.length > 1 ? 'are' : 'is'} checked again`] : []),
  ];
  return [
    {
      at,
      what: `Blocks readers and writers of ${short(found.table)} while ${enumerated(all)}`,
      why: `To become ${to} no row is written, but that work is done under the ACCESS EXCLUSIVE lock, and reads the whole table.`,
      fix:
        indexes.length > 0
          ? 'Drop these indexes first, and build them again afterwards with CONCURRENTLY.'
          : 'Drop the checks first, add them again with NOT VALID, and validate them in a transaction of their own.',
      lock: {mode: 'ACCESS EXCLUSIVE', on: [found.table]},
      work: {kind: 'scan', of: [found.table]},
    },
  ];
}

function isUtc({file, index}: Situation): boolean {
  const value = literalOf(file.statements.slice(0, index), 'timezone');
  return value !== undefined && /^(?:utc|etc\/utc|gmt|zulu|0)$/i.test(value);
}

function byTimeZone(situation: Situation, change: ColumnTypeChange): Draft {
  const {found, at, column, to} = change;
  const sql = `SET ${isJoinedByNext(situation) ? 'LOCAL ' : ''}TimeZone = 'UTC'`;
  return {
    at,
    what: `Rewrites ${short(found.table)}, unless the session's TimeZone is UTC`,
    why: `From ${column?.type ?? 'timestamp'} to ${to} the values are shifted by the session's TimeZone. Where that is UTC only the column's indexes are built again; else the table is written anew, both under an ACCESS EXCLUSIVE lock. It also decides what the values mean.`,
    fix: 'If the values are in UTC, set TimeZone to UTC for this migration.',
    lock: {mode: 'ACCESS EXCLUSIVE', on: [found.table]},
    remedies: [{title: 'Read the values as UTC', kind: 'first', sql}],
  };
}

/** `timestamp` to `timestamptz` with USING … AT TIME ZONE 'UTC', which PostgreSQL also does without touching a row. */
function readsAsUtc({column, to, using}: ColumnTypeChange): boolean {
  const zone = field(list(field(using, 'FuncCall')['args'])[0], 'A_Const');
  const pair = `${column?.type ?? ''} ${to}`;
  return (
    /^timestamp (?:without|with) time zone timestamp (?:without|with) time zone$/.test(pair) &&
    /^utc$/i.test(text(field(zone, 'sval')['sval']) ?? '')
  );
}
