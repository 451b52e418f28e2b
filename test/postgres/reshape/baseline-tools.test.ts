import {mkdir} from 'node:fs/promises';
import {join} from 'node:path';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import type {Project} from '../../../src/frameworks/framework.ts';
import {writeNewFiles} from '../../../src/frameworks/shared/new-files.ts';
import {prepareBaseline, type Prepared} from '../../../src/frameworks/reshape/prepare-baseline.ts';
import type {SchemaSnapshot} from '../../../src/core/schema/objects.ts';
import type {Session} from '../../../src/core/session.ts';
import {readSchema} from '../../../src/postgres/schema/read-schema.ts';
import {dbmate, hasDbmate} from '../../contract/dbmate-cli.ts';
import {useStage} from '../../embedded/stage-rig.ts';
import {createBench} from '../../../src/postgres/reshape/bench.ts';
import {createDatabase, type TestDatabase} from '../../rig/databases.ts';
import {openFor, value} from '../../rig/sessions.ts';
import {newHome, parser, run, sqlTools, toolNamed, type Home} from './tools.ts';

const stages = useStage();
const shop = `
  CREATE TYPE state AS ENUM ('new', 'paid');
  CREATE TABLE orders (id bigserial PRIMARY KEY, state state NOT NULL DEFAULT 'new', note text DEFAULT 'a; -- b');
  CREATE INDEX orders_note ON orders (lower(note));
  CREATE FUNCTION touched() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.note := 'x;y'; RETURN NEW; END; $$;
  CREATE TRIGGER touch BEFORE UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION touched();
  INSERT INTO orders (note) VALUES ('kept');`;

describe.each([14, 18] as const)('a baseline of PostgreSQL %i', major => {
  let database: TestDatabase;
  let session: Session;
  let live: SchemaSnapshot;

  beforeAll(async () => {
    database = await createDatabase(major, 'baseline_tools');
    session = await openFor(database);
    value(await session.script(shop));
    live = value(await readSchema(session));
  });
  afterAll(async () => {
    await session.close();
    await database.drop();
  });

  it.each(sqlTools)('is proven, written and recorded in the form of %s, and nothing is pending', async id => {
    await using home = await newHome();
    const folder = join(home.root, 'db', 'migrations');
    await mkdir(folder);
    const project = await toolNamed(id).open(folder, home.files);
    const {files, differences} = await prepared(project, live);
    expect(differences).toEqual([]);
    value(await writeNewFiles(folder, files));
    const written = await toolNamed(id).open(folder, home.files);
    const last = value(await written.list()).migrations.at(-1);
    const status = value(await written.force(session, {kind: 'at', id: last?.id ?? ''}, {}, run));
    expect(status.migrations.map(({state}) => state)).toEqual([{kind: 'applied', current: true}]);
    expect(await database.sql('SELECT note FROM orders')).toEqual([{note: 'kept'}]);
    if (id === 'dbmate') await agrees(home);
    await database.sql(`DROP TABLE ${status.bookkeeping.table}; DROP TABLE IF EXISTS schema_migrations`);
  });

  async function prepared(project: Project, schema: SchemaSnapshot): Promise<Prepared> {
    const stage = value(await stages.shared().open());
    const request = {
      project,
      options: {},
      live: schema,
      tables: [],
      title: 'baseline',
      now: new Date('2024-05-06T07:08:09Z'),
    };
    const {signal} = new AbortController();
    const outcome = await prepareBaseline(createBench(stage, parser, {signal}), parser, request);
    await stage.release();
    const tried = value(outcome);
    if (tried.kind === 'stopped') expect.fail(tried.stop.failure.message);
    return tried.value;
  }

  async function agrees({root}: Home): Promise<void> {
    if (!hasDbmate) return;
    const {output} = await dbmate(root, database, ['--no-dump-schema', 'status']);
    expect(output).toMatch(/Pending: 0/);
  }
});
