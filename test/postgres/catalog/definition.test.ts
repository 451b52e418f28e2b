import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import type {Session} from '../../../src/core/session.ts';
import {readDefinition} from '../../../src/postgres/catalog/definition.ts';
import {createDatabase, type TestDatabase} from '../../rig/databases.ts';
import {majors} from '../../rig/servers.ts';
import {before, specimens} from './objects.ts';
import type {Specimen} from './specimen.ts';
import {must, open} from './session.ts';
import {photographSql} from './photograph.ts';

async function define(db: Session, {kind, oid}: Specimen): Promise<string> {
  const {rows} = must(await db.query(`SELECT (${oid})::oid AS oid`));
  return must(await readDefinition(db, {kind, oid: Number(rows[0]?.['oid'])}));
}

describe.each(majors)('definitions on PostgreSQL %d', major => {
  const cases = specimens.filter(({since = 14}) => since <= major);
  const definitions = new Map<string, string>();
  let original: TestDatabase;
  let copy: TestDatabase;
  let db: Session;
  let dbCopy: Session;

  beforeAll(async () => {
    original = await createDatabase(major, 'original');
    copy = await createDatabase(major, 'copy');
    await original.sql(before);
    await copy.sql(before);
    // Names must be qualified whatever the session's own search_path makes visible.
    db = await open(original, {readOnly: true, parameters: {search_path: 's, public'}});
    dbCopy = await open(copy);
    const maker = await open(original);
    for (const specimen of cases) {
      must(await maker.script(specimen.sql));
      definitions.set(specimen.name, await define(db, specimen));
    }
    await maker.close();
  });
  afterAll(async () => {
    await db.close();
    await dbCopy.close();
    await original.drop();
    await copy.drop();
  });

  // In order: later objects refer to earlier ones.
  it.each(cases)('$name can be made again from its definition', async specimen => {
    const text = definitions.get(specimen.name) ?? '';
    must(await dbCopy.script(text));
    expect(await define(dbCopy, specimen)).toBe(text);
  });

  it('leaves a catalog that is the same in all that the definitions could have forgotten', async () => {
    const [first, second] = [await original.sql(photographSql), await copy.sql(photographSql)];
    expect(second).toEqual(first);
    expect(first.length).toBeGreaterThan(300);
  });
});
