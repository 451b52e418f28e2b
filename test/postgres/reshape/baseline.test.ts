import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {baselineDifferences, rolesIn, writeBaseline} from '../../../src/core/reshape/baseline.ts';
import type {SchemaSnapshot} from '../../../src/core/schema/objects.ts';
import type {Session} from '../../../src/core/session.ts';
import {createParser} from '../../../src/parser/libpg-query.ts';
import {readLive, unchangedSince} from '../../../src/postgres/reshape/read-live.ts';
import {readSchema} from '../../../src/postgres/schema/read-schema.ts';
import {schemaAfter, type SchemaAfter} from '../../../src/postgres/reshape/schema-after.ts';
import {useStage} from '../../embedded/stage-rig.ts';
import {createDatabase, type TestDatabase} from '../../rig/databases.ts';
import {openFor, value} from '../../rig/sessions.ts';
import {scriptOf} from '../../rig/migration-scripts.ts';
import {history} from '../../schema/history.ts';

const stages = useStage();
const parser = createParser();
const books = '"books"."applied"';

describe.each([14, 18] as const)('a baseline of PostgreSQL %i', major => {
  let database: TestDatabase;
  let session: Session;
  let live: SchemaSnapshot;

  beforeAll(async () => {
    database = await createDatabase(major, 'baseline');
    session = await openFor(database);
    // Roles belong to the whole server, and other tests have theirs.
    const own = history.map(sql => sql.replaceAll(/\b(reader|writer)_role\b/g, `$1_of_${database.name}`));
    for (const sql of own) value(await session.script(sql));
    value(await session.script('CREATE TABLE schema_migrations (version bigint PRIMARY KEY, dirty boolean)'));
    value(await session.script('CREATE SCHEMA books; CREATE TABLE books.applied (id serial PRIMARY KEY)'));
    live = value(await readSchema(session));
  });
  afterAll(async () => {
    await session.script('DROP OWNED BY CURRENT_USER').catch(() => {});
    await session.close();
    await database.drop();
  });

  it('makes the rich schema again in the embedded server, without the books of tools', async () => {
    const stage = value(await stages.shared().open());
    const roles = rolesIn(live).map(({name}) => name);
    const after = async (texts: readonly string[]): Promise<SchemaSnapshot> =>
      read(
        value(
          await schemaAfter(stage, parser, {
            project: 'baseline',
            scripts: texts.map((sql, index) => scriptOf(sql, {id: `${index + 1}`})),
            roles,
          }),
        ),
      );
    try {
      const empty = await after([]);
      const {texts, leftOut, roles: named} = await writeBaseline(parser, {empty, live}, {tables: [books]});
      expect(leftOut).toEqual([]);
      expect(texts.map(({title}) => title)).toHaveLength(1);
      expect(named).toEqual(['reader', 'writer'].map(role => `${role}_of_${database.name}`));
      expect(texts[0]?.up).not.toMatch(/schema_migrations|books|CONCURRENTLY/);
      expect(texts[0]?.up).toMatch(/GRANT .* TO reader_of_/);
      const made = await after(texts.map(({up}) => up));
      const differences = await baselineDifferences(parser, {live, made}, {tables: [books]});
      expect(differences.map(({words}) => words)).toEqual([]);
      expect(texts[0]?.down).toMatch(/^DO [^;]*RAISE EXCEPTION/m);
      expect(texts[0]?.down).not.toMatch(/^DROP/m);
    } finally {
      await stage.release();
    }
  });

  it.each([
    ['nothing', 'SELECT 1', true],
    ['rows only', 'TRUNCATE events; REINDEX TABLE people', true],
    ['a column', 'ALTER TABLE people ADD changed_in_between int', false],
    ['a comment', `COMMENT ON TABLE people IS 'changed in between'`, false],
  ])('is refused once %s changed since it was read, where that matters', async (_, sql, same) => {
    const first = value(await readLive(session));
    value(await session.script(`BEGIN; ${sql}`));
    const now = await unchangedSince(session, first);
    value(await session.script('ROLLBACK'));
    expect(now.ok).toBe(same);
    if (!now.ok) expect(now.failure.message).toContain('changed since it was read');
  });

  it('tells of what is missing in the schema that it leads to', async () => {
    const objects = new Map(live.objects);
    expect(objects.delete('view public.active')).toBe(true);
    const differences = await baselineDifferences(parser, {live, made: {...live, objects}});
    expect(differences.map(({words}) => words)).toContainEqual(expect.stringMatching(/View public\.active/));
  });
});

function read(after: SchemaAfter): SchemaSnapshot {
  if (after.kind === 'stopped')
    expect.fail(
      `${after.stop.failure.message} at ${JSON.stringify(after.stop.at)} in ${after.stop.migration.id}`,
    );
  return after.snapshot;
}
