import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import type {SchemaSnapshot} from '../../../src/core/schema/objects.ts';
import {readSchema} from '../../../src/postgres/schema/read-schema.ts';
import {createDatabase, type TestDatabase} from '../../rig/databases.ts';
import {majors} from '../../rig/servers.ts';
import {openFor, value} from '../../rig/sessions.ts';
import {codeCases} from './cases-code.ts';
import {otherCases} from './cases-others.ts';
import {constraintCases} from './cases-constraints.ts';
import {indexCases} from './cases-indexes.ts';
import {rareCases} from './cases-rare.ts';
import {columnCases, tableCases} from './cases-tables.ts';
import {setUp} from './set-up.ts';
import type {SchemaCase} from './schema-case.ts';

const cases: readonly SchemaCase[] = [
  ...tableCases,
  ...columnCases,
  ...constraintCases,
  ...indexCases,
  ...codeCases,
  ...otherCases,
  ...rareCases,
];

describe.each(majors)('on PostgreSQL %s', major => {
  let database: TestDatabase;
  let snapshot: SchemaSnapshot;
  const here = cases.filter(({since = 14, until = 18}) => since <= major && major <= until);
  beforeAll(async () => {
    database = await createDatabase(major);
    await database.sql(setUp);
    for (const {sql} of here) if (sql !== '') await database.sql(sql);
    const session = await openFor(database);
    snapshot = value(await readSchema(session));
    await session.close();
  });
  afterAll(async () => {
    // A database with a subscription cannot be dropped.
    await database.sql('DROP SUBSCRIPTION IF EXISTS followed');
    await database.drop();
  });

  it.each(here.map(each => [each.key, each] as const))('reads %s', (key, {attributes, needs}) => {
    const found = snapshot.objects.get(key);
    if (attributes === null) return expect(found).toBeUndefined();
    expect(found && withoutOwner(found.attributes, attributes)).toEqual(attributes);
    expect(found?.key).toBe(key);
    if (needs) expect(snapshot.needs.get(key) ?? []).toEqual(needs);
  });
});

function withoutOwner(found: object, expected: object): object {
  if ('owner' in expected || !('owner' in found)) return found;
  const {owner, ...rest} = found;
  expect(owner).toBe('postgres');
  return rest;
}
