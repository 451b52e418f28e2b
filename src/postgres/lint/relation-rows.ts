import * as z from 'zod';
import type {Column, Constraint, Index, Relation} from '../../core/lint/model/schema.ts';
import type {QualifiedName} from '../../core/sql/objects.ts';
import {constraintKinds} from '../constraint-kinds.ts';

const pair = z.tuple([z.string(), z.string()]);
const nullable = z.string().nullable();

const columnRow = z.tuple([
  z.number(),
  z.string(),
  z.string(),
  z.boolean(),
  nullable,
  z.enum(['', 's', 'v']),
  z.enum(['', 'a', 'd']),
]);

const constraintRow = z.tuple([
  z.string(),
  z.enum(['p', 'u', 'f', 'c', 'x', 'n']),
  z.boolean(),
  z.array(z.number()).nullable(),
  nullable,
  z.string(),
  z.array(z.number()).nullable(),
]);

const indexRow = z.tuple([
  z.string(),
  z.string(),
  z.array(z.number()),
  z.number(),
  z.array(z.string()).nullable(),
  z.boolean(),
  z.string(),
  nullable,
  nullable,
  z.boolean(),
  z.boolean(),
]);

/** A row of `relationsSql`; lists that are empty are absent. */
export const relationRow = z.object({
  oid: z.string(),
  schema: z.string(),
  name: z.string(),
  kind: z.enum(['r', 'p', 'v', 'm', 'f']),
  unlogged: z.boolean(),
  row_security: z.boolean(),
  busy: z.boolean(),
  pages: z.coerce.number(),
  rows: z.number(),
  columns: z.array(columnRow).exactOptional(),
  constraints: z.array(constraintRow).exactOptional(),
  indexes: z.array(indexRow).exactOptional(),
  reads: z.array(pair).exactOptional(),
  partitions: z.array(pair).exactOptional(),
  parent_schema: z.string().exactOptional(),
  parent: z.string().exactOptional(),
  is_default: z.boolean(),
  strategy: z.enum(['r', 'l', 'h']).exactOptional(),
  key: z.array(z.number()).exactOptional(),
  key_expressions: z.string().exactOptional(),
  triggers: z.array(z.string()).exactOptional(),
  policies: z.array(z.string()).exactOptional(),
});

export type RelationRow = z.infer<typeof relationRow>;

const kinds = {
  r: 'table',
  p: 'partitioned table',
  v: 'view',
  m: 'materialized view',
  f: 'foreign table',
} as const;

const strategies = {r: 'range', l: 'list', h: 'hash'} as const;

/** @returns the relations by their oids, in the shape that a history's model has */
export function relationsOf(rows: readonly RelationRow[]): ReadonlyMap<string, Relation> {
  const tables = new Map(rows.map(row => [row.oid, new Table(row)]));
  return new Map([...tables].map(([oid, table]) => [oid, table.relation(other => tables.get(other))]));
}

/** A row, with its columns by their numbers, as keys of constraints and indexes name them. */
class Table {
  readonly #row: RelationRow;
  readonly #names: ReadonlyMap<number, string>;

  constructor(row: RelationRow) {
    this.#row = row;
    this.#names = new Map((row.columns ?? []).map(([number, name]) => [number, name]));
  }

