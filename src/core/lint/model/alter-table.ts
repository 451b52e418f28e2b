import {field, list, text, type QualifiedName} from '../../sql/objects.ts';
import type {SyntaxNode} from '../../sql/parser.ts';
import type {Span} from '../../sql/positions.ts';
import {changedTable, clauseText, inParentheses, rangeName, wordsFrom, type Applying} from './applying.ts';
import {markChanged} from './changed.ts';
import {columnPlan, identityOf, isNull, ownSequence} from './columns.ts';
import {addConstraint} from './constraints.ts';
import {inheritedColumn} from './create-table.ts';
import {dropColumn} from './drop-column.ts';
import {dropConstraint} from './drop-parts.ts';
import {columnsIn} from './expression.ts';
import {attachIndex} from './indexes.ts';
import {inheritFrom, stopInheriting} from './inherit.ts';
import {notNullOf, setNotNull} from './parts.ts';
import {becomePartition, detach} from './partitions.ts';
import {fullName, keyOf, withValue, type FullName, type Table, type TableColumn} from './table.ts';
import {removeSequence} from './sequences.ts';
import {typeText} from './types.ts';

/** One action on one table. */
interface Act {
  readonly applying: Applying;
  readonly of: FullName;
  readonly node: SyntaxNode;
  /** Where its clause stands. */
  readonly at: Span;
  /** Not ONLY: for what inherits from the table as well. */
  readonly recurse: boolean;
  readonly name: string;
}

/** ALTER TABLE and what goes by another name but does the same to views, indexes and foreign tables. */
export function alterTable(applying: Applying): void {
  const {statement, state} = applying;
  const {node} = statement;
  const name = rangeName(node['relation']);
  if (!name) return;
  if (node['objtype'] === 'OBJECT_INDEX') return alterIndex(applying, name);
  if (node['objtype'] === 'OBJECT_SEQUENCE') return;
  if (node['missing_ok'] === true && !state.table(name)) return;
  const of = fullName(changedTable(applying, name));
  const recurse = field(node, 'relation')['inh'] === true;
  for (const action of statement.actions) {
    const {node: command, subtype, start, end} = action;
    actions[subtype]?.({
      applying,
      of,
      node: command,
      at: {start, end},
      recurse,
      name: text(command['name']) ?? '',
    });
    markChanged(applying, of, text(command['name']), {start, end});
  }
}

const actions: Readonly<Record<string, (act: Act) => void>> = {
  AT_AddColumn: act => addColumn(act),
  AT_DropColumn: ({applying, of, name, recurse}) => dropColumn(applying, of, name, recurse),
  AT_ColumnDefault: act => setDefault(act),
  AT_SetNotNull: act => makeNotNull(act),
  AT_DropNotNull: act => dropNotNull(act),
  AT_AlterColumnType: act => changeType(act),
  AT_AddConstraint: ({applying, of, node, recurse}) =>
    addConstraint(applying, of, {node: field(node['def'], 'Constraint')}, recurse),
  AT_DropConstraint: ({applying, of, name, recurse}) => dropConstraint(applying, of, name, recurse),
  AT_ValidateConstraint: act => validate(act),
  AT_AddIdentity: act => {
    ownSequence(act.applying, act.of, act.name);
    onColumn(act, column => ({...column, identity: identityOf(field(act.node['def'], 'Constraint'))}));
  },
  AT_SetIdentity: act => {
    const when = list(field(act.node['def'], 'List')['items']).find(
      each => field(each, 'DefElem')['defname'] === 'generated',
    );
    const value = field(field(field(when, 'DefElem'), 'arg'), 'Integer')['ival'];
    if (when)
      onColumn(act, column => ({...column, identity: value === 'd'.charCodeAt(0) ? 'by default' : 'always'}));
  },
  AT_DropIdentity: act => {
    dropOwned(act);
    onColumn(act, ({identity: _identity, ...column}) => column);
  },
  AT_SetExpression: act => setExpression(act),
  AT_DropExpression: act =>
    onColumn(
      act,
      ({generated: _generated, expression: _expression, uses: _uses, ...column}) => column,
      act.recurse,
    ),
  AT_EnableRowSecurity: act => change(act, {rowSecurity: true}),
  AT_DisableRowSecurity: act => change(act, {rowSecurity: false}),
  AT_SetLogged: act => change(act, {unlogged: false}),
  AT_SetUnLogged: act => change(act, {unlogged: true}),
  AT_AddInherit: ({applying, of, node}) => {
    const parent = rangeName(field(node['def'], 'RangeVar'));
    if (parent) inheritFrom(applying, of, changedTable(applying, parent));
  },
  AT_DropInherit: ({applying, of, node}) => {
    const parent = rangeName(field(node['def'], 'RangeVar'));
    if (parent) stopInheriting(applying, of, changedTable(applying, parent));
  },
  AT_AttachPartition: ({applying, of, node}) => {
    const command = field(node['def'], 'PartitionCmd');
    const name = rangeName(command['name']);
    if (!name) return;
    const partition = changedTable(applying, name);
    becomePartition(
      applying,
      partition,
      changedTable(applying, of),
      field(command, 'bound')['is_default'] === true,
    );
  },
  AT_DetachPartition: ({applying, of, node}) => {
    const name = rangeName(field(node['def'], 'PartitionCmd')['name']);
    if (name) detach(applying, changedTable(applying, of), name);
  },
};

