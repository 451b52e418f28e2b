import {quoteWhereNeeded} from '../../../sql/quote.ts';
import {names, qualified, written} from '../../../sql/objects.ts';
import type {Column, Made, Relation, SchemaModel} from '../../model/schema.ts';
import type {LintStatement} from '../../statement.ts';
import {fullName, short} from './relation-names.ts';
import {changeThrough} from './type-change.ts';

/** Three points of a migration that is applied and taken back. */
export interface Points {
  readonly before: SchemaModel;
  readonly between: SchemaModel;
  readonly after: SchemaModel;
  /** The file of up. */
  readonly up: string;
  readonly statements: readonly LintStatement[];
}

/** Something that is other than before up. */
export interface Leftover {
  /** `column orders.note` */
  readonly words: string;
  /** What would put it right. */
  readonly sql?: string;
}

/** @returns what up made and down leaves */
export function leftBehind(points: Points): readonly Leftover[] {
  const {before, between, after, up} = points;
  const isUp = ({made}: {readonly made?: Made}): boolean => made?.path === up;
  const types = [...between.types()].filter(
    type => isUp(type) && !before.type(type) && after.type(type) !== undefined,
  );
  const relations = [...between.relationsOtherThan(before)].filter(({temporary}) => !temporary);
  return [
    ...relations.flatMap(relation => ofRelation(relation, points)),
    ...types.map(type => ({
      words: `type ${short(type)}`,
      sql: `DROP ${type.kind === 'domain' ? 'DOMAIN' : 'TYPE'} ${short(type)}`,
    })),
    ...functionsLeft(points),
  ];
}

/** Only names that had no function before: others cannot be told apart by their arguments. */
function functionsLeft({before, between, after, statements}: Points): readonly Leftover[] {
  const made = statements.filter(({kind}) => kind === 'CreateFunctionStmt');
  return made.flatMap(({node}) => {
    const name = qualified(names(node['funcname']));
    if (!name || before.routines(name).length > 0 || between.routines(name).length !== 1) return [];
    const kind = node['is_procedure'] === true ? 'procedure' : 'function';
    return after.routines(name).length > 0
      ? [{words: `${kind} ${written(name)}()`, sql: `DROP ${kind.toUpperCase()} ${written(name)}`}]
      : [];
  });
}

function ofRelation(relation: Relation, {before, after, up}: Points): readonly Leftover[] {
  const name = fullName(relation);
  const [old, now] = [before.relation(name), after.relation(name)];
  if (!now) return [];
  if (!old)
    return relation.made?.path === up && relation.partitionOf === undefined
      ? [{words: `${relation.kind} ${short(name)}`, sql: `DROP ${kinds[relation.kind]} ${short(name)}`}]
      : [];
  return [...parts(relation, old, now, up), ...values(relation, old, now, before)];
}

const kinds = {
  table: 'TABLE',
  'partitioned table': 'TABLE',
  view: 'VIEW',
  'materialized view': 'MATERIALIZED VIEW',
  'foreign table': 'FOREIGN TABLE',
} as const;

function parts(relation: Relation, old: Relation, now: Relation, up: string): readonly Leftover[] {
  const table = short(fullName(relation));
  const stays = (
    made: Made | undefined,
    name: string,
    of: (relation: Relation) => {has(name: string): boolean},
  ): boolean => made?.path === up && !of(old).has(name) && of(now).has(name);
  return [
    ...[...relation.columns.values()]
      .filter(({name, made}) => stays(made, name, each => each.columns))
      .map(({name}) => ({
        words: `column ${table}.${quoteWhereNeeded(name)}`,
        sql: `ALTER TABLE ${table} DROP COLUMN ${quoteWhereNeeded(name)}`,
      })),
    ...[...relation.constraints.values()]
      .filter(
        ({name, made, kind, columns}) =>
          kind !== 'not null' &&
          stays(made, name, each => each.constraints) &&
          columns.every(column => old.columns.has(column)),
      )
      .map(({name}) => ({
        words: `constraint ${quoteWhereNeeded(name)} of ${table}`,
        sql: `ALTER TABLE ${table} DROP CONSTRAINT ${quoteWhereNeeded(name)}`,
      })),
    ...[...relation.indexes.values()]
      .filter(
        ({name, made, constraint}) => constraint === undefined && stays(made, name, each => each.indexes),
      )
      .filter(({keys}) => keys.every(key => key.startsWith('(') || old.columns.has(key)))
      .map(index => ({words: `index ${short(index)}`, sql: `DROP INDEX ${short(index)}`})),
    ...relation.triggers
      .filter(name => !old.triggers.includes(name) && now.triggers.includes(name))
      .map(name => ({
        words: `trigger ${quoteWhereNeeded(name)} of ${table}`,
        sql: `DROP TRIGGER ${quoteWhereNeeded(name)} ON ${table}`,
      })),
  ];
}

