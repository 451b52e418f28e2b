import {nameOf} from '../schema/key.ts';
import type {AttributeValue} from '../schema/attributes.ts';
import type {ObjectIdentity} from '../schema/objects.ts';
import {quoteWhereNeeded} from '../sql/quote.ts';
import type {ObjectChange} from './report.ts';

/** A question to the target's rows: does one contradict what a migration demands? */
export interface LiveQuestion {
  /** “NOT NULL on public.orders.note” */
  readonly what: string;
  /** Qualified, quoted where needed. */
  readonly table: string;
  /** Selects from the table as `t`. `condition` holds for a row that offends. */
  readonly ask:
    | {readonly kind: 'rows'; readonly condition: string}
    | {readonly kind: 'duplicates'; readonly columns: readonly string[]; readonly where: string}
    /** The cast fails for a row that offends. `value` is computed of its columns; the column itself unless told. */
    | {readonly kind: 'cast'; readonly column: string; readonly type: string; readonly value?: string};
  /**
   * Its expressions are as somebody wrote them, with names that are looked up in this schema and then in `public`. Absent
   * where a server has deparsed them for an empty `search_path`.
   */
  readonly writtenFor?: string;
}

/** Attributes of a schema's object. */
export type Values = Readonly<Record<string, AttributeValue | undefined>>;

/** @returns what a migration's changes demand of rows that are there; nothing of tables that it makes itself */
export function liveQuestions(changes: readonly ObjectChange[]): readonly LiveQuestion[] {
  return changes.flatMap(change => {
    const {object, attributes} = change;
    const table = tableOf(object);
    if (change.change === 'removed' || table === undefined) return [];
    const changed = new Set(attributes.map(({name}) => name));
    const values: Values = change.now ?? Object.fromEntries(attributes.map(({name, after}) => [name, after]));
    const isNew = change.change === 'added';
    switch (object.kind) {
      case 'column':
        return columnQuestions(object, table, values, isNew ? 'added' : attributes);
      case 'constraint':
        return isNew || changed.has('notValid') || changed.has('notEnforced')
          ? constraintQuestions(object, table, values)
          : [];
      case 'index':
        return isNew ? indexQuestions(object, table, values) : [];
      default:
        return [];
    }
  });
}

/** The qualified name of the table that something is part of. */
function tableOf({parent}: ObjectIdentity): string | undefined {
  return parent?.startsWith('table ') === true ? nameOf({kind: 'table', key: parent}) : undefined;
}

function columnQuestions(
  object: ObjectIdentity,
  table: string,
  {type, notNull, default: value, identity, generated}: Values,
  attributes: ObjectChange['attributes'] | 'added',
): readonly LiveQuestion[] {
  const name = nameOf(object);
  if (attributes === 'added') {
    const filled = [value, identity, generated].some(each => each !== undefined);
    return notNull === true && !filled ? [newColumnQuestion(name, table)] : [];
  }
  const changed = new Set(attributes.map(each => each.name));
  // On the target it still has its old name.
  const renamed = attributes.find(each => each.name === 'name')?.before;
  const column = quoteWhereNeeded(typeof renamed === 'string' ? renamed : object.name);
  const questions: LiveQuestion[] = [];
  if (changed.has('notNull') && notNull === true) questions.push(notNullQuestion(name, table, column));
  if (changed.has('type') && typeof type === 'string')
    questions.push(typeQuestion(name, table, {column, type}));
  return questions;
}

/** @param name of a column that is added NOT NULL and has no value for the rows that are there */
export function newColumnQuestion(name: string, table: string): LiveQuestion {
  const what = `New column ${name}, NOT NULL without a default`;
  return {what, table, ask: {kind: 'rows', condition: 'true'}};
}

/** @param column quoted where needed */
export function notNullQuestion(name: string, table: string, column: string): LiveQuestion {
  return {what: `NOT NULL on ${name}`, table, ask: {kind: 'rows', condition: `t.${column} IS NULL`}};
}

export interface NewType {
  /** Quoted where needed. */
  readonly column: string;
  /** As `format_type` prints it. */
  readonly type: string;
  /** What USING computes; the column itself unless told. */
  readonly value?: string;
}