function change({applying, of}: Act, fields: Partial<Table>): void {
  const table = applying.state.at(of);
  if (table) applying.state.put({...table, ...fields});
}

/** Changes a column of a table, and with `recurse` that of what inherits it. */
function onColumn(act: Act, changed: (column: TableColumn) => TableColumn, recurse = false): void {
  const {state} = act.applying;
  const table = state.at(act.of);
  const column = table?.columns.get(act.name);
  if (!table) return;
  if (column) state.put({...table, columns: withValue(table.columns, act.name, changed(column))});
  if (!recurse) return;
  for (const name of [...table.partitions, ...table.children]) {
    const child = state.table(name);
    if (child) onColumn({...act, of: child}, changed, true);
  }
}

function addColumn({applying, of, node, recurse}: Act): void {
  const {state} = applying;
  const def = field(node['def'], 'ColumnDef');
  const table = state.at(of);
  const name = text(def['colname']);
  if (!table || name === undefined) return;
  if (table.columns.has(name)) return;
  const plan = columnPlan(applying, of, def);
  if (!plan) return;
  state.put({...table, columns: withValue(table.columns, name, plan.column)});
  if (recurse) addToHeirs(applying, table, plan.column);
  for (const constraint of plan.constraints) addConstraint(applying, of, constraint, recurse);
}

/** A child that has the column keeps its own. */
function addToHeirs(applying: Applying, table: Table, column: TableColumn): void {
  const {state} = applying;
  for (const [names, isPartition] of [
    [table.partitions, true],
    [table.children, false],
  ] as const)
    for (const name of names) {
      const child = state.table(name);
      if (!child) continue;
      const own = child.columns.get(column.name);
      const inherited = own ? {...own, inherited: true} : inheritedColumn(applying, column, isPartition);
      state.put({...child, columns: withValue(child.columns, column.name, inherited)});
      addToHeirs(applying, child, column);
    }
}

function setDefault(act: Act): void {
  const {applying, node, at, recurse} = act;
  const word = wordsFrom(applying.statement, at.start).find(
    ({text: each, end}) => each === 'DEFAULT' && end <= at.end,
  );
  const isSet = node['def'] !== undefined && !isNull(node['def']) && word !== undefined;
  const expression = isSet ? clauseText(applying.statement, word.end) : undefined;
  onColumn(
    act,
    ({default: _default, ...column}) =>
      expression === undefined ? column : {...column, default: expression},
    recurse,
  );
}

function makeNotNull(act: Act): void {
  const {applying, of, name, recurse} = act;
  const table = applying.state.at(of);
  const existing = table && notNullOf(table, name);
  if (existing) validate({...act, name: existing.name});
  else addConstraint(applying, of, {node: {contype: 'CONSTR_NOTNULL'}, column: name}, recurse);
}

function dropNotNull({applying, of, name, recurse}: Act): void {
  const table = applying.state.at(of);
  const constraint = table && notNullOf(table, name);
  if (constraint) dropConstraint(applying, of, constraint.name, recurse);
  else setNotNull(applying, of, name, false, recurse);
}

function changeType(act: Act): void {
  const type = typeText(act.applying.state, field(field(act.node['def'], 'ColumnDef'), 'typeName'));
  onColumn(act, column => ({...column, type}), true);
}

function validate({applying, of, name}: Act): void {
  const {state} = applying;
  const table = state.at(of);
  const constraint = table?.constraints.get(name);
  if (!table || !constraint) return;
  state.put({...table, constraints: withValue(table.constraints, name, {...constraint, valid: true})});
  for (const child of [...table.partitions, ...table.children]) {
    const found = state.table(child);
    for (const {name: each, parent} of found?.constraints.values() ?? [])
      if (found && parent === name)
        validate({applying, of: found, name: each, node: {}, at: {start: 0, end: 0}, recurse: true});
  }
}

function dropOwned({applying: {state}, of, name}: Act): void {
  for (const {ownedBy, ...sequence} of state.sequencesOf(fullName(of)))
    if (ownedBy?.column === name) removeSequence(state, sequence);
}

function setExpression(act: Act): void {
  const {applying, node, at, recurse} = act;
  const words = wordsFrom(applying.statement, at.start);
  const word = words.findIndex(({text: each}) => each === 'EXPRESSION');
  const expression = inParentheses(applying.statement, words.slice(word)) ?? '';
  const uses = columnsIn(node['def']);
  onColumn(act, column => ({...column, expression, uses}), recurse);
}

/** ALTER INDEX … ATTACH PARTITION */
function alterIndex({statement, state}: Applying, name: QualifiedName): void {
  for (const {node, subtype} of statement.actions) {
    const part = rangeName(field(node['def'], 'PartitionCmd')['name']);
    const isAttach = subtype === 'AT_AttachPartition';
    const [parent, child] = [name, part].map(
      each => each && state.locate(each, key => state.indexes.has(key)),
    );
    const of = child && state.indexes.get(keyOf(child));
    const table = of && state.at(of);
    const index = child && table?.indexes.get(child.name);
    if (isAttach && parent && table && index) attachIndex(state, table, index, keyOf(parent));
  }
}
