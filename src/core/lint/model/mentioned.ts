import type {Sequence} from './state.ts';
import type {Table} from './table.ts';

/** The name of a sequence in a default, its schema left out. */
export const inNextval = /^(nextval\s*\(\s*'(?:[^']*\.)?"?)([^'".]+)/i;

export function sequenceIn(expression: string | undefined): string | undefined {
  return expression === undefined ? undefined : inNextval.exec(expression)?.[2];
}

const none: ReadonlySet<string> = new Set();

/** @returns names, without their schemas, of the relations and sequences that a relation names in any way */
export function mentionedBy(table: Table | undefined): ReadonlySet<string> {
  if (!table) return none;
  const names = new Set<string>();
  for (const {references} of table.constraints.values()) if (references) names.add(references.relation.name);
  for (const column of table.columns.values()) {
    const sequence = sequenceIn(column.default);
    if (sequence !== undefined) names.add(sequence);
  }
  for (const list of [table.reads, table.partitions, table.children, table.inherits])
    for (const {name} of list) names.add(name);
  if (table.partitionOf) names.add(table.partitionOf.name);
  return names;
}

/** @returns whether two versions of a relation certainly name the same */
export function mentionsSame(old: Table | undefined, now: Table): boolean {
  return (
    old?.constraints === now.constraints &&
    old.columns === now.columns &&
    old.reads === now.reads &&
    old.partitions === now.partitions &&
    old.children === now.children &&
    old.inherits === now.inherits &&
    old.partitionOf === now.partitionOf
  );
}

/** @returns the name of the table that a sequence goes with, without its schema */
export function ownerOf(sequence: Sequence | undefined): ReadonlySet<string> {
  return sequence?.ownedBy ? new Set([sequence.ownedBy.table.name]) : none;
}
