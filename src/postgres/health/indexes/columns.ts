import {ok, type Outcome} from '../../../core/outcome.ts';
import {numbers} from '../../schema/values.ts';
import {quoteIdentifier} from '../../../core/sql/quote.ts';
import {each, inTurns} from '../../../core/turns.ts';
import type {Ask} from '../reader.ts';
import {columnsSql, typesSql} from '../sql/index-parts.ts';
import {RawColumns, RawType} from './raw.ts';

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

/** Reads the columns, and the name of each type that they have once. */
export async function readColumns(ask: Ask): Promise<Outcome<KnownColumns>> {
  const rows = await ask.rows(columnsSql, [], RawColumns);
  if (!rows.ok) return rows;
  const unpacked: Unpacked[] = [];
  const pairs = new Map<string, readonly [type: number, modifier: number]>();
  const unpacking = each(rows.value, row => {
    const packed = row.numbers.split(';').map(numbers);
    unpacked.push({...row, packed});
    for (const [, type = 0, modifier = -1] of packed) pairs.set(`${type} ${modifier}`, [type, modifier]);
  });
  await inTurns(unpacking, ask.pause);
  const [types, modifiers] = [
    [...pairs.values()].map(([type]) => type),
    [...pairs.values()].map(([, of]) => of),
  ];
  const names = await ask.rows(typesSql, [types, modifiers], RawType);
  if (!names.ok) return names;
  const named = new Map(names.value.map(({is, name}) => [is, name]));
  const known = new Map<number, ReadonlyMap<number, KnownColumn>>();
  await inTurns(
    each(unpacked, row => known.set(row.table, columnsOf(row, named))),
    ask.pause,
  );
  return ok(known);
}

type Unpacked = RawColumns & {readonly packed: readonly (readonly number[])[]};

function columnsOf(
  {packed, names, quoted}: Unpacked,
  types: ReadonlyMap<string, string>,
): ReadonlyMap<number, KnownColumn> {
  return new Map(
    packed.map(([number = 0, typeOid = 0, modifier = -1, collation = 0, nullable = 0], at) => {
      const name = names[at] ?? '';
      const written = quoted?.includes(number) === true ? quoteIdentifier(name) : name;
      const type = types.get(`${typeOid} ${modifier}`) ?? '';
      return [number, {number, name, quoted: written, type, typeOid, collation, nullable: nullable === 1}];
    }),
  );
}
