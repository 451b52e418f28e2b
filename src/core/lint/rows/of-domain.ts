import {constraintQuestions} from '../../rehearse/live-questions.ts';
import {field, names, qualified, text} from '../../sql/objects.ts';
import {quoteWhereNeeded} from '../../sql/quote.ts';
import type {Span} from '../../sql/positions.ts';
import {namedType} from '../model/types.ts';
import type {Situation} from '../rule.ts';
import {fullName} from '../rules/support/relation-names.ts';
import {asPart, askedTable} from './asked-table.ts';
import {notNull} from './of-constraints.ts';
import type {RowsQuestion} from './rows-question.ts';

/** @returns what a domain's new constraint demands of each column that the history knows to have the domain */
export function ofDomain(situation: Situation): readonly RowsQuestion[] {
  const {statement, before} = situation;
  const {subtype, typeName, def} = statement.node;
  const name = qualified(names(typeName));
  const domain = name && before.type(name);
  const constraint = field(def, 'Constraint');
  if (domain?.kind !== 'domain' || constraint['skip_validation'] === true) return [];
  const type = namedType(domain);
  const check = subtype === 'C' ? checkOf(situation) : undefined;
  const given = text(constraint['conname']);
  return [...before.relations()].flatMap(relation => {
    const table =
      relation.partitionOf === undefined ? askedTable(situation, fullName(relation), false) : undefined;
    const columns = [...relation.columns.values()].filter(column => column.type === type);
    if (!table) return [];
    return columns.flatMap(column => {
      if (subtype === 'O') return [notNull(table, column.name)];
      if (check === undefined) return [];
      const values = {type: 'check', expression: asPart(check(`t.${quoteWhereNeeded(column.name)}`))};
      const offence = {kind: 'check', ...(given === undefined ? {} : {name: given})} as const;
      return constraintQuestions({name: given ?? 'check'}, table.sql, values).map(question =>
        table.ask(question, offence, [column.name]),
      );
    });
  });
}

/** @returns what makes of VALUE a column */
function checkOf({statement}: Situation): ((column: string) => string) | undefined {
  const check = statement.find('CHECK');
  const first = check && statement.words.find(({start, text: word}) => start >= check.end && word === '(');
  if (!first) return undefined;
  const values = statement.words.filter(({start, text: word}) => start > first.start && word === 'VALUE');
  return column => replaced(statement.sql, {start: first.start, end: statement.whole.end}, values, column);
}

/** The parentheses stay: CHECK is the last that such a statement has. */
function replaced(sql: string, whole: Span, places: readonly Span[], by: string): string {
  let made = '';
  let at = whole.start;
  for (const {start, end} of places) {
    made += sql.slice(at, start) + by;
    at = end;
  }
  return made + sql.slice(at, whole.end);
}
