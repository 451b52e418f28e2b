import {field, list, text} from '../../sql/objects.ts';
import type {SyntaxNode} from '../../sql/parser.ts';
import {clauseText, inParentheses, madeAt, offsetsOf, wordsFrom, type Applying} from './applying.ts';
import {columnsIn} from './expression.ts';
import {freeName} from './made-up-names.ts';
import type {ConstraintClause} from './parts.ts';
import type {FullName, TableColumn} from './table.ts';
import {serialType} from './type-names.ts';
import {typeText} from './types.ts';

/** A column as its clause says, and the constraints in it. */
export interface ColumnPlan {
  readonly column: TableColumn;
  readonly constraints: readonly ConstraintClause[];
}

/** @param node a `ColumnDef` */
export function columnPlan(applying: Applying, of: FullName, node: SyntaxNode): ColumnPlan | undefined {
  const name = text(node['colname']);
  if (name === undefined) return undefined;
  const clauses = withAttributes(list(node['constraints']).map(each => field(each, 'Constraint')));
  const typeName = field(node, 'typeName');
  const serial = serialType(typeName);
  return {
    column: {
      name,
      type: 'names' in typeName ? typeText(applying.state, typeName) : '',
      notNull: serial !== undefined || clauses.some(({contype}) => impliesNotNull.has(text(contype) ?? '')),
      ...(serial === undefined ? {} : {default: serialDefault(applying, of, name)}),
      ...valueOf(applying, of, node, clauses),
      local: true,
      ...madeAt(applying, applying.statement.nameAt(node['location'])),
    },
    constraints: [...clauses, ...silentNotNull(node, clauses, serial !== undefined)].map(clause => ({
      node: clause,
      column: name,
    })),
  };
}

/** Attributes such as DEFERRABLE stand behind the constraint that they are of. */
function withAttributes(clauses: readonly SyntaxNode[]): readonly SyntaxNode[] {
  const found: SyntaxNode[] = [];
  for (const clause of clauses) {
    const type = text(clause['contype']) ?? '';
    const before = found.at(-1);
    const more = type === 'CONSTR_ATTR_NOT_ENFORCED' ? {skip_validation: true} : {[type]: true};
    if (type.startsWith('CONSTR_ATTR_') && before) found.splice(-1, 1, {...before, ...more});
    else found.push(clause);
  }
  return found;
}

/** A serial and an identity are not null without saying so. */
function silentNotNull(
  node: SyntaxNode,
  clauses: readonly SyntaxNode[],
  isSerial: boolean,
): readonly SyntaxNode[] {
  const has = (type: string): boolean => clauses.some(({contype}) => contype === type);
  const isSilent = (isSerial || has('CONSTR_IDENTITY')) && !has('CONSTR_NOTNULL');
  return isSilent ? [{contype: 'CONSTR_NOTNULL', location: node['location']}] : [];
}

const impliesNotNull = new Set(['CONSTR_NOTNULL', 'CONSTR_PRIMARY', 'CONSTR_IDENTITY']);

/** A default, an expression or an identity. */
function valueOf(
  applying: Applying,
  of: FullName,
  node: SyntaxNode,
  clauses: readonly SyntaxNode[],
): Pick<TableColumn, 'default' | 'generated' | 'identity' | 'expression' | 'uses'> {
  const {statement} = applying;
  const stops = offsetsOf(statement, node['constraints']);
  for (const clause of clauses) {
    const start = statement.at(clause['location']);
    switch (clause['contype']) {
      case 'CONSTR_DEFAULT':
        if (isNull(clause['raw_expr'])) return {};
        return {
          default: clauseText(statement, behind(applying, start, 'DEFAULT'), [
            ...stops,
            ...collation(applying, node),
          ]),
        };
      case 'CONSTR_GENERATED':
        return {
          ...generatedFrom(clause),
          expression: inParentheses(statement, wordsFrom(statement, start)) ?? '',
        };
      case 'CONSTR_IDENTITY':
        ownSequence(applying, of, text(node['colname']) ?? '');
        return {identity: identityOf(clause)};
      default:
    }
  }
  return {};
}

/** DEFAULT NULL is none. */
export function isNull(expression: unknown): boolean {
  return field(expression, 'A_Const')['isnull'] === true;
}

/** @param clause a `Constraint` with an expression */
function generatedFrom(clause: SyntaxNode): Pick<TableColumn, 'generated' | 'uses'> {
  return {
    generated: clause['generated_kind'] === 'v' ? 'virtual' : 'stored',
    uses: columnsIn(clause['raw_expr']),
  };
}

/** @param node a `Constraint` or the option of one that says when */
export function identityOf(node: SyntaxNode): 'always' | 'by default' {
  return node['generated_when'] === 'd' ? 'by default' : 'always';
}

function collation({statement}: Applying, node: SyntaxNode): readonly number[] {
  const {location} = field(node, 'collClause');
  return location === undefined ? [] : [statement.at(location)];
}

/** @returns the offset behind the first such word from `start` on */
function behind({statement}: Applying, start: number, word: string): number {
  return wordsFrom(statement, start).find(({text}) => text === word)?.end ?? start;
}

/** Makes the sequence of a serial or an identity column, which goes with it. */
export function serialDefault(applying: Applying, of: FullName, column: string): string {
  const sequence = ownSequence(applying, of, column);
  return `nextval('${sequence.name}'::regclass)`;
}

export function ownSequence({state}: Applying, of: FullName, column: string): FullName {
  const {schema} = of;
  const name = freeName(of.name, column, 'seq', each => state.isTaken({schema, name: each}));
  const sequence = {schema, name};
  state.putSequence({...sequence, ownedBy: {table: {schema, name: of.name}, column}});
  return sequence;
}
