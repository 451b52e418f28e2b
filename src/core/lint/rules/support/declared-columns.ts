import {field, list, names, text, type QualifiedName} from '../../../sql/objects.ts';
import type {SyntaxNode} from '../../../sql/parser.ts';
import type {Span} from '../../../sql/positions.ts';
import type {LintStatement} from '../../statement.ts';
import {onceFor} from './once-for.ts';
import {relationNamed} from './relation-names.ts';

/** A column as CREATE TABLE or ALTER TABLE declares it. */
export interface DeclaredColumn {
  readonly table: QualifiedName;
  readonly name: string;
  /** The last part of the type's name as PostgreSQL's parser has it: `int4`, `bpchar`, `serial`. */
  readonly type: string;
  /** What is in parentheses behind it, as far as these are numbers. */
  readonly modifiers: readonly number[];
  /** The type as it is written, with its modifiers. */
  readonly at: Span;
  /** PostgreSQL's names of its own constraints: `CONSTR_PRIMARY`. */
  readonly constraints: readonly string[];
  /** The `ColumnDef`. */
  readonly node: SyntaxNode;
  /** `change`: a column that is there gets another type. */
  readonly how: 'create' | 'add' | 'change';
}

/** @returns the columns of a table that is not temporary, in the order of the text */
export const declaredColumns = onceFor(columnsOf);

function columnsOf(statement: LintStatement): readonly DeclaredColumn[] {
  const table = relationNamed(statement);
  if (!table) return [];
  if (statement.kind === 'CreateStmt')
    return list(statement.node['tableElts']).flatMap(element =>
      declared(statement, {table, node: field(element, 'ColumnDef'), how: 'create'}),
    );
  return statement.actions.flatMap(({subtype, node}) => {
    const how = subtype === 'AT_AddColumn' ? 'add' : subtype === 'AT_AlterColumnType' ? 'change' : undefined;
    const name = text(node['name']);
    return how
      ? declared(statement, {table, node: field(node['def'], 'ColumnDef'), how, ...(name && {name})})
      : [];
  });
}

function declared(
  statement: LintStatement,
  {table, node, how, name: given}: Pick<DeclaredColumn, 'table' | 'node' | 'how'> & {readonly name?: string},
): readonly DeclaredColumn[] {
  const typeName = field(node, 'typeName');
  const [name, type] = [given ?? text(node['colname']), names(typeName['names']).at(-1)];
  if (name === undefined || type === undefined || typeName['arrayBounds'] !== undefined) return [];
  const modifiers = list(typeName['typmods']).map(each =>
    Number(field(field(each, 'A_Const'), 'ival')['ival'] ?? 0),
  );
  const constraints = list(node['constraints']).map(each => text(field(each, 'Constraint')['contype']) ?? '');
  return [
    {table, name, type, modifiers, at: typeAt(statement, typeName['location']), constraints, node, how},
  ];
}

/** `character varying(20)`, `timestamp(3) without time zone`. */
function typeAt(statement: LintStatement, location: unknown): Span {
  const {start, end: first} = statement.nameAt(location);
  const words = statement.words.filter(word => word.start >= start);
  let end = first;
  for (
    let index = words.findIndex(word => word.start >= first);
    index >= 0 && index < words.length;
    index += 1
  ) {
    const word = words[index];
    const next = words[index + 1]?.text;
    if (!word || !continues(word.text, next)) break;
    if (word.text === '(') index = words.findIndex(({text}, at) => at > index && text === ')');
    end = words[index]?.end ?? end;
  }
  return {start, end};
}

function continues(word: string, next: string | undefined): boolean {
  if (word === 'WITH' || word === 'WITHOUT') return next === 'TIME';
  return ['VARYING', 'PRECISION', 'TIME', 'ZONE', '('].includes(word);
}

/** @returns whether a column is, by itself or by the table's constraint, the whole primary key */
export function isPrimaryKey(statement: LintStatement, {name, constraints}: DeclaredColumn): boolean {
  return constraints.includes('CONSTR_PRIMARY') || isOnlyKey(statement, name, 'CONSTR_PRIMARY', 'keys');
}

/** @returns whether the column's type is that of the key that it refers to */
export function isForeignKey(statement: LintStatement, {name, constraints}: DeclaredColumn): boolean {
  return constraints.includes('CONSTR_FOREIGN') || isOnlyKey(statement, name, 'CONSTR_FOREIGN', 'fk_attrs');
}

function isOnlyKey({node}: LintStatement, column: string, type: string, key: string): boolean {
  return list(node['tableElts'])
    .map(each => field(each, 'Constraint'))
    .some(constraint => {
      const keys = names(constraint[key]);
      return constraint['contype'] === type && keys.length === 1 && keys[0] === column;
    });
}
