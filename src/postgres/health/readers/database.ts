import {fail, ok} from '../../../core/outcome.ts';
import {DatabasePart} from '../../../core/health/parts/database.ts';
import {counted} from '../../../core/words.ts';
import type {PartReader} from '../reader.ts';
import {databaseSql} from '../sql/database.ts';

/** Reads what this database counted, and how large and how old all databases are. */
export const databaseReader: PartReader<'database'> = {
  part: 'database',
  async read(ask) {
    const read = await ask.rows(databaseSql, [], DatabasePart);
    if (!read.ok) return read;
    const [value] = read.value;
    if (value === undefined) return fail('unsupported', 'The server did not say what it counted.');
    return ok({kind: 'read', value, gaps: gapsOf(value)});
  },
};

function gapsOf({databases}: DatabasePart): readonly string[] {
  const unseen = databases.filter(({bytes}) => bytes === undefined).length;
  if (unseen === 0) return [];
  return [
    `The size of ${counted(unseen, 'database')} is hidden from this role, which may not connect there.`,
  ];
}
