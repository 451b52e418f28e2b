import * as z from 'zod/mini';
import {fail, ok} from '../../../core/outcome.ts';
import {DatabasePart} from '../../../core/health/parts/database.ts';
import {duration, maybe} from '../../../core/health/shape.ts';
import {counted} from '../../../core/words.ts';
import type {Ask, PartReader} from '../reader.ts';
import {databaseSql} from '../sql/database.ts';

const Row = z.readonly(z.extend(DatabasePart.def.innerType, {took: maybe(duration)}));

/** Reads what this database counted, and how large and how old all databases are. */
export const databaseReader: PartReader<'database'> = {
  part: 'database',
  async read(ask) {
    const read = await ask.rows(databaseSql(ask.sizes.due('others')), [], Row);
    if (!read.ok) return read;
    const [row] = read.value;
    if (row === undefined) return fail('unsupported', 'The server did not say what it counted.');
    const {took, ...value} = row;
    if (took !== undefined) {
      const measured = value.databases.map(({name, bytes}) => [name, bytes] as const);
      ask.sizes.keep('others', took, known(measured));
    }
    const databases = withSizes(value.databases, ask);
    return ok({kind: 'read', value: {...value, databases}, gaps: gapsOf(databases)});
  },
};

type Databases = DatabasePart['databases'];

function known(
  measured: readonly (readonly [name: string, bytes: number | undefined])[],
): Readonly<Record<string, number>> {
  return Object.fromEntries(
    measured.flatMap(([name, bytes]) => (bytes === undefined ? [] : [[name, bytes] as const])),
  );
}

function withSizes(databases: Databases, {sizes, server}: Ask): Databases {
  return databases.map(one => {
    const bytes = one.name === server.database ? server.databaseBytes : sizes.of('others', one.name);
    return bytes === undefined ? one : {...one, bytes};
  });
}

function gapsOf(databases: Databases): readonly string[] {
  const unseen = databases.filter(({bytes}) => bytes === undefined).length;
  if (unseen === 0) return [];
  return [
    `The size of ${counted(unseen, 'database')} is hidden from this role, which may not connect there.`,
  ];
}
