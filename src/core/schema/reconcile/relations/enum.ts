import {literal} from '../../definition/names.ts';
import {nameOf} from '../../key.ts';
import type {AttributeValue} from '../../attributes.ts';
import type {SchemaObject} from '../../objects.ts';
import type {Changed, WriteContext, Written} from '../writer.ts';

/** Adds and renames values in place. PostgreSQL can neither remove one nor change their order. */
export function changeLabels(
  {before, after}: Changed<'type'>,
  context: WriteContext,
): readonly Written[] | 'recreate' {
  const [was, is] = [before.attributes.labels ?? [], after.attributes.labels ?? []];
  const alter = `ALTER TYPE ${nameOf(after)}`;
  const renamed = renamedLabel(was, is);
  if (renamed) {
    const [old, now] = renamed.map(literal);
    return [
      {
        sql: `${alter} RENAME VALUE ${old} TO ${now}`,
        note: `Rows that hold ${old} hold ${now} from then on.`,
      },
    ];
  }
  const kept = is.filter(label => was.includes(label));
  if (kept.length < was.length || !kept.every((label, at) => label === was[at])) return 'recreate';
  const used = is.some(label => !was.includes(label) && isUsed(label, after.key, context));
  return is.flatMap((label, at) => {
    if (was.includes(label)) return [];
    const [previous, next] = [is[at - 1], is.slice(at).find(other => was.includes(other))];
    // One after another: what stands before it is there by then.
    const place =
      next === undefined
        ? ''
        : previous === undefined
          ? ` BEFORE ${literal(next)}`
          : ` AFTER ${literal(previous)}`;
    const sql = `${alter} ADD VALUE ${literal(label)}${place}`;
    if (!used) return [{sql}];
    return [
      {
        sql,
        transaction: 'outside',
        note: 'A new value can only be used in a later transaction, as it is further down.',
      },
    ];
  });
}

function renamedLabel(was: readonly string[], is: readonly string[]): readonly [string, string] | undefined {
  if (was.length !== is.length) return undefined;
  const differing = was.flatMap((label, at) => (label === is[at] ? [] : ([[label, is[at] ?? '']] as const)));
  const [only] = differing;
  return only && differing.length === 1 && !was.includes(only[1]) ? only : undefined;
}

/** Whether something else that this migration makes or changes has the value in its text. */
function isUsed(label: string, type: string, {from, to}: WriteContext): boolean {
  const text = literal(label);
  return [...to.objects.values()].some(
    object =>
      object.key !== type &&
      textsOf(object).some(value => value.includes(text)) &&
      !textsOf(from.objects.get(object.key)).some(value => value.includes(text)),
  );
}

function textsOf(object: SchemaObject | undefined): readonly string[] {
  const values: readonly (AttributeValue | undefined)[] = object ? Object.values(object.attributes) : [];
  return values.flatMap(value =>
    typeof value === 'string' ? value : Array.isArray(value) ? value.map(String) : [],
  );
}
