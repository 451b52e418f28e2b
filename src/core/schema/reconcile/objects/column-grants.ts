import {targetOf} from '../../definition/names.ts';
import {partsOf} from '../../definition/parts.ts';
import type {Privileges} from '../../attributes.ts';
import type {SchemaSnapshot} from '../../objects.ts';
import type {Target} from '../writer.ts';
import {privilegeStatements, privilegesTaken, type PrivilegeSides} from './privileges.ts';

const kindOf = {
  TABLE: 'table',
  'FOREIGN TABLE': 'table',
  VIEW: 'view',
  'MATERIALIZED VIEW': 'materialized view',
} as const;

/**
 * What is revoked on a table is revoked on each of its columns as well.
 * @returns the GRANTs that give it back on the columns that are to have it
 * Source: https://www.postgresql.org/docs/18/sql-revoke.html, “When revoking privileges on a table …”
 */
export function columnGrants(target: Target, sides: PrivilegeSides, to: SchemaSnapshot): readonly string[] {
  const {what, name} = target;
  const kind = Object.entries(kindOf).find(([word]) => word === what)?.[1];
  if (kind === undefined) return [];
  const taken = privilegesTaken(target, sides);
  if (Object.keys(taken).length === 0) return [];
  return partsOf(to, `${kind} ${name}`, 'column').flatMap(column => {
    const after = lostOf(column.attributes.privileges ?? {}, taken);
    return privilegeStatements(targetOf(column), {...sides, before: {}, after});
  });
}

function lostOf(granted: Privileges, taken: Privileges): Privileges {
  return Object.fromEntries(
    Object.entries(granted).map(([role, words]) => [
      role,
      words.filter(word => taken[role]?.includes(word.replace(/\*$/, ''))),
    ]),
  );
}