/**
 * NOT NULL, defaults and types that are as up has made them. A type that only holds more may stay: nothing misses the old
 * one, up changes it again for nothing, and to go back would write every row.
 */
function values(relation: Relation, old: Relation, now: Relation, before: SchemaModel): readonly Leftover[] {
  const table = short(fullName(relation));
  return [...relation.columns.values()].flatMap(between => {
    const [first, last] = [old.columns.get(between.name), now.columns.get(between.name)];
    if (!first || !last || isKey(relation, between.name)) return [];
    const column = quoteWhereNeeded(between.name);
    const alter = `ALTER TABLE ${table} ALTER COLUMN ${column}`;
    return [
      ...(isKept(first.notNull, between.notNull, last.notNull)
        ? [
            {
              words: `${last.notNull ? 'NOT NULL' : 'NULL'} on ${table}.${column}`,
              sql: `${alter} ${last.notNull ? 'DROP' : 'SET'} NOT NULL`,
            },
          ]
        : []),
      ...(isKept(first.type, between.type, last.type) &&
      first.type !== '' &&
      changeThrough([first.type, last.type], before) !== 'free'
        ? [{words: `type ${last.type} of ${table}.${column}`}]
        : []),
      ...(isKept(first.default, between.default, last.default) ? [defaultOf(first, last, alter, table)] : []),
    ];
  });
}

/** The columns of a primary key stay NOT NULL when it is dropped, and hardly anybody minds. */
function isKey({constraints}: Relation, column: string): boolean {
  return [...constraints.values()].some(
    ({kind, columns}) => kind === 'primary key' && columns.includes(column),
  );
}

function isKept<T>(first: T, between: T, last: T): boolean {
  return first !== between && last === between;
}

function defaultOf(first: Column, last: Column, alter: string, table: string): Leftover {
  const column = `${table}.${quoteWhereNeeded(last.name)}`;
  return {
    words: last.default === undefined ? `${column} without its default` : `the default of ${column}`,
    sql: first.default === undefined ? `${alter} DROP DEFAULT` : `${alter} SET DEFAULT ${first.default}`,
  };
}

/** @returns what up dropped and down does not make again */
export function notBroughtBack({before, between, after}: Points): readonly string[] {
  return [...before.relationsOtherThan(between)].flatMap(old => {
    const name = fullName(old);
    const [then, now] = [between.relation(name), after.relation(name)];
    if (old.temporary) return [];
    if (!then) return now ? [] : [`${old.kind} ${short(name)}`];
    if (!now) return [];
    return [
      ...gone(old.columns, then.columns, now.columns).map(column => `column ${short(name)}.${column}`),
      ...gone(lasting(old), then.constraints, now.constraints).map(
        constraint => `constraint ${constraint} of ${short(name)}`,
      ),
      ...gone(plain(old), then.indexes, now.indexes).map(index => `index ${index}`),
    ];
  });
}

/** @returns indexes and constraints that down drops although up did not make them */
export function takenAlong({before, between, after}: Points): readonly string[] {
  return [...between.relationsOtherThan(after)].flatMap(then => {
    const name = fullName(then);
    const [old, now] = [before.relation(name), after.relation(name)];
    if (!old || !now) return [];
    return [
      ...missing(lasting(old), then.constraints, now).map(each => `constraint ${each} of ${short(name)}`),
      ...missing(plain(old), then.indexes, now).map(each => `index ${each}`),
    ];
  });
}

function missing(
  old: ReadonlyMap<string, unknown>,
  then: ReadonlyMap<string, unknown>,
  now: Relation,
): readonly string[] {
  return [...old.keys()]
    .filter(name => then.has(name) && !now.constraints.has(name) && !now.indexes.has(name))
    .map(quoteWhereNeeded);
}

function gone(
  old: ReadonlyMap<string, unknown>,
  then: ReadonlyMap<string, unknown>,
  now: ReadonlyMap<string, unknown>,
): readonly string[] {
  return [...old.keys()].filter(name => !then.has(name) && !now.has(name)).map(quoteWhereNeeded);
}

/** Those on columns that go are not named beside them. */
function lasting({constraints}: Relation): ReadonlyMap<string, unknown> {
  return new Map([...constraints].filter(([, {kind}]) => kind !== 'not null'));
}

function plain({indexes}: Relation): ReadonlyMap<string, unknown> {
  return new Map([...indexes].filter(([, {constraint}]) => constraint === undefined));
}
