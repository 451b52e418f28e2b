import * as z from 'zod';
import {ok, type Outcome} from '../../core/outcome.ts';
import type {Constraint, ConstraintKind, Policy, Trigger} from '../../core/catalog/table-parts.ts';
import type {RowSecurity} from '../../core/catalog/relation.ts';
import type {Queryable} from '../../core/session.ts';
import {readRows, type ReadOptions} from './read.ts';
import {number} from './shapes.ts';
import {constraintsSql, policiesSql, triggersSql} from './sql/table-parts.ts';

const constraintKinds = {
  p: 'primary-key',
  u: 'unique',
  f: 'foreign-key',
  c: 'check',
  x: 'exclusion',
  n: 'not-null',
} as const satisfies Record<string, ConstraintKind>;

const constraintRow = z.object({
  oid: number,
  name: z.string(),
  type: z.enum(['p', 'u', 'f', 'c', 'x', 'n']),
  definition: z.string(),
  validated: z.boolean(),
  deferrable: z.boolean(),
  deferred: z.boolean(),
  enforced: z.boolean(),
  referencedOid: number.exactOptional(),
  referencedSchema: z.string().exactOptional(),
  referencedName: z.string().exactOptional(),
  comment: z.string().exactOptional(),
});

const firing = {O: 'origin', D: 'disabled', R: 'replica', A: 'always'} as const;

const triggerRow = z.object({
  oid: number,
  name: z.string(),
  definition: z.string(),
  enabled: z.enum(['O', 'D', 'R', 'A']),
  comment: z.string().exactOptional(),
});

const commands = {'*': 'all', r: 'select', a: 'insert', w: 'update', d: 'delete'} as const;

const policyRow = z.object({
  enabled: z.boolean(),
  forced: z.boolean(),
  oid: number.exactOptional(),
  name: z.string().exactOptional(),
  command: z.enum(['*', 'r', 'a', 'w', 'd']).exactOptional(),
  permissive: z.boolean().exactOptional(),
  roles: z.array(z.string()),
  using: z.string().exactOptional(),
  withCheck: z.string().exactOptional(),
  comment: z.string().exactOptional(),
});

/** Primary key, unique, foreign keys, exclusion, checks, then NOT NULL (18+), each by name. @param table its oid */
export async function listConstraints(
  db: Queryable,
  table: number,
  options: ReadOptions = {},
): Promise<Outcome<readonly Constraint[]>> {
  const rows = await readRows(db, constraintsSql, [table], constraintRow, options);
  return rows.ok ? ok(rows.value.map(toConstraint)) : rows;
}

/** Triggers by name, without the internal ones. @param relation oid of a table, view or foreign table */
export async function listTriggers(
  db: Queryable,
  relation: number,
  options: ReadOptions = {},
): Promise<Outcome<readonly Trigger[]>> {
  const rows = await readRows(db, triggersSql, [relation], triggerRow, options);
  if (!rows.ok) return rows;
  return ok(rows.value.map(({enabled, ...trigger}) => ({...trigger, fires: firing[enabled]})));
}

/** Policies by name, and whether row security is on: policies of a table where it is off do nothing. */
export async function listPolicies(
  db: Queryable,
  table: number,
  options: ReadOptions = {},
): Promise<Outcome<{readonly rowSecurity: RowSecurity; readonly policies: readonly Policy[]}>> {
  const rows = await readRows(db, policiesSql, [table], policyRow, options);
  if (!rows.ok) return rows;
  const first = rows.value[0];
  const on = first?.forced ? 'forced' : 'on';
  return ok({rowSecurity: first?.enabled ? on : 'off', policies: rows.value.flatMap(toPolicy)});
}

function toConstraint(row: z.infer<typeof constraintRow>): Constraint {
  const {type, deferrable, deferred, referencedOid, referencedSchema, referencedName, ...constraint} = row;
  const references =
    referencedOid === undefined || referencedSchema === undefined || referencedName === undefined
      ? {}
      : {references: {oid: referencedOid, schema: referencedSchema, name: referencedName}};
  return {...constraint, kind: constraintKinds[type], timing: timing(deferrable, deferred), ...references};
}

function timing(deferrable: boolean, deferred: boolean): Constraint['timing'] {
  if (deferred) return 'initially-deferred';
  return deferrable ? 'deferrable' : 'immediate';
}

function toPolicy(row: z.infer<typeof policyRow>): readonly Policy[] {
  const {enabled: _enabled, forced: _forced, oid, name, command, permissive, ...policy} = row;
  if (oid === undefined || name === undefined || command === undefined) return [];
  return [{...policy, oid, name, command: commands[command], permissive: permissive ?? true}];
}
