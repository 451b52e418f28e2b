import {written, type QualifiedName} from '../../sql/objects.ts';
import {quoteWhereNeeded} from '../../sql/quote.ts';
import type {Column, Constraint, Index, Relation} from '../model/schema.ts';

/** @returns a column's clause of CREATE TABLE or ADD COLUMN; undefined where its type is not known */
export function columnClause(column: Column, {notNull = column.notNull} = {}): string | undefined {
  if (column.type === '') return undefined;
  return [
    quoteWhereNeeded(column.name),
    column.type,
    ...valueClause(column),
    ...(notNull && column.identity === undefined ? ['NOT NULL'] : []),
  ].join(' ');
}

/** The sequence of a serial goes with its column; what it is then is an identity in all but name. */
function valueClause({default: value, generated, expression, identity}: Column): readonly string[] {
  if (identity) return [`GENERATED ${identity === 'always' ? 'ALWAYS' : 'BY DEFAULT'} AS IDENTITY`];
  if (generated)
    return [`GENERATED ALWAYS AS (${expression ?? ''})${generated === 'stored' ? ' STORED' : ''}`];
  return value === undefined ? [] : [`DEFAULT ${value}`];
}

export function isSerial({default: value}: Column): boolean {
  return /^nextval\(/i.test(value ?? '');
}

/** @returns `CONSTRAINT name …` as ADD takes it; undefined where not all of it is known */
export function constraintClause(constraint: Constraint): string | undefined {
  const definition = definitionOf(constraint);
  if (definition === undefined) return undefined;
  const isOpen = !constraint.valid && !/\bnot\s+valid\b/i.test(definition);
  return `CONSTRAINT ${quoteWhereNeeded(constraint.name)} ${definition}${isOpen ? ' NOT VALID' : ''}`;
}

function definitionOf({kind, columns, expression, definition}: Constraint): string | undefined {
  if (definition !== undefined) return definition;
  const list = columns.map(quoteWhereNeeded).join(', ');
  switch (kind) {
    case 'check':
      return expression === undefined ? undefined : `CHECK (${expression})`;
    case 'primary key':
      return `PRIMARY KEY (${list})`;
    case 'unique':
      return `UNIQUE (${list})`;
    case 'not null':
      return `NOT NULL ${list}`;
    case 'foreign key':
    case 'exclusion':
      return undefined;
    default:
      return kind satisfies never;
  }
}

/** @returns CREATE INDEX as it was made; undefined where not all of it is known */
export function indexStatement(
  index: Index,
  table: QualifiedName,
  how: 'plain' | 'concurrently' = 'plain',
): string | undefined {
  if (index.definition === undefined) return undefined;
  const unique = index.unique ? 'UNIQUE ' : '';
  const concurrently = how === 'concurrently' ? 'CONCURRENTLY ' : '';
  return `CREATE ${unique}INDEX ${concurrently}${quoteWhereNeeded(index.name)} ON ${written(table)} ${index.definition}`;
}

/**
 * @returns the statements that make a table as it was, without what refers to it from elsewhere; undefined where not all
 * of it is known
 */
export function tableStatements(relation: Relation): readonly string[] | undefined {
  const isPlain =
    relation.kind === 'table' &&
    relation.complete &&
    relation.partitionOf === undefined &&
    relation.triggers.length + relation.policies.length === 0 &&
    ![...relation.columns.values()].some(isSerial);
  if (!isPlain) return undefined;
  const name = {schema: relation.schema, name: relation.name};
  const columns = [...relation.columns.values()].map(column => columnClause(column));
  const all = [...relation.constraints.values()].filter(({kind}) => kind !== 'not null');
  // CREATE TABLE takes NOT VALID for a mistake, and a constraint of a new table is valid.
  const constraints = all.filter(({valid}) => valid).map(constraintClause);
  const open = all.filter(({valid}) => !valid).map(constraintClause);
  const indexes = [...relation.indexes.values()]
    .filter(({constraint}) => constraint === undefined)
    .map(index => indexStatement(index, name));
  const clauses = [...columns, ...constraints];
  if ([...clauses, ...open, ...indexes].includes(undefined)) return undefined;
  const unlogged = relation.unlogged ? 'UNLOGGED ' : '';
  return [
    `CREATE ${unlogged}TABLE ${written(name)} (\n  ${clauses.join(',\n  ')}\n)`,
    ...open.flatMap(each => (each === undefined ? [] : `ALTER TABLE ${written(name)} ADD ${each}`)),
    ...indexes.flatMap(each => each ?? []),
  ];
}
