import {names, text} from '../../sql/objects.ts';
import {columnsIn} from './expression.ts';
import {changedTable, listedName, rangeName, type Applying} from './applying.ts';
import type {State} from './state.ts';
import {withValue, type Table, type TriggerUses} from './table.ts';

/** CREATE TRIGGER; for each row partitions get it as well. */
export function createTrigger(applying: Applying): void {
  const {node} = applying.statement;
  const {state} = applying;
  const relation = rangeName(node['relation']);
  const name = text(node['trigname']);
  if (!relation || name === undefined) return;
  const routine = listedName(node['funcname']) ?? {name: ''};
  const full = state.locate(routine, key => state.routines.has(key)) ?? routine;
  const uses = {
    routine: full,
    columns: names(node['columns']),
    forEachRow: node['row'] === true,
    inherited: false,
  };
  addTrigger(state, changedTable(applying, relation), name, uses);
}

function addTrigger(state: State, table: Table, name: string, uses: TriggerUses): void {
  const others = table.triggers.filter(each => each !== name);
  state.put({...table, triggers: [...others, name], triggerUses: new Map(table.triggerUses).set(name, uses)});
  if (!uses.forEachRow) return;
  for (const partition of table.partitions) {
    const child = state.table(partition);
    if (child) addTrigger(state, child, name, {...uses, inherited: true});
  }
}

/** CREATE POLICY */
export function createPolicy(applying: Applying): void {
  const {node} = applying.statement;
  const relation = rangeName(node['table']);
  const name = text(node['policy_name']);
  if (!relation || name === undefined) return;
  const table = changedTable(applying, relation);
  applying.state.put({
    ...table,
    policies: [...table.policies.filter(each => each !== name), name],
    policyUses: withValue(table.policyUses, name, columnsIn([node['qual'], node['with_check']])),
  });
}
