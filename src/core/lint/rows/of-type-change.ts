import {typeQuestion} from '../../rehearse/live-questions.ts';
import {field} from '../../sql/objects.ts';
import {quoteWhereNeeded} from '../../sql/quote.ts';
import type {Situation} from '../rule.ts';
import type {Action} from '../statement.ts';
import {readType} from '../rules/support/sql-type.ts';
import {changeThrough} from '../rules/support/type-change.ts';
import {castsOf, newTypeOf} from '../rules/support/using-cast.ts';
import {asPart, type AskedTable} from './asked-table.ts';
import type {RowsQuestion} from './rows-question.ts';

/** @returns the question whether all values are some of the new type's; nothing where they always are */
export function ofTypeChange(
  situation: Situation,
  table: AskedTable,
  action: Action,
): readonly RowsQuestion[] {
  const {column: name, to} = newTypeOf(action.node);
  const value = usingOf(situation, action);
  const from = table.relation?.columns.get(name)?.type ?? '';
  if (value === undefined && fitsAlways(situation, from, to)) return [];
  const column = quoteWhereNeeded(name);
  const change = {column, type: to, ...(value === undefined ? {} : {value})};
  const question = typeQuestion(table.column(name), table.sql, change);
  return [table.ask(question, {kind: 'type', column, type: to}, [name])];
}

/** @returns what USING computes; undefined where it is no more than the cast that PostgreSQL would make without it */
function usingOf({statement}: Situation, action: Action): string | undefined {
  const {column, to} = newTypeOf(action.node);
  const using = field(action.node['def'], 'ColumnDef')['raw_default'];
  const casts = castsOf(using, column);
  if (casts && (casts.length === 0 || (casts.length === 1 && casts[0] === to))) return undefined;
  const word = statement.find('USING', action);
  return word && asPart(statement.sql.slice(word.end, action.end).trim());
}

const wider = ['smallint', 'integer', 'bigint', 'numeric'] as const;

function fitsAlways({before}: Situation, from: string, to: string): boolean {
  const [old, fresh] = [readType(from), readType(to)];
  if (fresh.isArray !== old.isArray) return false;
  if (['text', 'character varying'].includes(fresh.base) && fresh.modifiers.length === 0) return true;
  const place = wider.findIndex(type => type === old.base);
  const isWider = place >= 0 && place <= wider.findIndex(type => type === fresh.base);
  if (isWider && old.modifiers.length === 0 && fresh.modifiers.length === 0) return true;
  const how = from === '' ? 'unknown' : changeThrough([from, to], before);
  return how === 'free' || how === 'indexes' || how === 'time-zone';
}
