import {nameOf} from '../../key.ts';
import type {ObjectOf} from '../../objects.ts';
import type {Draft} from '../writer.ts';

type Table = ObjectOf<'table'>;

/** @param waits - keys of what has to be there before, so that PostgreSQL takes it instead of making another one. */
export function joinParents(table: Table, waits: readonly string[] = []): readonly Draft[] {
  const {partitionOf, partitionBound = '', inherits = []} = table.attributes;
  const after = waits.length === 0 ? {} : {after: waits};
  if (partitionOf !== undefined)
    return [
      {
        sql: `ALTER TABLE ${partitionOf} ATTACH PARTITION ${nameOf(table)} ${partitionBound}`.trimEnd(),
        ...after,
      },
    ];
  return inherits.map(parent => ({sql: `ALTER TABLE ${nameOf(table)} INHERIT ${parent}`, ...after}));
}

export function detach(table: Table): readonly Draft[] {
  const {partitionOf} = table.attributes;
  return partitionOf === undefined
    ? []
    : [{sql: `ALTER TABLE ${partitionOf} DETACH PARTITION ${nameOf(table)}`}];
}

/** From INHERITS of the one to that of the other: from the first parent that differs on, because their order counts. */
export function leaveParents(before: Table, after: Table): readonly Draft[] {
  const [had, has] = [before.attributes.inherits ?? [], after.attributes.inherits ?? []];
  const same = had.findIndex((parent, at) => parent !== has[at]);
  const kept = same < 0 ? had.length : same;
  const alter = `ALTER TABLE ${nameOf(after)}`;
  return [
    ...had.slice(kept).map(parent => ({sql: `${alter} NO INHERIT ${parent}`})),
    ...has.slice(kept).map(parent => ({sql: `${alter} INHERIT ${parent}`})),
  ];
}
