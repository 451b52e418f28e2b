import {quoteWhereNeeded} from '../../sql/quote.ts';
import type {Column, Constraint, Index, Relation, Type} from '../model/schema.ts';
import {plainName, type Thing} from './things.ts';

/** Lines of a definition that are too many to be read. */
const longest = 40;

/** @returns a definition in SQL, a line for each column */
export function describe({kind, name, relation, column, constraint, index, type}: Thing): string {
  if (type) return typeWords(type);
  if (index && relation) return indexWords(index, relation);
  if (constraint && relation)
    return `ALTER TABLE ${written(relation)}\n  ADD ${constraintWords(constraint)}${constraint.valid ? '' : ' NOT VALID'}`;
  if (column && relation) return `${written(relation)}.${columnWords(column)}`;
  if (relation && kind !== 'trigger' && kind !== 'policy') return relationWords(relation);
  return `${kind.toUpperCase()} ${name}`;
}

function written({schema, name}: {readonly schema: string; readonly name: string}): string {
  const plain = quoteWhereNeeded(name);
  return schema === 'public' ? plain : `${quoteWhereNeeded(schema)}.${plain}`;
}

function relationWords(relation: Relation): string {
  const lines = [
    ...[...relation.columns.values()].map(column => columnWords(column)),
    ...[...relation.constraints.values()]
      .filter(({kind}) => kind !== 'not null')
      .map(constraint => constraintWords(constraint)),
    ...(relation.complete ? [] : ['-- and what is not known']),
  ];
  const shown =
    lines.length > longest ? [...lines.slice(0, longest), `-- and ${lines.length - longest} more`] : lines;
  const indexes = [...relation.indexes.values()].filter(({constraint}) => constraint === undefined);
  const kind = relation.kind === 'partitioned table' ? 'table' : relation.kind;
  return [
    `${kind.toUpperCase()} ${written(relation)}${relation.partitionOf ? ` PARTITION OF ${plainName(relation.partitionOf)}` : ''} (`,
    ...shown.map((line, at) => `  ${line}${at === shown.length - 1 || line.startsWith('--') ? '' : ','}`),
    ')',
    ...indexes.slice(0, longest).map(index => indexWords(index, relation)),
  ].join('\n');
}

function columnWords({name, type, notNull, default: value, generated, expression, identity}: Column): string {
  return [
    quoteWhereNeeded(name),
    ...(type === '' ? [] : [type]),
    ...(notNull ? ['NOT NULL'] : []),
    ...(value === undefined ? [] : [`DEFAULT ${value}`]),
    ...(generated ? [`GENERATED ALWAYS AS (${expression ?? '…'}) ${generated.toUpperCase()}`] : []),
    ...(identity ? [`GENERATED ${identity.toUpperCase()} AS IDENTITY`] : []),
  ].join(' ');
}

function constraintWords({name, kind, columns, expression, references, definition}: Constraint): string {
  const keys = columns.map(column => (column.startsWith('(') ? column : quoteWhereNeeded(column))).join(', ');
  const what =
    definition ??
    (kind === 'check'
      ? `CHECK (${expression ?? '…'})`
      : kind === 'exclusion'
        ? 'EXCLUDE'
        : `${kind.toUpperCase()} (${keys})`);
  const isTold = definition !== undefined || !references;
  const to = isTold
    ? ''
    : ` REFERENCES ${plainName(references.relation)} (${references.columns.map(quoteWhereNeeded).join(', ')})`;
  return `CONSTRAINT ${quoteWhereNeeded(name)} ${what}${to}`;
}

function indexWords({name, keys, include, unique, method, where}: Index, relation: Relation): string {
  return [
    `${unique ? 'UNIQUE ' : ''}INDEX ${quoteWhereNeeded(name)} ON ${written(relation)}`,
    ...(method === 'btree' ? [] : [`USING ${method}`]),
    `(${keys.map(key => (key.startsWith('(') ? key : quoteWhereNeeded(key))).join(', ')})`,
    ...(include.length > 0 ? [`INCLUDE (${include.map(quoteWhereNeeded).join(', ')})`] : []),
    ...(where === undefined ? [] : [`WHERE ${where}`]),
  ].join(' ');
}

function typeWords(type: Type): string {
  const name = written(type);
  switch (type.kind) {
    case 'enum':
      return `TYPE ${name} AS ENUM (${type.values.map(value => `'${value.replaceAll("'", "''")}'`).join(', ')})`;
    case 'domain':
      return `DOMAIN ${name} AS ${type.base}`;
    case 'composite':
      return `TYPE ${name}`;
    case 'range':
      return `TYPE ${name} AS RANGE`;
    default:
      return type satisfies never;
  }
}
