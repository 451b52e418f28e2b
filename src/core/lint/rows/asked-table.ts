import type {LiveQuestion} from '../../rehearse/live-questions.ts';
import {written, type QualifiedName} from '../../sql/objects.ts';
import {quoteWhereNeeded} from '../../sql/quote.ts';
import type {Relation} from '../model/schema.ts';
import type {Situation} from '../rule.ts';
import {short} from '../rules/support/relation-names.ts';
import type {Needed, Offence, RowsQuestion} from './rows-question.ts';

/** A table whose rows are asked about, with all that its questions share. */
export interface AskedTable {
  /** Qualified. */
  readonly name: QualifiedName;
  /** The same for SQL. */
  readonly sql: string;
  /** What the history knows of it, or else the target. */
  readonly relation: Relation | undefined;
  ask(question: LiveQuestion, offence: Offence, columns: readonly string[], other?: Needed): RowsQuestion;
  /** @returns a column's name for sentences: `public.orders.note` */
  column(name: string): string;
}

/** @returns nothing for what has no rows of its own, and for what PostgreSQL does not look at */
export function askedTable(situation: Situation, of: QualifiedName, isOnly: boolean): AskedTable | undefined {
  const {before} = situation;
  const name = fullNameOf(situation, of);
  const relation = relationOn(situation, name);
  const kind = relation?.kind ?? 'table';
  if (relation?.temporary === true || (kind === 'partitioned table' && isOnly)) return undefined;
  if (kind !== 'table' && kind !== 'partitioned table' && kind !== 'materialized view') return undefined;
  const sql = written(name);
  const writtenFor = before.schemaOf({name: ''});
  return {
    name,
    sql,
    relation,
    ask: (question, offence, columns, other) => ({
      question: {...question, writtenFor},
      table: short(name),
      offence,
      needs: [{table: sql, columns}, ...(other ? [other] : [])],
    }),
    column: column => `${sql}.${quoteWhereNeeded(column)}`,
  };
}

export function fullNameOf({before}: Situation, name: QualifiedName): QualifiedName {
  return {schema: before.relation(name)?.schema ?? before.schemaOf(name), name: name.name};
}

/** A history that begins late does not know its first tables. */
export function relationOn({before, target}: Situation, name: QualifiedName): Relation | undefined {
  return before.relation(name) ?? target?.relation(name);
}

/** @returns an expression as a part of other SQL: a comment at its end ends with it */
export function asPart(expression: string): string {
  return expression.includes('--') ? `${expression}\n` : expression;
}
