import type {QualifiedName} from '../../sql/objects.ts';
import type {Applying} from './applying.ts';
import {inheritForeignKey} from './constraints.ts';
import {addToPartition, planFrom} from './indexes.ts';
import {independent, takeOver} from './inherit.ts';
import {fullName, isSame, keyOf, type FullName, type Table} from './table.ts';

/** PARTITION OF and ATTACH PARTITION: indexes, foreign keys and triggers for each row come from the parent. */
export function becomePartition(applying: Applying, of: FullName, parent: Table, isDefault: boolean): void {
  const {state} = applying;
  const child = state.at(of);
  if (!child) return;
  state.put({
    ...takeOver(child, parent),
    partitionOf: fullName(parent),
    isDefaultPartition: isDefault,
  });
  for (const index of parent.indexes.values())
    addToPartition(applying, of, planFrom(parent, index), keyOf({schema: parent.schema, name: index.name}));
  for (const constraint of parent.constraints.values())
    if (constraint.kind === 'foreign key')
      inheritForeignKey(applying, {...parent, partitions: [of]}, constraint);
  copyTriggers(applying, of, parent);
  state.put({...(state.at(parent) ?? parent), partitions: [...parent.partitions, fullName(of)]});
}

function copyTriggers({state}: Applying, of: FullName, parent: Table): void {
  const child = state.at(of);
  if (!child) return;
  const copied = [...parent.triggerUses].filter(
    ([name, {forEachRow}]) => forEachRow && !child.triggers.includes(name),
  );
  state.put({
    ...child,
    triggers: [...child.triggers, ...copied.map(([name]) => name)],
    triggerUses: new Map([
      ...child.triggerUses,
      ...copied.map(([name, uses]) => [name, {...uses, inherited: true}] as const),
    ]),
  });
}

/** DETACH PARTITION: it keeps all that it has, but the triggers of the parent. */
export function detach({state}: Applying, parent: Table, name: QualifiedName): void {
  const partition = state.table(name);
  if (!partition) return;
  state.put({...parent, partitions: parent.partitions.filter(each => !isSame(each, fullName(partition)))});
  const {partitionOf: _partitionOf, ...rest} = independent(partition);
  const gone = new Set(
    [...rest.triggerUses].flatMap(([trigger, {inherited}]) => (inherited ? [trigger] : [])),
  );
  state.put({
    ...rest,
    isDefaultPartition: false,
    triggers: rest.triggers.filter(trigger => !gone.has(trigger)),
    triggerUses: new Map([...rest.triggerUses].filter(([trigger]) => !gone.has(trigger))),
  });
}
