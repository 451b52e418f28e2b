import type {ForeignKeyFacts} from '../facts.ts';
import {numberField, textField} from '../fields.ts';
import type {Fields} from '../plan.ts';
import {formatMs, formatRows} from '../words.ts';
import type {PlanContext} from './context.ts';
import {catalogNotAsked, matters, type Check, type Draft} from './draft.ts';
import {createAction} from './index-advice.ts';
import {groupsIn} from './workers.ts';

// A trigger that takes less of the statement than this is what it was made for.
const leastShare = 0.2;

/**
 * Triggers took a good part of the time; above all a foreign key's check, which for each deleted or changed row searches
 * the referencing table, and reads it whole when no index begins with the key's columns.
 * Source: https://www.postgresql.org/docs/current/ddl-constraints.html#DDL-CONSTRAINTS-FK and ri_triggers.c
 */
export const triggerTime: Check = {
  id: 'trigger-time',
  find: context => groupsIn(context.plan.fields, 'Triggers').flatMap(trigger => found(context, trigger)),
};

function found(context: PlanContext, fields: Fields): readonly Draft[] {
  const ms = numberField({fields}, 'Time');
  const calls = numberField({fields}, 'Calls') ?? 0;
  const all = context.attribution.executionMs ?? 0;
  if (ms === undefined || ms < all * leastShare || !matters(context, ms)) return [];
  const constraint = textField({fields}, 'Constraint Name');
  const why = `${constraint ?? textField({fields}, 'Trigger Name') ?? 'A trigger'} on ${textField({fields}, 'Relation') ?? 'its table'} ran ${formatRows(calls)} times and took ${formatMs(ms)} of ${formatMs(all)}.`;
  if (constraint === undefined) return [plain(fields, why, ms)];
  return foreignKey(context, fields, constraint, why, ms);
}

function plain(fields: Fields, why: string, ms: number): Draft {
  const name = textField({fields}, 'Trigger Name') ?? 'the trigger';
  return {
    cause: `trigger ${name}`,
    nodes: [],
    what: `The trigger ${name} takes a good part of the time`,
    why,
    fix: `Look at what ${name} does for each row; a statement-level trigger with transition tables does it once for all.`,
    confidence: 'possible',
    basis: 'EXPLAIN shows the time of a trigger, not what it does.',
    atStakeMs: ms,
    actions: [],
  };
}

function foreignKey(
  context: PlanContext,
  fields: Fields,
  constraint: string,
  why: string,
  ms: number,
): readonly Draft[] {
  const relation = textField({fields}, 'Relation');
  const key = context.facts?.foreignKeys.find(each => {
    return each.constraint === constraint && each.references.name === relation;
  });
  const other = context.facts?.foreignKeys.find(each => each.constraint === constraint);
  // A check from the referencing side looks into the referenced table's unique index, which is always there.
  if (context.facts && (!key || (other && other !== key && other.table.name === relation))) return [];
  if (!key) return [unchecked(constraint, why, ms)];
  return key.indexed ? [] : [withoutIndex(context, key, why, ms)];
}

function unchecked(constraint: string, why: string, ms: number): Draft {
  return {
    cause: `foreign key ${constraint}`,
    nodes: [],
    what: `Checking ${constraint} takes a good part of the time`,
    why,
    fix: `Make sure that the referencing columns of ${constraint} have an index.`,
    confidence: 'possible',
    basis: catalogNotAsked,
    atStakeMs: ms,
    actions: [],
  };
}

function withoutIndex(
  context: PlanContext,
  {constraint, table, columns}: ForeignKeyFacts,
  why: string,
  ms: number,
): Draft {
  const list = columns.join(', ');
  const keys = columns.map(column => ({column}));
  return {
    cause: `foreign key ${constraint}`,
    nodes: [],
    what: `Checking ${constraint} reads ${table.name} once for each row`,
    why,
    fix: `Create an index on ${table.name} (${list}), the referencing side of ${constraint}.`,
    confidence: 'certain',
    basis: `No valid index of ${table.name} begins with ${list}.`,
    atStakeMs: ms,
    actions: createAction(context, {table, method: 'btree', keys}),
  };
}
