import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import type {SchemaSnapshot} from '../../src/core/schema/objects.ts';
import type {Session} from '../../src/core/session.ts';
import {createDatabase, type TestDatabase} from '../rig/databases.ts';
import {readPlanned} from '../rig/planned.ts';
import {openFor} from '../rig/sessions.ts';
import {rebuildingStatements} from './rebuild.ts';
import {pairsFor, schemaOf, scriptOf} from './rig.ts';

/** Each object can be made by its definition, and the schema cannot be made of them one after the other. */
const composed: readonly string[] = [
  // Each of two tables has a foreign key to the other.
  'table with a cycle of foreign keys',
  // Attached after the partition, or not at all.
  'index of a partition attached',
  // A column that a child got after its own.
  'column of a parent',
];

// Between the oldest and the newest nothing is told in another way than in one of the two.
describe.each([14, 18] as const)('a schema made by its definitions on PostgreSQL %i', major => {
  let database: TestDatabase;
  let session: Session;
  let empty: SchemaSnapshot;

  beforeAll(async () => {
    database = await createDatabase(major);
    session = await openFor(database);
    empty = await readPlanned(session);
  });
  afterAll(async () => {
    await session.close();
    await database.drop();
  });

  const cases = pairsFor(major)
    .filter(({about}) => !composed.includes(about))
    .flatMap(pair => [
      // Each side once: what a pair starts from has little to tell of another version.
      ...(major === 14 && pair.a !== ''
        ? [{about: `${pair.about}, before`, sql: scriptOf(pair, pair.a)}]
        : []),
      ...(major === 14 || pair.b === ''
        ? []
        : [{about: `${pair.about}, after`, sql: scriptOf(pair, pair.b)}]),
    ]);

  it.each(cases)('has what it had: $about', async ({sql}) => {
    const first = await schemaOf(session, sql);
    const statements = rebuildingStatements(first, empty);
    const second = await schemaOf(session, statements.map(statement => `${statement};\n`).join(''));
    expect(contents(second), statements.join(';\n')).toEqual(contents(first));
  });
});

function contents({objects}: SchemaSnapshot): unknown {
  return Object.fromEntries([...objects].toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
