import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import type {SchemaSnapshot} from '../../../src/core/schema/objects.ts';
import type {Session} from '../../../src/core/session.ts';
import {readSchema} from '../../../src/postgres/schema/read-schema.ts';
import {createDatabase, type TestDatabase} from '../../rig/databases.ts';
import {majors} from '../../rig/servers.ts';
import {openFor, value} from '../../rig/sessions.ts';
import {before, specimens} from '../catalog/objects.ts';

const emptyPath = `SELECT set_config('search_path', '', false);`;

describe.each(majors)('on PostgreSQL %s', major => {
  let database: TestDatabase;
  let session: Session;
  let snapshot: SchemaSnapshot;
  beforeAll(async () => {
    database = await createDatabase(major);
    await database.sql(before);
    for (const {since = 0, sql} of specimens) if (since <= major) await database.sql(sql);
    session = await openFor(database);
    snapshot = value(await readSchema(session));
  });
  afterAll(async () => {
    await session.close();
    await database.drop();
  });

  it('writes indexes as the server does', async () => {
    const rows = await database.sql(
      `${emptyPath} SELECT c.relname AS name, pg_get_indexdef(i.indexrelid) AS definition
       FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid WHERE i.indexrelid >= 16384 AND NOT EXISTS (
         SELECT FROM pg_constraint k WHERE k.conindid = i.indexrelid AND k.contype IN ('p', 'u', 'x'))
       AND c.relnamespace = 's'::regnamespace`,
    );
    const read = [...snapshot.objects.values()].flatMap(object =>
      object.kind === 'index' && object.attributes.constraint === undefined
        ? {name: object.name, definition: object.attributes.definition}
        : [],
    );
    expect(rows.length).toBeGreaterThan(10);
    expect(new Map(read.map(({name, definition}) => [name, definition]))).toEqual(
      new Map(rows.map(({name, definition}) => [name, definition])),
    );
  });

  it('writes constraints as the server does', async () => {
    const rows = await database.sql(
      `${emptyPath} SELECT COALESCE(conrelid::regclass::text, '') || COALESCE(NULLIF(contypid, 0)::regtype::text, '') || ' ' || conname AS name,
         pg_get_constraintdef(oid) AS definition
       FROM pg_constraint WHERE contype IN ('p', 'u', 'f', 'c', 'x') AND oid >= 16384 AND conparentid = 0
         AND (conislocal OR coninhcount = 0)`,
    );
    const read = [...snapshot.objects.values()].flatMap(object =>
      object.kind === 'constraint' && object.attributes.type !== 'not null'
        ? object.attributes.definition
        : [],
    );
    expect(rows.length).toBeGreaterThan(20);
    expect(read.toSorted()).toEqual(rows.map(({definition}) => String(definition)).toSorted());
  });
});
