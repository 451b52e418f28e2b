import {constraintQuestions, newColumnQuestion, notNullQuestion} from '../../rehearse/live-questions.ts';
import {field, names, relationOf, text, written, type QualifiedName} from '../../sql/objects.ts';
import {quoteWhereNeeded} from '../../sql/quote.ts';
import {inParentheses, wordsFrom} from '../model/applying.ts';
import {columnsIn} from '../model/expression.ts';
import type {Constraint} from '../model/schema.ts';
import {serialType} from '../model/type-names.ts';
import type {Situation} from '../rule.ts';
import {columnsOf, hasDefault, type AddedConstraint} from '../rules/support/added-constraints.ts';
import {buildsIndex} from '../rules/support/built-constraint.ts';
import {short} from '../rules/support/relation-names.ts';
import {asPart, fullNameOf, relationOn, type AskedTable} from './asked-table.ts';
import type {RowsQuestion} from './rows-question.ts';

/** What a constraint is, as far as rows can contradict it. Columns are without quotes. */
type Demand =
  | {readonly kind: 'not null'; readonly columns: readonly string[]}
  | {
      readonly kind: 'check';
      readonly name?: string | undefined;
      readonly expression: string;
      readonly columns: readonly string[];
    }
  | {
      readonly kind: 'foreign key';
      readonly columns: readonly string[];
      readonly relation: QualifiedName;
      readonly referenced: readonly string[];
      readonly full: boolean;
    }
  | {
      readonly kind: 'primary key' | 'unique';
      readonly columns: readonly string[];
      readonly nullsNotDistinct: boolean;
    };

/** @returns what an ADD CONSTRAINT demands; of a constraint behind a new column only whether that gets values */
export function ofAdded(
  situation: Situation,
  table: AskedTable,
  added: AddedConstraint,
): readonly RowsQuestion[] {
  if (!added.validates) return [];
  if (added.column) return ofNewColumn(situation, table, added);
  const demand = demandOf(situation, added);
  return demand ? questionsOf(table, demand) : [];
}

function demandOf(situation: Situation, added: AddedConstraint): Demand | undefined {
  const {statement} = situation;
  const {node, at} = added;
  const columns = columnsOf(added);
  const nullsNotDistinct = node['nulls_not_distinct'] === true;
  switch (node['contype']) {
    case 'CONSTR_NOTNULL':
      return {kind: 'not null', columns};
    case 'CONSTR_CHECK': {
      const check = statement.find('CHECK', at);
      const expression = check && inParentheses(statement, wordsFrom(statement, check.end));
      const name = text(node['conname']);
      return expression === undefined
        ? undefined
        : {kind: 'check', name, expression, columns: columnsIn(node['raw_expr'])};
    }
    case 'CONSTR_FOREIGN':
      return foreignKey(situation, added);
    case 'CONSTR_PRIMARY':
    case 'CONSTR_UNIQUE':
      return buildsIndex(added) && node['without_overlaps'] !== true
        ? {
            kind: node['contype'] === 'CONSTR_PRIMARY' ? 'primary key' : 'unique',
            columns,
            nullsNotDistinct,
          }
        : undefined;
    default:
      return undefined;
  }
}

function foreignKey(situation: Situation, {node}: AddedConstraint): Demand | undefined {
  const other = relationOf(node['pktable']);
  if (!other) return undefined;
  const relation = fullNameOf(situation, other);
  const given = names(node['pk_attrs']);
  const referenced = given.length > 0 ? given : keyOf(situation, relation);
  const columns = names(node['fk_attrs']);
  return referenced.length === columns.length
    ? {kind: 'foreign key', columns, relation, referenced, full: node['fk_matchtype'] === 'f'}
    : undefined;
}

function keyOf(situation: Situation, name: QualifiedName): readonly string[] {
  const constraints = relationOn(situation, name)?.constraints.values() ?? [];
  return [...constraints].find(({kind}) => kind === 'primary key')?.columns ?? [];
}

