import {field, names, relationOf, text, written} from '../../sql/objects.ts';
import type {SyntaxNode} from '../../sql/parser.ts';
import {quoteWhereNeeded} from '../../sql/quote.ts';
import {constraintKinds} from '../model/constraint-kinds.ts';
import {columnsIn} from '../model/expression.ts';
import type {Column, Relation} from '../model/schema.ts';
import type {Action} from '../statement.ts';
import {columnClause, constraintClause, indexStatement, isSerial} from './definitions.ts';
import {typeBack} from './type-back.ts';
import {note, sql, type Done, type Undo} from './parts.ts';

/** Actions that undo one, and what has to be said or done beside them. */
interface Back {
  readonly actions?: readonly string[];
  readonly notes?: readonly string[];
}

/** ALTER TABLE: its actions in one statement, the last one first. */
export function undoAlterTable(done: Done): readonly Undo[] {
  const {statement, before, after} = done;
  const name = relationOf(statement.node['relation']);
  if (!name || statement.node['objtype'] !== 'OBJECT_TABLE') return [note(`Not undone: ${statement.sql}`)];
  const table = written(name);
  const [old, now] = [before.relation(name), after.relation(name)];
  const backs = statement.actions.toReversed().map(action => back(action, {old, now}));
  const actions = [
    ...backs.flatMap(each => each.actions ?? []),
    ...lostConstraints(statement.actions, old, now),
  ];
  return [
    ...backs.flatMap(({notes = []}) => notes.map(words => note(`${table}: ${words}`))),
    ...(actions.length > 0 ? [sql(`ALTER TABLE ${table} ${actions.join(', ')}`)] : []),
    ...lostIndexes(old, now).map(sql),
  ];
}

interface Tables {
  readonly old: Relation | undefined;
  readonly now: Relation | undefined;
}

function back(action: Action, {old, now}: Tables): Back {
  const {node, subtype} = action;
  const name = text(node['name']) ?? '';
  const column = old?.columns.get(name);
  const quoted = quoteWhereNeeded(name);
  switch (subtype) {
    case 'AT_AddColumn':
      return addedColumn(node, old);
    case 'AT_DropColumn':
      return column ? droppedColumn(column) : unknownColumn(node, name);
    case 'AT_AlterColumnType': {
      const type = column?.type ?? '';
      return type === ''
        ? {notes: [`the type that ${quoted} had is not known.`]}
        : {actions: [`ALTER COLUMN ${quoted} TYPE ${typeBack(now?.columns.get(name)?.type, type, quoted)}`]};
    }
    case 'AT_ColumnDefault':
      return oldDefault(column, quoted);
    case 'AT_SetNotNull':
      return column?.notNull === true ? {} : {actions: [`ALTER COLUMN ${quoted} DROP NOT NULL`]};
    case 'AT_DropNotNull':
      return column?.notNull === false ? {} : {actions: [`ALTER COLUMN ${quoted} SET NOT NULL`]};
    case 'AT_AddConstraint':
      return addedConstraint(field(node['def'], 'Constraint'), {old, now});
    case 'AT_DropConstraint':
      return old?.constraints.has(name) === true || node['missing_ok'] === true
        ? {}
        : {notes: [`the constraint ${quoted} is not brought back.`]};
    default:
      return simple(action, quoted) ?? {notes: [`not undone: ${subtype.replace(/^AT_/, '')}.`]};
  }
}

function addedColumn(node: SyntaxNode, old: Relation | undefined): Back {
  const name = text(field(node['def'], 'ColumnDef')['colname']) ?? '';
  return old?.columns.has(name) === true ? {} : {actions: [`DROP COLUMN ${quoteWhereNeeded(name)}`]};
}

/** A column without values cannot be NOT NULL where there are rows. */
function droppedColumn(column: Column): Back {
  const quoted = quoteWhereNeeded(column.name);
  const hasValue =
    column.default !== undefined || column.generated !== undefined || column.identity !== undefined;
  const isOpen = column.notNull && !hasValue;
  const clause = isSerial(column) ? undefined : columnClause(column, {notNull: column.notNull && hasValue});
  if (clause === undefined) return {notes: [`the column ${quoted} is not brought back.`]};
  return {
    actions: [`ADD COLUMN ${clause}`],
    notes: [
      `the values of ${quoted} are not brought back${
        isOpen ? `. It was NOT NULL, which needs values first` : ''
      }.`,
    ],
  };
}

function unknownColumn(node: SyntaxNode, name: string): Back {
  return node['missing_ok'] === true
    ? {}
    : {notes: [`the column ${quoteWhereNeeded(name)} is not brought back.`]};
}

