import type {Applying} from './applying.ts';
import {withoutParent} from './parts.ts';
import {fullName, isSame, withValue, type FullName, type Table} from './table.ts';

/** INHERITS and ALTER TABLE … INHERIT: the columns are there already, CHECK constraints are taken over. */
export function inheritFrom({state}: Applying, of: FullName, parent: Table): void {
  const child = state.at(of);
  if (!child) return;
  state.put({...parent, children: [...parent.children, fullName(child)]});
  state.put(takeOver({...child, inherits: [...child.inherits, fullName(parent)]}, parent));
}

/** @returns the child with what it has of the parent marked as inherited, and CHECK constraints that it has not */
export function takeOver(child: Table, parent: Table): Table {
  const columns = new Map(child.columns);
  for (const name of parent.columns.keys()) {
    const column = columns.get(name);
    if (column) columns.set(name, {...column, inherited: true});
  }
  let {constraints} = child;
  for (const constraint of parent.constraints.values()) {
    if ((constraint.kind !== 'check' && constraint.kind !== 'not null') || constraint.noInherit) continue;
    const {local: _local, ...rest} = constraint;
    const own = [...constraints.values()].find(each =>
      constraint.kind === 'check'
        ? each.name === constraint.name
        : each.kind === 'not null' && each.columns[0] === constraint.columns[0],
    );
    constraints = withValue(constraints, own?.name ?? constraint.name, {
      ...(own ?? rest),
      parent: constraint.name,
    });
  }
  return {...child, columns, constraints};
}

/** NO INHERIT: what it had of the parent is its own from here on. */
export function stopInheriting({state}: Applying, of: FullName, parent: Table): void {
  const child = state.at(of);
  if (!child) return;
  state.put({...parent, children: parent.children.filter(each => !isSame(each, of))});
  state.put({
    ...independent(child),
    inherits: child.inherits.filter(each => !isSame(each, fullName(parent))),
  });
}

/** @returns the table with all that it has as its own */
export function independent(table: Table): Table {
  const columns = new Map(
    [...table.columns].map(
      ([name, {inherited: _inherited, ...column}]) => [name, {...column, local: true}] as const,
    ),
  );
  const constraints = new Map(
    [...table.constraints].map(([name, constraint]) => [name, withoutParent(constraint)] as const),
  );
  const indexes = new Map(
    [...table.indexes].map(([name, {parent: _parent, ...index}]) => [name, index] as const),
  );
  return {...table, columns, constraints, indexes};
}
