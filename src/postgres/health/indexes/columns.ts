import {ok, type Outcome} from '../../../core/outcome.ts';
import {numbers} from '../../schema/values.ts';
import type {Ask} from '../reader.ts';
import {columnsSql, typesSql} from '../sql/index-parts.ts';
import {RawColumn, RawType} from './raw.ts';

/** A column that an index or a foreign key has. */
export interface KnownColumn {
  readonly number: number;
  readonly name: string;
  /** As the server writes it. */
  readonly quoted: string;
  /** With its modifier. */
  readonly type: string;
  readonly typeOid: number;
  readonly collation: number;
  readonly nullable: boolean;
}

/** By table and number. */
export type KnownColumns = ReadonlyMap<number, ReadonlyMap<number, KnownColumn>>;

/** Reads the columns, and each type that they have once. */
export async function readColumns(ask: Ask): Promise<Outcome<KnownColumns>> {
  const rows = await ask.rows(columnsSql, [], RawColumn);
  if (!rows.ok) return rows;
  const unpacked = rows.value.map(row => ({row, packed: numbers(row.numbers)}));
  const types = new Map(
    unpacked.map(({packed: [, , type = 0, modifier = -1]}) => [`${type} ${modifier}`, [type, modifier]]),
  );
  const pairs = [...types.values()];
  const names = await ask.rows(
    typesSql,
    [pairs.map(([type]) => type), pairs.map(([, modifier]) => modifier)],
    RawType,
  );
  if (!names.ok) return names;
  const named = new Map(names.value.map(({is, name}) => [is, name]));
  const tables = new Map<number, Map<number, KnownColumn>>();
  for (const {row, packed} of unpacked) {
    const [table = 0, number = 0, typeOid = 0, modifier = -1, collation = 0, nullable = 0] = packed;
    const {name, quoted = name} = row;
    const type = named.get(`${typeOid} ${modifier}`) ?? '';
    const column = {number, name, quoted, type, typeOid, collation, nullable: nullable === 1};
    const known = tables.get(table);
    if (known) known.set(number, column);
    else tables.set(table, new Map([[number, column]]));
  }
  return ok(tables);
}