function oldDefault(column: Column | undefined, quoted: string): Back {
  if (!column) return {notes: [`the default that ${quoted} had is not known.`]};
  return {
    actions: [
      column.default === undefined
        ? `ALTER COLUMN ${quoted} DROP DEFAULT`
        : `ALTER COLUMN ${quoted} SET DEFAULT ${column.default}`,
    ],
  };
}

/** Columns stay NOT NULL when their primary key goes. */
function addedConstraint(node: SyntaxNode, {old, now}: Tables): Back {
  const given = text(node['conname']) ?? text(node['indexname']);
  const made = [...(now?.constraints.values() ?? [])].filter(({name}) => old?.constraints.has(name) !== true);
  const kind = constraintKinds[text(node['contype']) ?? ''];
  const keys = [...names(node['keys']), ...names(node['fk_attrs']), ...columnsIn(node['raw_expr'])];
  const [constraint, other] = made.filter(each =>
    given === undefined
      ? each.kind === kind && (keys.length === 0 || keys.join('\0') === each.columns.join('\0'))
      : each.name === given,
  );
  const name = given ?? constraint?.name;
  if (name === undefined || other)
    return {notes: [`a constraint has to be dropped by the name it was given.`]};
  const columns = node['contype'] === 'CONSTR_PRIMARY' ? (constraint?.columns ?? names(node['keys'])) : [];
  const open = columns.filter(column => old?.columns.get(column)?.notNull === false);
  return {
    actions: [
      `DROP CONSTRAINT ${quoteWhereNeeded(name)}`,
      ...open.map(column => `ALTER COLUMN ${quoteWhereNeeded(column)} DROP NOT NULL`),
    ],
  };
}

const opposite: Readonly<Record<string, string>> = {
  AT_EnableRowSecurity: 'DISABLE ROW LEVEL SECURITY',
  AT_DisableRowSecurity: 'ENABLE ROW LEVEL SECURITY',
  AT_ForceRowSecurity: 'NO FORCE ROW LEVEL SECURITY',
  AT_NoForceRowSecurity: 'FORCE ROW LEVEL SECURITY',
  AT_SetLogged: 'SET UNLOGGED',
  AT_SetUnLogged: 'SET LOGGED',
};

function simple({subtype, node}: Action, quoted: string): Back | undefined {
  const other = opposite[subtype];
  const partition = relationOf(field(field(node['def'], 'PartitionCmd'), 'name'));
  const parent = relationOf(field(node['def'], 'RangeVar'));
  if (other !== undefined) return {actions: [other]};
  switch (subtype) {
    case 'AT_ValidateConstraint':
      return {};
    case 'AT_EnableTrig':
      return {actions: [`DISABLE TRIGGER ${quoted}`]};
    case 'AT_DisableTrig':
      return {actions: [`ENABLE TRIGGER ${quoted}`]};
    case 'AT_AddIdentity':
      return {actions: [`ALTER COLUMN ${quoted} DROP IDENTITY`]};
    case 'AT_AttachPartition':
      return partition && {actions: [`DETACH PARTITION ${written(partition)}`]};
    case 'AT_AddInherit':
      return parent && {actions: [`NO INHERIT ${written(parent)}`]};
    case 'AT_DropInherit':
      return parent && {actions: [`INHERIT ${written(parent)}`]};
    default:
      return undefined;
  }
}

/** Those that were dropped, and those that went with a column. */
function lostConstraints(
  actions: readonly Action[],
  old: Relation | undefined,
  now: Relation | undefined,
): readonly string[] {
  if (!actions.some(({subtype}) => subtype === 'AT_DropConstraint' || subtype === 'AT_DropColumn')) return [];
  return [...(old?.constraints.values() ?? [])]
    .filter(({name, kind}) => now?.constraints.has(name) === false && kind !== 'not null')
    .flatMap(constraint => constraintClause(constraint) ?? [])
    .map(clause => `ADD ${clause}`);
}

/** An index that goes with a column, or that a constraint took over. */
function lostIndexes(old: Relation | undefined, now: Relation | undefined): readonly string[] {
  return [...(old?.indexes.values() ?? [])]
    .filter(index => index.constraint === undefined && isGone(index.name, now))
    .flatMap(index => indexStatement(index, {schema: index.schema, name: old?.name ?? ''}) ?? []);
}

function isGone(name: string, now: Relation | undefined): boolean {
  if (!now) return false;
  const index = now.indexes.get(name);
  return !index || index.constraint !== undefined;
}
