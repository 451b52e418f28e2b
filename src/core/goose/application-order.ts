import type {MigrationStatus} from '../migrations/migration.ts';
import {isApplied} from '../migrations/recorded.ts';

/**
 * goose rolls back in the reverse of the order in which migrations were applied, which differs from the order of versions
 * where older ones came late.
 * @param applied the versions that are applied, in that order
 * @returns the applied ones in that order, then the others in the order of their versions
 */
export function inApplicationOrder(
  migrations: readonly MigrationStatus[],
  applied: readonly string[],
): readonly MigrationStatus[] {
  const places = new Map(applied.map((id, index) => [id, index]));
  const placeOf = ({migration: {id}}: MigrationStatus): number => places.get(id) ?? Infinity;
  return [
    ...migrations.filter(isApplied).toSorted((one, other) => placeOf(one) - placeOf(other)),
    ...migrations.filter(entry => !isApplied(entry)),
  ];
}
