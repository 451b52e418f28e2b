import type {Direction} from '../../src/core/migrations/migration.ts';
import type {MigrationScript, Piece} from '../../src/core/rehearse/script.ts';

export interface ScriptOptions {
  readonly direction?: Direction;
  readonly id?: string;
  readonly how?: Piece['how'];
}

/** @returns a file as golang-migrate sends it: as one query, unless told */
export function scriptOf(
  sql: string,
  {direction = 'up', id = '1', how = 'query'}: ScriptOptions = {},
): MigrationScript {
  return {
    migration: {id, label: id.padStart(6, '0'), title: 'change'},
    direction,
    path: `/migrations/${id}_change.${direction}.sql`,
    sql,
    pieces: sql.trim() === '' ? [] : [{start: 0, end: sql.length, how}],
  };
}
