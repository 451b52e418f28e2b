import {indexQuestions} from '../../rehearse/live-questions.ts';
import {field, list} from '../../sql/objects.ts';
import {quoteWhereNeeded} from '../../sql/quote.ts';
import {columnsIn} from '../model/expression.ts';
import type {Index} from '../model/schema.ts';
import type {Situation} from '../rule.ts';
import {asPart, type AskedTable} from './asked-table.ts';
import type {RowsQuestion} from './rows-question.ts';

/** @returns what CREATE UNIQUE INDEX demands; nothing where the index is there already */
export function ofIndex(situation: Situation, table: AskedTable): readonly RowsQuestion[] {
  const {statement, before, after} = situation;
  const {node} = statement;
  const old = before.relation(table.name)?.indexes;
  const made = [...(after.relation(table.name)?.indexes.values() ?? [])].find(
    ({name, unique}) => unique && old?.has(name) !== true,
  );
  if (node['unique'] !== true || !made) return [];
  const keys = made.keys.map(key => (key.startsWith('(') ? key : quoteWhereNeeded(key)));
  const params = list(node['indexParams']).map(each => field(each, 'IndexElem'));
  const values = {
    unique: true,
    keys,
    nullsNotDistinct: node['nulls_not_distinct'] === true,
    ...predicateOf(made),
  };
  const columns = [
    ...params.flatMap(({name}) => (typeof name === 'string' && name !== '' ? [name] : [])),
    ...columnsIn([params.map(({expr}) => expr), node['whereClause']]),
  ];
  return indexQuestions({name: made.name}, table.sql, values).map(question =>
    table.ask(question, {kind: 'duplicate', keys}, [...new Set(columns)]),
  );
}

function predicateOf({where}: Index): {readonly predicate?: string} {
  return where === undefined ? {} : {predicate: asPart(where)};
}