/** An assignment refuses what an explicit cast cuts off; blanks at the end it cuts off as well. */
export function typeQuestion(name: string, table: string, to: NewType): LiveQuestion {
  const {column, type, value = `t.${column}`} = to;
  const length = /^(?:character varying|character|bpchar)\((\d+)\)$/.exec(type)?.[1];
  const ask: LiveQuestion['ask'] =
    length === undefined
      ? {kind: 'cast', ...to}
      : {kind: 'rows', condition: `pg_catalog.char_length(pg_catalog.rtrim((${value})::text)) > ${length}`};
  return {what: `Type ${type} for ${name}`, table, ask};
}

/** @param table qualified, quoted where needed */
export function constraintQuestions(
  object: Pick<ObjectIdentity, 'name'>,
  table: string,
  values: Values,
): readonly LiveQuestion[] {
  if (values['notValid'] === true || values['notEnforced'] === true) return [];
  const columns = textsOf(values['columns']).map(quoteWhereNeeded);
  const what = `${wordsOf(values['type'])} ${quoteWhereNeeded(object.name)} on ${table}`;
  const question = (ask: LiveQuestion['ask']): LiveQuestion => ({what, table, ask});
  switch (values['type']) {
    case 'check':
      return typeof values['expression'] === 'string'
        ? [question({kind: 'rows', condition: `(${values['expression']}) IS FALSE`})]
        : [];
    case 'not null':
      return [
        question({
          kind: 'rows',
          condition: columns.map(column => `t.${column} IS NULL`).join(' OR ') || 'false',
        }),
      ];
    case 'foreign key':
      return [question({kind: 'rows', condition: orphans(columns, values)})];
    case 'primary key':
      // That its columns are NOT NULL is asked of the columns.
      return [question({kind: 'duplicates', columns, where: distinctNulls(columns, {})})];
    case 'unique':
      return values['withoutOverlaps'] === true
        ? []
        : [question({kind: 'duplicates', columns, where: distinctNulls(columns, values)})];
    default:
      return [];
  }
}

/** The index of a constraint is asked for with the constraint. */
export function indexQuestions(
  object: Pick<ObjectIdentity, 'name'>,
  table: string,
  values: Values,
): readonly LiveQuestion[] {
  const {unique, constraint, predicate} = values;
  if (unique !== true || constraint !== undefined) return [];
  const columns = textsOf(values['keys']).map(key =>
    key.replace(/ (?:DESC|ASC)?(?: ?NULLS (?:FIRST|LAST))?$/, ''),
  );
  const where = [
    distinctNulls(columns, values),
    ...(typeof predicate === 'string' ? [`(${predicate})`] : []),
  ].join(' AND ');
  const what = `Unique index ${quoteWhereNeeded(object.name)} on ${table}`;
  return [{what, table, ask: {kind: 'duplicates', columns, where}}];
}

function distinctNulls(columns: readonly string[], {nullsNotDistinct}: Values): string {
  return nullsNotDistinct === true ? 'true' : columns.map(column => `(${column}) IS NOT NULL`).join(' AND ');
}

function orphans(columns: readonly string[], {references, referencedColumns, match}: Values): string {
  const there = textsOf(referencedColumns).map(quoteWhereNeeded);
  const pairs = columns.map((column, index) => `r.${there[index] ?? column} = t.${column}`).join(' AND ');
  const missing = `NOT EXISTS (SELECT FROM ${typeof references === 'string' ? references : ''} AS r WHERE ${pairs})`;
  const all = columns.map(column => `t.${column} IS NOT NULL`).join(' AND ');
  const some = columns.map(column => `t.${column} IS NOT NULL`).join(' OR ');
  // MATCH FULL wants all of them or none.
  return match === 'full' ? `(${some}) AND (NOT (${all}) OR ${missing})` : `${all} AND ${missing}`;
}

function textsOf(value: AttributeValue | undefined): readonly string[] {
  return Array.isArray(value) ? value.filter(each => typeof each === 'string') : [];
}

function wordsOf(type: AttributeValue | undefined): string {
  return typeof type === 'string' ? `${type.slice(0, 1).toUpperCase()}${type.slice(1)}` : 'Constraint';
}
