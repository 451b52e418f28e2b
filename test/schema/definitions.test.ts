import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import type {SchemaSnapshot} from '../../src/core/schema/objects.ts';
import type {Session} from '../../src/core/session.ts';
import {readSchema} from '../../src/postgres/schema/read-schema.ts';
import {createDatabase, type TestDatabase} from '../rig/databases.ts';
import {majors} from '../rig/servers.ts';
import {openFor, value} from '../rig/sessions.ts';
import {pairs} from './pairs/all.ts';
import {rebuildingStatements} from './rebuild.ts';

/** `HOWDAH_PAIR=words npx vitest run --project schema` tries those pairs only. */
const chosen = pairs.filter(({about}) => about.includes(process.env['HOWDAH_PAIR'] ?? ''));

describe.each(majors)('a schema made by its definitions on PostgreSQL %i', major => {
  let database: TestDatabase;
  let session: Session;
  let empty: SchemaSnapshot;

  beforeAll(async () => {
    database = await createDatabase(major);
    session = await openFor(database);
    empty = value(await readSchema(session));
  });
  afterAll(async () => {
    await session.close();
    await database.drop();
  });

  /** Makes a schema, reads it, and takes it back. */
  const made = async (sql: string): Promise<SchemaSnapshot> => {
    value(await session.script('BEGIN'));
    try {
      value(await session.script(sql));
      return value(await readSchema(session));
    } finally {
      await session.script('ROLLBACK');
    }
  };

  const cases = chosen
    .filter(({since = 14}) => since <= major)
    .flatMap(({about, setup = '', a, b}) => [
      {about: `${about}, before`, sql: `${setup} ${a}`},
      {about: `${about}, after`, sql: `${setup} ${b}`},
    ]);

  it.each(cases)('has what it had: $about', async ({sql}) => {
    const first = await made(sql);
    const statements = rebuildingStatements(first, empty);
    const second = await made(statements.map(statement => `${statement};\n`).join(''));
    expect(contents(second), statements.join(';\n')).toEqual(contents(first));
  });
});

function contents({objects}: SchemaSnapshot): unknown {
  return Object.fromEntries([...objects].toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