  relation(tableOf: (oid: string) => Table | undefined): Relation {
    const {schema, name, kind, unlogged, parent_schema: parentSchema, parent, ...row} = this.#row;
    return {
      schema,
      name,
      kind: kinds[kind],
      temporary: false,
      unlogged,
      columns: byName((row.columns ?? []).map(columnOf)),
      constraints: byName((row.constraints ?? []).map(each => this.#constraint(each, tableOf))),
      indexes: byName((row.indexes ?? []).map(each => this.#index(each))),
      triggers: row.triggers ?? [],
      policies: row.policies ?? [],
      rowSecurity: row.row_security,
      ...(parentSchema !== undefined && parent !== undefined
        ? {partitionOf: {schema: parentSchema, name: parent}}
        : {}),
      isDefaultPartition: row.is_default,
      ...this.#partitionBy(row),
      partitions: (row.partitions ?? []).map(nameOf),
      reads: (row.reads ?? []).map(nameOf),
      complete: true,
    };
  }

  /** Of several expressions only the whole is known, so that such a key stays unknown. */
  #partitionBy({
    strategy,
    key = [],
    key_expressions: expression = '?',
  }: Partial<RelationRow>): Pick<Relation, 'partitionBy'> {
    if (strategy === undefined || key.filter(number => number === 0).length > 1) return {};
    const keys = key.map(number => this.#names.get(number) ?? `(${withoutParentheses(expression)})`);
    return {partitionBy: {strategy: strategies[strategy], keys}};
  }

  #constraint(row: z.infer<typeof constraintRow>, tableOf: (oid: string) => Table | undefined): Constraint {
    const [name, kind, valid, columns, expression, other, referenced] = row;
    const references = tableOf(other)?.referenced(referenced ?? []);
    return {
      name,
      kind: constraintKinds[kind],
      columns: this.#columns(columns ?? []),
      valid,
      ...(expression === null ? {} : {expression: withoutParentheses(expression)}),
      ...(references ? {references} : {}),
    };
  }

  referenced(columns: readonly number[]): NonNullable<Constraint['references']> {
    const {schema, name} = this.#row;
    return {relation: {schema, name}, columns: this.#columns(columns)};
  }

  #columns(numbers: readonly number[]): readonly string[] {
    return numbers.flatMap(number => this.#names.get(number) ?? []);
  }

  #index(row: z.infer<typeof indexRow>): Index {
    const [schema, name, numbers, keys, expressions, unique, method, where, constraint, valid, partial] = row;
    const rest = [...(expressions ?? [])];
    // What could not be deparsed is an expression that equals no other.
    const parts = numbers.map(
      number => this.#names.get(number) ?? `(${withoutParentheses(rest.shift() ?? '?')})`,
    );
    return {
      schema,
      name,
      keys: parts.slice(0, keys),
      include: parts.slice(keys),
      unique,
      method,
      ...(partial ? {where: where === null ? '?' : withoutParentheses(where)} : {}),
      ...(constraint === null ? {} : {constraint}),
      ...(valid ? {} : {valid: false}),
    };
  }
}

function columnOf([, name, type, notNull, written, generated, identity]: z.infer<typeof columnRow>): Column {
  return {
    name,
    // Types in `public` go by their own name in a history too.
    type: type.replace(/^public\./, ''),
    notNull,
    ...(written === null || generated !== '' ? {} : {default: written}),
    ...(generated === '' ? {} : {generated: generated === 's' ? 'stored' : 'virtual'}),
    ...(written === null || generated === '' ? {} : {expression: withoutParentheses(written)}),
    ...(identity === '' ? {} : {identity: identity === 'a' ? 'always' : 'by default'}),
  };
}

/** @returns the text without the pair of parentheses around the whole of it */
function withoutParentheses(expression: string): string {
  if (!expression.startsWith('(') || !expression.endsWith(')')) return expression;
  let depth = 0;
  let inString = false;
  for (let at = 0; at < expression.length; at += 1) {
    const sign = expression[at];
    if (sign === "'") inString = !inString;
    if (inString) continue;
    depth += sign === '(' ? 1 : sign === ')' ? -1 : 0;
    if (depth === 0 && at < expression.length - 1) return expression;
  }
  return expression.slice(1, -1);
}

function nameOf([schema, name]: readonly [string, string]): QualifiedName {
  return {schema, name};
}

function byName<T extends {readonly name: string}>(all: readonly T[]): ReadonlyMap<string, T> {
  return new Map(all.map(each => [each.name, each]));
}
