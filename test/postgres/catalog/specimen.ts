import type {DefinableKind} from '../../../src/core/catalog/object.ts';
import type {Major} from '../../rig/servers.ts';

/** An object to make, and how to find its oid. Later ones may refer to earlier ones. */
export interface Specimen {
  readonly name: string;
  readonly kind: DefinableKind;
  /** SQL; whatever else it makes belongs to the object's definition. */
  readonly sql: string;
  /** An SQL expression for the oid. */
  readonly oid: string;
  readonly since?: Major;
}

export const longName = 'ü'.repeat(31) + 'x';

/** A table, view, sequence or other row of pg_class. */
export const relation = (name: string, sql: string, since?: Major): Specimen => ({
  name,
  kind: 'relation',
  sql,
  oid: `'${name.replaceAll("'", "''")}'::regclass`,
  ...(since ? {since} : {}),
});
export const type = (name: string, sql: string, since?: Major): Specimen => ({
  name,
  kind: 'type',
  sql,
  oid: `'${name}'::regtype`,
  ...(since ? {since} : {}),
});
export const routine = (name: string, sql: string): Specimen => ({
  name,
  kind: 'routine',
  sql,
  oid: `'${name}'::regprocedure`,
});