/** A serial has a default. */
function ofNewColumn(
  {statement}: Situation,
  table: AskedTable,
  added: AddedConstraint,
): readonly RowsQuestion[] {
  const column = text(added.column?.['colname']);
  const demands = ['CONSTR_NOTNULL', 'CONSTR_PRIMARY'].includes(text(added.node['contype']) ?? '');
  const isSerial = serialType(field(added.column, 'typeName')) !== undefined;
  if (column === undefined || !demands || isSerial || hasDefault(statement, added)) return [];
  const offence = {kind: 'no-value', column: quoteWhereNeeded(column)} as const;
  return [table.ask(newColumnQuestion(table.column(column), table.sql), offence, [])];
}

/** @returns what VALIDATE CONSTRAINT demands; nothing where nobody knows the constraint */
export function ofValidated(
  situation: Situation,
  table: AskedTable,
  constraint: string,
): readonly RowsQuestion[] {
  const known =
    table.relation?.constraints.get(constraint) ??
    situation.target?.relation(table.name)?.constraints.get(constraint);
  const demand = known && demandOfKnown(known);
  return demand ? questionsOf(table, demand) : [];
}

function demandOfKnown(constraint: Constraint): Demand | undefined {
  const {kind, name, columns, expression, references, definition = ''} = constraint;
  if (kind === 'not null') return {kind, columns};
  if (kind === 'check' && expression !== undefined) return {kind, name, expression, columns};
  if (kind !== 'foreign key' || references?.columns.length !== columns.length) return undefined;
  const {relation, columns: referenced} = references;
  return {kind, columns, relation, referenced, full: /\bMATCH\s+FULL\b/i.test(definition)};
}

function questionsOf(table: AskedTable, demand: Demand): readonly RowsQuestion[] {
  const columns = demand.columns.map(quoteWhereNeeded);
  switch (demand.kind) {
    case 'not null':
      return demand.columns.map(column => notNull(table, column));
    case 'check': {
      const {name, expression} = demand;
      const values = {type: 'check', expression: asPart(expression)};
      const offence = {kind: 'check', ...(name === undefined ? {} : {name})} as const;
      return constraintQuestions({name: name ?? 'check'}, table.sql, values).map(question =>
        table.ask(question, offence, demand.columns),
      );
    }
    case 'foreign key': {
      const {relation, referenced, full} = demand;
      const offence = {kind: 'orphan', columns, references: short(relation)} as const;
      const other = {table: written(relation), columns: referenced};
      const values = {
        type: demand.kind,
        columns: demand.columns,
        references: other.table,
        referencedColumns: referenced,
        ...(full ? {match: 'full'} : {}),
      };
      return constraintQuestions({name: 'key'}, table.sql, values).map(question =>
        table.ask(question, offence, demand.columns, other),
      );
    }
    case 'primary key':
    case 'unique': {
      const {kind, nullsNotDistinct} = demand;
      const filled = kind === 'unique' ? [] : demand.columns.filter(column => mayBeNull(table, column));
      const values = {type: kind, columns: demand.columns, nullsNotDistinct};
      const offence = {kind: 'duplicate', keys: columns} as const;
      return [
        ...filled.map(column => notNull(table, column)),
        ...constraintQuestions({name: 'key'}, table.sql, values).map(question =>
          table.ask(question, offence, demand.columns),
        ),
      ];
    }
    default:
      return demand satisfies never;
  }
}

function mayBeNull({relation}: AskedTable, column: string): boolean {
  return relation?.columns.get(column)?.notNull !== true;
}

/** @param column without quotes */
export function notNull(table: AskedTable, column: string): RowsQuestion {
  const quoted = quoteWhereNeeded(column);
  const question = notNullQuestion(table.column(column), table.sql, quoted);
  return table.ask(question, {kind: 'null', column: quoted}, [column]);
}
