import {nameOf} from '../key.ts';
import type {ObjectOf, SchemaSnapshot} from '../objects.ts';
import {addConstraint, canBeInline, constraintClause} from './constraints.ts';
import {literal} from './names.ts';
import {partsOf} from './parts.ts';
import {withoutSemicolon} from './text.ts';

export function createType(type: ObjectOf<'type'>): string {
  const {form, labels = [], columns = [], definition = ''} = type.attributes;
  const name = nameOf(type);
  switch (form) {
    case 'enum':
      return `CREATE TYPE ${name} AS ENUM (${lines(labels.map(literal))})`;
    case 'composite':
      return `CREATE TYPE ${name} AS (${lines(columns)})`;
    case 'range':
    case 'base':
      return withoutSemicolon(definition);
    case 'shell':
      return `CREATE TYPE ${name}`;
    default:
      return form satisfies never;
  }
}

export function domainStatements(domain: ObjectOf<'domain'>, snapshot: SchemaSnapshot): readonly string[] {
  const {type, collation, default: value, notNull} = domain.attributes;
  const constraints = partsOf(snapshot, domain.key, 'constraint');
  const named = constraints.some(({attributes}) => attributes.type === 'not null');
  const clauses = [
    collation === undefined ? [] : [`COLLATE ${collation}`],
    value === undefined ? [] : [`DEFAULT ${value}`],
    notNull && !named ? ['NOT NULL'] : [],
    constraints.filter(canBeInline).map(constraintClause),
  ].flat();
  return [
    `CREATE DOMAIN ${nameOf(domain)} AS ${type}${clauses.map(clause => `\n    ${clause}`).join('')}`,
    ...constraints.filter(constraint => !canBeInline(constraint)).map(addConstraint),
  ];
}

/** Without its owner column, which may not be there yet. */
export function createSequence(sequence: ObjectOf<'sequence'>): string {
  const {type, persistence, start, increment, minimum, maximum, cache, cycle} = sequence.attributes;
  return [
    `CREATE ${persistence === 'unlogged' ? 'UNLOGGED ' : ''}SEQUENCE ${nameOf(sequence)} AS ${type}`,
    `INCREMENT BY ${increment}`,
    `MINVALUE ${minimum}`,
    `MAXVALUE ${maximum}`,
    `START WITH ${start}`,
    `CACHE ${cache}`,
    ...(cycle ? ['CYCLE'] : []),
  ].join('\n    ');
}

export function sequenceStatements(sequence: ObjectOf<'sequence'>): readonly string[] {
  const {ownedBy} = sequence.attributes;
  return [
    createSequence(sequence),
    ...(ownedBy === undefined ? [] : [`ALTER SEQUENCE ${nameOf(sequence)} OWNED BY ${ownedBy}`]),
  ];
}

function lines(parts: readonly string[]): string {
  return parts.length === 0 ? '' : `\n    ${parts.join(',\n    ')}\n`;
}
